import type { ServerResponse } from 'node:http';

import type { ResultAnswer } from './answers.ts';
import { drip, pour } from './replies.ts';

const MP4_TYPE = { 'content-type': 'video/mp4' };

/** Sends a task's mp4 as the knob says. */
export function sendResult(response: ServerResponse, file: Uint8Array, answer: ResultAnswer): void {
  const withLength = { ...MP4_TYPE, 'content-length': file.byteLength };
  const half = file.subarray(0, Math.floor(file.byteLength / 2));
  switch (answer.kind) {
    case 'normal':
      response.writeHead(200, withLength).end(file);
      break;
    case 'no-length':
      response.writeHead(200, { ...MP4_TYPE, 'transfer-encoding': 'chunked' });
      response.write(half);
      response.end(file.subarray(half.byteLength));
      break;
    case 'status':
      response.writeHead(answer.status, { 'content-type': 'application/xml' }).end('<Error/>');
      break;
    case 'redirect':
      // Sends raw UTF-8 bytes, as careless servers do: Node writes headers as latin1.
      response.writeHead(302, { location: Buffer.from(answer.to).toString('latin1') }).end();
      break;
    case 'whole-range':
      response
        .writeHead(206, {
          ...withLength,
          'content-range': `bytes 0-${file.byteLength - 1}/${file.byteLength}`,
        })
        .end(file);
      break;
    case 'first-box':
      response.writeHead(200, MP4_TYPE).end(Buffer.concat([emptyBox(answer.type), file]));
      break;
    case 'not-mp4':
      response.writeHead(200, MP4_TYPE).end('<html>This is no video.</html>');
      break;
    case 'cut':
      response.writeHead(200, withLength);
      response.write(half, () => response.socket?.destroy());
      break;
    case 'stall':
      response.writeHead(200, withLength);
      response.write(half);
      break;
    case 'slow':
      response.writeHead(200, withLength);
      drip(response, file, answer.ms);
      break;
    case 'huge':
      response.writeHead(200, {
        ...MP4_TYPE,
        'content-length': Math.max(answer.bytes, file.byteLength),
      });
      response.write(file);
      pour(response, answer.bytes - file.byteLength, '\0');
  }
}

/** Builds a box without content, which players skip. */
function emptyBox(type: string): Buffer {
  return Buffer.concat([Buffer.from([0, 0, 0, 8]), Buffer.from(type, 'latin1')]);
}
