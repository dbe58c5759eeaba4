import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';

/** How a line is silent: what is sent arrives when it is over, or never. */
export type Silence = 'late' | 'lost';

/** The line between one process and the server of its database. */
export interface PostgresProxy {
  /** The address of the database by this line. */
  readonly url: string;
  /** Cuts all connections. */
  cut(): void;
  /** Lets no byte through, of new connections neither, until `speak`; no end of a connection either. */
  silence(how: Silence): void;
  speak(): void;
  /** Does it once to the connection that sends the next commit, as soon as the server has it. */
  atNextCommit(then: 'cut' | Silence): void;
  close(): Promise<void>;
}

/** What only a commit of records has in it. */
const COMMIT = 'INTO records';
/** So long the server has for a commit before its connection is cut, in milliseconds. */
const COMMIT_MS = 40;

interface Line {
  silence: Silence | undefined;
  atNextCommit: 'cut' | Silence | undefined;
  readonly links: Set<Link>;
}

interface Link {
  readonly near: Socket;
  readonly far: Socket;
  /** Its own, beside that of the whole line. */
  silence: Silence | undefined;
}

/** Starts a line to the server at this address. */
export async function startPostgresProxy(target: string): Promise<PostgresProxy> {
  const { hostname, port: targetPort } = new URL(target);
  const line: Line = { silence: undefined, atNextCommit: undefined, links: new Set() };
  const server = createServer((near) => {
    const link: Link = {
      near,
      far: connect({ host: hostname, port: Number(targetPort) }),
      silence: line.silence,
    };
    line.links.add(link);
    carry(line, link);
    if (link.silence === 'late') hold(link);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const url = new URL(target);
  url.port = String(typeof address === 'object' && address !== null ? address.port : 0);
  const cut = (): void => {
    for (const link of line.links) end(link);
  };
  return {
    url: url.href,
    cut,
    silence(how) {
      line.silence = how;
      for (const link of line.links) quiet(link, how);
    },
    speak() {
      line.silence = undefined;
      line.atNextCommit = undefined;
      for (const link of line.links) speakAgain(link);
    },
    atNextCommit(then) {
      line.atNextCommit = then;
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      cut();
      await closed;
    },
  };
}

function carry(line: Line, link: Link): void {
  const { near, far } = link;
  near.on('data', (bytes: Buffer) => {
    if (link.silence === 'lost') return;
    far.write(bytes);
    const { atNextCommit } = line;
    if (atNextCommit === undefined || !bytes.includes(COMMIT)) return;
    line.atNextCommit = undefined;
    if (atNextCommit !== 'cut') quiet(link, atNextCommit);
    else {
      far.pause();
      setTimeout(() => {
        end(link);
      }, COMMIT_MS);
    }
  });
  far.on('data', (bytes: Buffer) => {
    if (link.silence !== 'lost') near.write(bytes);
  });
  for (const [one, other] of [
    [near, far],
    [far, near],
  ] as const) {
    one.on('error', () => undefined);
    one.on('close', () => {
      // The other end of a silent line hears nothing of it.
      if (link.silence !== undefined) return;
      other.destroySoon();
      line.links.delete(link);
    });
  }
}

function quiet(link: Link, how: Silence): void {
  link.silence ??= how;
  if (link.silence === 'late') hold(link);
}

/** What is sent waits in the sockets. */
function hold({ near, far }: Link): void {
  near.pause();
  far.pause();
}

function speakAgain(link: Link): void {
  const { near, far, silence } = link;
  link.silence = undefined;
  if (silence === 'lost' || far.destroyed) end(link);
  else if (silence === 'late') {
    near.resume();
    far.resume();
    // It has ended meanwhile, and all that it had sent is on its way.
    if (near.destroyed) far.destroySoon();
  }
}

function end({ near, far }: Link): void {
  near.destroy();
  far.destroy();
}
