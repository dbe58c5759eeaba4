import type { ServerResponse } from 'node:http';

import type { AnswerCut } from './answers.ts';

/** Closes the connection after so many bytes of this answer, its head included. */
export function cutAnswer(response: ServerResponse, cut: AnswerCut): void {
  const { socket } = response;
  if (cut.kind === 'never' || socket === null) return;
  let left = cut.bytes;
  if (left === 0) {
    socket.destroy();
    return;
  }
  const plainWrite = socket.write.bind(socket);
  Object.assign(socket, {
    write(chunk: Uint8Array | string, encoding?: BufferEncoding, onSent?: () => void): boolean {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk;
      const sent = bytes.subarray(0, left);
      left -= sent.length;
      return plainWrite(sent, () => {
        onSent?.();
        if (left === 0) socket.destroy();
      });
    },
  });
  // A shorter answer is whole, and the next one over its connection is not cut by this.
  response.once('close', () => Object.assign(socket, { write: plainWrite }));
}
