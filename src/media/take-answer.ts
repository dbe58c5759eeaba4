import type { IncomingMessage } from 'node:http';
import {
  classifyStatus,
  parseContentLength,
  parseRetryAfter,
  parseWholeRange,
  type FetchResult,
} from './fetch-result.ts';
import { saveVideo } from './save-video.ts';
import { limitStalls } from './stall-limit.ts';

interface TakeInput {
  /** Appears in the result's detail; the URL never does. */
  readonly host: string;
  readonly toPath: string;
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
  { host, toPath, maxBytes, stallMs, nowMs }: TakeInput,
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
      body: limitStalls(response, stallMs),
      toPath,
      maxBytes,
      declaredBytes: rangeBytes ?? parseContentLength(headers['content-length']),
      isChunked: headers['transfer-encoding'] !== undefined,
    });
  } finally {
    discardBody(response);
  }
}

/** Discards a body, and closes its connection unless the body was read completely. */
export function discardBody(response: IncomingMessage): void {
  response.on('error', () => undefined);
  response.destroy();
}
