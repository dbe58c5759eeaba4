import type { IncomingMessage } from 'node:http';
import {
  classifyStatus,
  parseContentLength,
  parseRetryAfter,
  parseWholeRange,
  type FetchResult,
} from './fetch-result.ts';
import { decodeBody, encodingOf } from '../outbound/decode-body.ts';
import { TOO_LARGE, limitBytes } from '../outbound/limit-bytes.ts';
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
    return await saveVideo({
      ...bodyOf(response, rangeBytes, { maxBytes, stallMs }),
      toPath,
      room,
      maxBytes,
    });
  } catch (error) {
    if (error === TOO_LARGE) return { kind: 'too-large' };
    throw error;
  } finally {
    discardBody(response);
  }
}

/** The body as it was before the server compressed it, and what shows that it is whole. */
function bodyOf(
  response: IncomingMessage,
  rangeBytes: number | undefined,
  { maxBytes, stallMs }: Pick<TakeInput, 'maxBytes' | 'stallMs'>,
): Pick<Parameters<typeof saveVideo>[0], 'body' | 'declaredBytes' | 'endsItself'> {
  const { headers } = response;
  const received = limitStalls(response, stallMs);
  const encoding = encodingOf(headers['content-encoding']);
  if (encoding !== undefined) {
    const body = decodeBody(limitBytes(received, maxBytes), encoding);
    // What is declared of a compressed body is its compressed size.
    return { body, declaredBytes: undefined, endsItself: true };
  }
  return {
    body: received,
    declaredBytes: rangeBytes ?? parseContentLength(headers['content-length']),
    endsItself: headers['transfer-encoding'] !== undefined,
  };
}

/** Discards a body, and closes its connection unless the body was read completely. */
export function discardBody(response: IncomingMessage): void {
  response.on('error', () => undefined);
  response.destroy();
}
