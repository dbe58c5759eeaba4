import type { ServerResponse } from 'node:http';

import type { ResultAnswer } from './answers.ts';
import { drip, pour } from './replies.ts';

const MP4_TYPE = { 'content-type': 'video/mp4' };

/** Sends a task's mp4 as the knob says. */
// oxlint-disable-next-line complexity -- one case per answer; splitting the switch would not make it simpler
export function sendResult(
  response: ServerResponse,
  file: Uint8Array,
  answer: Exclude<ResultAnswer, { kind: 'silent' }>,
): void {
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
    case 'sample-entry':
      response.writeHead(200, MP4_TYPE).end(altered(file, answer));
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

function altered(
  file: Uint8Array,
  answer: Extract<ResultAnswer, { kind: 'first-box' | 'sample-entry' }>,
): Buffer {
  return answer.kind === 'first-box'
    ? Buffer.concat([emptyBox(answer.type), file])
    : withSampleEntry(file, answer.type);
}

/** A copy whose first sample entry has another type: it follows `stsd`, 8 bytes and its own size. */
function withSampleEntry(file: Uint8Array, type: string): Buffer {
  const copy = Buffer.from(file);
  copy.write(type, copy.indexOf('stsd') + 16, 'latin1');
  return copy;
}

/** Builds a box without content, which players skip. */
function emptyBox(type: string): Buffer {
  return Buffer.concat([Buffer.from([0, 0, 0, 8]), Buffer.from(type, 'latin1')]);
}
