import type { Socket } from 'node:net';

import type { ConnectionAnswer } from './answers.ts';

/** Connections that were cut at their first byte: what is read of them is not a request. */
export type CutConnections = WeakSet<Socket>;

/** Ends a new connection at the moment that the knob says. */
export function spoilConnection(
  socket: Socket,
  answer: ConnectionAnswer,
  cut: CutConnections,
): void {
  if (answer.kind === 'normal') return;
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
