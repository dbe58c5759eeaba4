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

type TakeInput = {
  /** Named in details; the address never is. */
  readonly host: string;
  readonly toPath: string;
  readonly maxBytes: number;
  readonly stallMs: number;
  readonly nowMs: number;
};

/** Judges an answer that is no redirect, keeps its body when that is the video, and ends it. */
export const takeAnswer = async (
  response: IncomingMessage,
  { host, toPath, maxBytes, stallMs, nowMs }: TakeInput,
): Promise<FetchResult> => {
  const { headers, statusCode: status = 0 } = response;
  try {
    const rangeBytes = status === 206 ? parseWholeRange(headers['content-range']) : undefined;
    const verdict = classifyStatus(status, rangeBytes);
    if (verdict === 'gone') return { kind: 'gone', status };
    if (verdict === 'try-again') {
      // By the clock that wrote both: ours, or theirs, may be wrong.
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
};

/** Ends a body, together with its connection unless it was read to its end. */
export const discardBody = (response: IncomingMessage): void => {
  response.on('error', () => undefined);
  response.destroy();
};
