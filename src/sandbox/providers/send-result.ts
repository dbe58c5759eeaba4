import type { ServerResponse } from 'node:http';

import type { ResultAnswer } from './answers.ts';
import { drip, pour } from './replies.ts';

const MP4_TYPE = { 'content-type': 'video/mp4' };

/** Serves a task's mp4 the way the knob says. */
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
      response.writeHead(302, { location: answer.to }).end();
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
