import type { Socket } from 'node:net';

import type { ConnectionAnswer } from './answers.ts';

/** The connections that end too early. */
export interface SpoiltConnections {
  /** What the knob made of them. */
  readonly kinds: WeakMap<Socket, ConnectionAnswer['kind']>;
  /** Those that were cut at their first byte: what is read of them is not a request. */
  readonly cut: WeakSet<Socket>;
}

/** Ends a new connection at the moment that the knob says. */
export function spoilConnection(
  socket: Socket,
  answer: ConnectionAnswer,
  { kinds, cut }: SpoiltConnections,
): void {
  if (answer.kind === 'normal') return;
  kinds.set(socket, answer.kind);
  if (answer.kind === 'cut-at-first-byte') {
    socket.once('data', () => {
      cut.add(socket);
      socket.resetAndDestroy();
    });
    return;
  }
  const timer = setTimeout(() => {
    if (answer.kind === 'close') socket.end();
    else socket.resetAndDestroy();
  }, answer.afterMs);
  socket.once('close', () => clearTimeout(timer));
}
