import { ServerResponse } from 'node:http';
import type { OutgoingHttpHeaders } from 'node:http';
import { createBrotliCompress, createDeflate, createDeflateRaw, createGzip } from 'node:zlib';
import type { BrotliCompress, Deflate, DeflateRaw, Gzip } from 'node:zlib';

import type { Encoding } from './answers.ts';

/**
 * Compresses whatever is sent with this response from now on, without asking the client. Its length
 * is left out, because it is not known before.
 */
export function encodeResponse(response: ServerResponse, { kind }: Encoding): void {
  if (kind === 'identity') return;
  const encoder = createEncoder(kind);
  const plain = ServerResponse.prototype;
  encoder.on('data', (chunk: Buffer) => {
    if (plain.write.call(response, chunk, 'utf8')) return;
    encoder.pause();
    response.once('drain', () => encoder.resume());
  });
  encoder.on('end', () => void plain.end.call(response, undefined, 'utf8'));
  encoder.on('drain', () => response.emit('drain'));
  response.once('close', () => encoder.destroy());
  Object.assign(response, {
    writeHead(status: number, headers: OutgoingHttpHeaders = {}) {
      const { 'content-length': _, ...others } = headers;
      const name = kind === 'deflate-raw' ? 'deflate' : kind;
      plain.writeHead.call(response, status, { ...others, 'content-encoding': name });
      return response;
    },
    write(chunk: Uint8Array | string, onSent?: () => void): boolean {
      return encoder.write(chunk, () => {
        if (onSent !== undefined) encoder.flush(onSent);
      });
    },
    end(chunk?: Uint8Array | string): void {
      if (chunk === undefined) encoder.end();
      else encoder.end(chunk);
    },
  });
}

function createEncoder(
  kind: Exclude<Encoding['kind'], 'identity'>,
): Gzip | BrotliCompress | Deflate | DeflateRaw {
  switch (kind) {
    case 'gzip':
      return createGzip();
    case 'br':
      return createBrotliCompress();
    case 'deflate':
      return createDeflate();
    case 'deflate-raw':
      return createDeflateRaw();
  }
}
