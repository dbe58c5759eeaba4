import { createServer } from 'node:http';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { onTestFinished } from 'vitest';

interface AskedTunnel {
  /** What the proxy was asked for: `host:port`. */
  readonly to: string;
  readonly authorization: string | undefined;
}

export interface RecordingProxy {
  readonly url: string;
  readonly port: number;
  /** Every tunnel that was asked for, oldest first. */
  readonly asked: readonly AskedTunnel[];
  /** Requests that were not for a tunnel. */
  readonly others: readonly string[];
  /** From now on tunnels to these are refused with that status; all others stand. */
  refuse(status: number | undefined, to?: string): void;
  /** Ends every tunnel. */
  cut(): void;
}

/**
 * A proxy on loopback that records what it is asked for, and leads every tunnel to one port of
 * loopback; with `status` it refuses them all, with `hangs` it never answers.
 */
export async function startProxy({
  to,
  status = 200,
  hangs = false,
}: {
  readonly to: number;
  readonly status?: number;
  readonly hangs?: boolean;
}): Promise<RecordingProxy> {
  const asked: AskedTunnel[] = [];
  const others: string[] = [];
  const tunnels = new Set<Duplex>();
  let refusing: { readonly status: number | undefined; readonly to?: string | undefined } = {
    status: status === 200 ? undefined : status,
  };
  const server = createServer((request, response) => {
    others.push(request.url ?? '');
    response.writeHead(400).end();
  });
  server.on('connect', (request, socket, head) => {
    socket.on('error', () => undefined);
    asked.push({
      to: request.url ?? '',
      authorization: request.headers['proxy-authorization'],
    });
    if (hangs) return;
    const isRefused = refusing.to === undefined || refusing.to === request.url;
    if (refusing.status !== undefined && isRefused) {
      socket.end(`HTTP/1.1 ${refusing.status} No\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    const upstream = connect(to, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.write(head);
      socket.pipe(upstream).pipe(socket);
    });
    upstream.on('error', () => socket.destroy()).on('close', () => socket.destroy());
    tunnels.add(socket);
    socket.on('close', () => {
      tunnels.delete(socket);
      upstream.destroy();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    port: address.port,
    asked,
    others,
    refuse(refusal, only) {
      refusing = { status: refusal, to: only };
    },
    cut() {
      for (const socket of tunnels) socket.destroy();
    },
  };
}
