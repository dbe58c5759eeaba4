import { createServer, type Server, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A TCP server on loopback that is closed with its connections when the test ends. */
export async function listenOnLoopback(
  onConnection: (socket: Socket) => void,
  make: (listener: (socket: Socket) => void) => Server = createServer,
): Promise<{
  readonly port: number;
  readonly sockets: ReadonlySet<Socket>;
  readonly close: () => void;
}> {
  const sockets = new Set<Socket>();
  const server = make((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
    onConnection(socket);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const close = (): void => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  onTestFinished(close);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { port: address.port, sockets, close };
}
