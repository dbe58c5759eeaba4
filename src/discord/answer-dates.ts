import type { DiscordTime } from '../app/discord-time.ts';
import type { Send, WatchedAnswer } from './send.ts';

/** Sends requests with `send`, and records the `Date` header of each answer. */
export function requestsRecordingDates<Init, Answer extends WatchedAnswer>(
  time: Pick<DiscordTime, 'sawDate' | 'elapsed'>,
  send: Send<Init, Answer>,
): Send<Init, Answer> {
  return async (url, init) => {
    const sentAt = time.elapsed();
    const answer = await send(url, init);
    const date = dateOf(answer);
    if (date !== undefined) time.sawDate(date, sentAt);
    return answer;
  };
}

/**
 * The `Date` of an answer, if it comes from Discord itself: pages of a proxy and cached answers
 * have another clock's time.
 */
function dateOf({ status, headers }: WatchedAnswer): number | undefined {
  const isJson = headers.get('content-type')?.includes('json') === true;
  if (status >= 500 || !(isJson || status === 204)) return undefined;
  if (Number(headers.get('age') ?? 0) > 0) return undefined;
  const date = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(date) ? undefined : date;
}
