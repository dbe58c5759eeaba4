import { once } from 'node:events';
import { createServer } from 'node:http';

/** A local address that the bot is not allowed to fetch from. */
export interface Trap {
  readonly url: string;
  hits(): number;
  close(): Promise<void>;
}

/** Loopback too, but not the host that the bot trusts. */
const HOST = '127.0.0.2';

/** Starts a server that counts its connections. */
export async function setTrap(): Promise<Trap> {
  let hits = 0;
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'video/mp4' }).end('caught');
  });
  // Even a connection without a request counts.
  server.on('connection', () => {
    hits += 1;
  });
  server.listen(0, HOST);
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://${HOST}:${port}/secret.mp4`,
    hits: () => hits,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
