import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import type { Audience } from '../audience.ts';
import { findPerson, PEOPLE } from '../people/people.ts';
import type { LiveFrame, Snapshot } from '../protocol.ts';
import type { Identity, Locale } from '../protocol/world.ts';
import { refusalOf } from './loopback-guard.ts';

/** A page that reads so slowly is cut; it comes back and gets a fresh snapshot. */
const MAX_WAITING_BYTES = 32 * 1024 * 1024;
/** The page says nothing on this line. */
const MAX_RECEIVED_BYTES = 1024;

const BASE = 'http://127.0.0.1';

export interface LiveSockets {
  close(): void;
}

/** The line on which every page hears what happens. */
export function serveLiveSockets(options: {
  readonly server: Server;
  readonly port: () => number;
  readonly audience: Audience;
  readonly snapshotFor: (as: Identity) => Snapshot;
}): LiveSockets {
  const { server, audience, snapshotFor } = options;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_RECEIVED_BYTES });
  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    const as = identityOf(request);
    if (as === undefined || refusalOf(request.headers, options.port()) !== undefined) {
      stream.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, stream, head, (socket) => {
      const send = senderOf(socket);
      // In one go: nothing can happen between the snapshot and the first change.
      send({ kind: 'snapshot', snapshot: snapshotFor(as) });
      socket.on('close', audience.add({ as, send }));
      // A frame that is too large, a broken pipe: the socket is closed, which is all there is to do.
      socket.on('error', () => socket.terminate());
    });
  });
  return {
    close() {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
}

/** Undefined: this is not the line's address. Who is nobody, or speaks no known language, is the owner in English. */
function identityOf({ url = '/' }: IncomingMessage): Identity | undefined {
  if (!URL.canParse(url, BASE)) return undefined;
  const { pathname, searchParams } = new URL(url, BASE);
  if (pathname !== '/live') return undefined;
  const person = findPerson(searchParams.get('person') ?? '') ?? PEOPLE[0];
  const locale: Locale = searchParams.get('locale') === 'zh-CN' ? 'zh-CN' : 'en-US';
  return { personId: person.id, locale };
}

function senderOf(socket: WebSocket): (frame: LiveFrame) => void {
  return (frame) => {
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > MAX_WAITING_BYTES) socket.terminate();
    else socket.send(JSON.stringify(frame));
  };
}
