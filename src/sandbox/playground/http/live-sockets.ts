import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import type { Subscribers } from '../subscribers.ts';
import { findPerson, PEOPLE } from '../people/people.ts';
import type { LiveFrame, Snapshot } from '../protocol.ts';
import type { Identity, Locale } from '../protocol/world.ts';
import { rejectionReason } from './loopback-guard.ts';

/** A slower page is disconnected; it reconnects and gets a new snapshot. */
const MAX_BUFFERED_BYTES = 32 * 1024 * 1024;
/** Pages send nothing on this socket. */
const MAX_RECEIVED_BYTES = 1024;

const BASE = 'http://127.0.0.1';

/** The WebSockets of all open pages. */
export interface LiveSockets {
  close(): void;
}

/** Serves `/live`, the WebSocket on which each page receives its frames. */
export function serveLiveSockets(options: {
  readonly server: Server;
  readonly port: () => number;
  readonly subscribers: Subscribers;
  readonly snapshotFor: (as: Identity) => Snapshot;
}): LiveSockets {
  const { server, subscribers, snapshotFor } = options;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_RECEIVED_BYTES });
  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    const as = identityOf(request);
    if (as === undefined || rejectionReason(request.headers, options.port()) !== undefined) {
      stream.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, stream, head, (socket) => {
      const send = senderOf(socket);
      // Synchronous, so that no change is missed between the snapshot and the subscription.
      send({ kind: 'snapshot', snapshot: snapshotFor(as) });
      socket.on('close', subscribers.add({ as, send }));
      // Such as a frame that is too large or a broken pipe: closing the socket is enough.
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

/**
 * Reads person and locale from the query; an unknown person is the owner, an unknown locale English.
 * `undefined` if the path is not `/live`.
 */
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
    if (socket.bufferedAmount > MAX_BUFFERED_BYTES) socket.terminate();
    else socket.send(JSON.stringify(frame));
  };
}
