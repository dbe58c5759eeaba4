import { once } from 'node:events';
import { createServer } from 'node:http';
import type { SimulatedTask } from '../../simulators/providers/simulated-task.ts';

/** Another server, to which providers send the bot for a file. It needs no key, and may get none. */
export interface Mirror {
  /** The address of a task's file there. */
  urlOf(taskId: string): string;
  /** Lets it have the files of these tasks. */
  show(tasks: readonly SimulatedTask[]): void;
  /** How many requests had a key. */
  keys(): number;
  close(): Promise<void>;
}

/** Starts the server on a host that the bot trusts. */
export async function startMirror(): Promise<Mirror> {
  let keys = 0;
  let shown: readonly SimulatedTask[] = [];
  const server = createServer(({ url = '', headers }, response) => {
    if (headers.authorization !== undefined) keys += 1;
    const file = shown.find(({ id }) => url === pathOf(id))?.file;
    if (file === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': 'video/mp4' }).end(file);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    urlOf: (taskId) => `http://127.0.0.1:${port}${pathOf(taskId)}`,
    show(tasks) {
      shown = tasks;
    },
    keys: () => keys,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

const pathOf = (taskId: string): string => `/${encodeURIComponent(taskId)}.mp4`;
