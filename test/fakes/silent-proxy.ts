import { once } from 'node:events';
import { createConnection, createServer } from 'node:net';
import type { Socket } from 'node:net';

/** A line to a server that may fall silent: it then swallows every byte, and closes nothing. */
export interface SilentProxy {
  readonly port: number;
  /** From now on, of the connections that are there and of new ones. */
  silence(): void;
  /** Only one of the connections that are there, by the order in which they came. */
  silenceOne(nth: number): void;
  /** New connections are passed on again; those that were silent stay so. */
  restore(): void;
  close(): Promise<void>;
}

export async function startSilentProxy(target: number): Promise<SilentProxy> {
  const sockets = new Set<Socket>();
  let isSilent = false;
  let silenced = new Set<Socket>();
  const server = createServer((near) => {
    const far = createConnection(target, '127.0.0.1');
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      if (isSilent) silenced.add(from);
      from.on('error', () => undefined);
      from.on('data', (bytes) => {
        if (!silenced.has(from)) to.write(bytes);
      });
      from.on('close', () => {
        if (!silenced.has(from)) to.destroy();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    silenceOne(nth) {
      const open = [...sockets].filter(({ destroyed }) => !destroyed);
      // Each connection has two sides.
      silenced = new Set([...silenced, ...open.slice(2 * nth, 2 * nth + 2)]);
    },
    silence() {
      isSilent = true;
      silenced = new Set(sockets);
    },
    restore() {
      isSilent = false;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
