import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';

/** A pooler that gives a connection of the server to whoever begins a transaction next. */
export interface TransactionPooler {
  readonly url: string;
  close(): Promise<void>;
}

/** A connection to the server, and the client that has it until its transaction ends. */
interface Backend {
  readonly socket: Socket;
  client: Socket | undefined;
}

const PROTOCOL = 196_608;

/** Starts a pooler in front of a database of a server that asks for no password. */
export async function startTransactionPooler(url: string): Promise<TransactionPooler> {
  const free: Backend[] = [];
  const sockets = new Set<Socket>();
  const send = async (client: Socket, batch: Buffer): Promise<void> => {
    const held = [...backends].find((one) => one.client === client);
    const backend = held ?? free.pop() ?? (await open());
    backend.client = client;
    backend.socket.write(batch);
  };
  const backends = new Set<Backend>();
  const open = async (): Promise<Backend> => {
    const { hostname, port, username, pathname } = new URL(url);
    const socket = connect(Number(port), hostname);
    sockets.add(socket);
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    const backend: Backend = { socket, client: undefined };
    let isReady: (() => void) | undefined;
    const ready = new Promise<void>((resolve) => {
      isReady = resolve;
    });
    onMessages(socket, (type, message) => {
      backend.client?.write(message);
      if (type !== 'Z') return;
      isReady?.();
      // No transaction is open any more.
      if (backend.client === undefined || message.at(-1) !== 'I'.charCodeAt(0)) return;
      backend.client = undefined;
      free.push(backend);
    });
    const parameters = `user\0${username}\0database\0${pathname.slice(1)}\0\0`;
    const startup = Buffer.alloc(8 + parameters.length);
    startup.writeInt32BE(startup.length, 0);
    startup.writeInt32BE(PROTOCOL, 4);
    startup.write(parameters, 8);
    socket.write(startup);
    await ready;
    backends.add(backend);
    return backend;
  };
  const server = createServer((client) => {
    sockets.add(client);
    client.on('error', () => undefined);
    client.once('data', () => {
      client.write(READY_FOR_A_CLIENT);
      let batch: Buffer[] = [];
      onMessages(client, (type, message) => {
        batch.push(message);
        if (type !== 'S' && type !== 'Q') return;
        void send(client, Buffer.concat(batch));
        batch = [];
      });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const pooled = new URL(url);
  pooled.port = String(address.port);
  return {
    url: pooled.href,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** AuthenticationOk, then ReadyForQuery. */
const READY_FOR_A_CLIENT = Buffer.concat([
  Buffer.from('R\0\0\0\b\0\0\0\0', 'latin1'),
  Buffer.from('Z\0\0\0\u0005I', 'latin1'),
]);

/** Calls `then` with each whole message of the protocol: its type, and all of it. */
function onMessages(socket: Socket, then: (type: string, message: Buffer) => void): void {
  let rest = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 5) {
      const length = 1 + rest.readInt32BE(1);
      if (rest.length < length) return;
      then(String.fromCharCode(rest[0] ?? 0), rest.subarray(0, length));
      rest = rest.subarray(length);
    }
  });
}
