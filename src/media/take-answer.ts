import type { IncomingMessage } from 'node:http';
import {
  classifyStatus,
  parseContentLength,
  parseRetryAfter,
  parseWholeRange,
  type FetchResult,
} from './fetch-result.ts';
import { decodeBody, encodingOf } from '../outbound/decode-body.ts';
import { saveVideo } from './save-video.ts';
import { limitStalls } from './stall-limit.ts';
import type { VideoRoom } from './video-room.ts';

interface TakeInput {
  /** Appears in the result's detail; the URL never does. */
  readonly host: string;
  readonly toPath: string;
  readonly room?: VideoRoom | undefined;
  readonly maxBytes: number;
  readonly stallMs: number;
  readonly nowMs: number;
}

/**
 * Handles an answer that is not a redirect: saves the body if it is a video, then closes the
 * response.
 */
export async function takeAnswer(
  response: IncomingMessage,
  { host, toPath, room, maxBytes, stallMs, nowMs }: TakeInput,
): Promise<FetchResult> {
  const { headers, statusCode: status = 0 } = response;
  try {
    const rangeBytes = status === 206 ? parseWholeRange(headers['content-range']) : undefined;
    const verdict = classifyStatus(status, rangeBytes);
    if (verdict === 'gone') return { kind: 'gone', status };
    if (verdict === 'try-again') {
      // Relative to the server's own clock if it sent a date: theirs or ours may be wrong.
      const sentAt = Date.parse(headers.date ?? '');
      const answeredAt = Number.isNaN(sentAt) ? nowMs : sentAt;
      const retryAfterMs = parseRetryAfter(headers['retry-after'], answeredAt);
      const detail = `${host}: status ${status}`;
      return { kind: 'try-again', detail, ...(retryAfterMs !== undefined && { retryAfterMs }) };
    }
    const encoding = encodingOf(headers['content-encoding']);
    const received = limitStalls(response, stallMs);
    return await saveVideo({
      body:
        encoding === undefined ? received : decodeBody(limitBytes(received, maxBytes), encoding),
      toPath,
      room,
      maxBytes,
      // What is declared of a compressed body is its compressed size.
      declaredBytes:
        encoding === undefined
          ? (rangeBytes ?? parseContentLength(headers['content-length']))
          : undefined,
      endsItself: encoding !== undefined || headers['transfer-encoding'] !== undefined,
    });
  } catch (error) {
    if (error === TOO_LARGE) return { kind: 'too-large' };
    throw error;
  } finally {
    discardBody(response);
  }
}

/** Ends a compressed body that is too large, whatever may come out of it. */
const TOO_LARGE = new Error('the body is too large');

async function* limitBytes(body: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw TOO_LARGE;
    yield chunk;
  }
}

/** Discards a body, and closes its connection unless the body was read completely. */
export function discardBody(response: IncomingMessage): void {
  response.on('error', () => undefined);
  response.destroy();
}
