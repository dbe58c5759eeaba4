import type { RESTOptions } from 'discord.js';
import type { DiscordTime } from '../app/discord-time.ts';
import { DefaultRestOptions } from './discord-js.ts';

type MakeRequest = RESTOptions['makeRequest'];

/** discord.js's own way to send a request, which also notes the `Date` of each answer. */
export function requestsThatTell(time: Pick<DiscordTime, 'sawDate' | 'elapsed'>): MakeRequest {
  const { makeRequest } = DefaultRestOptions;
  return async (url, init) => {
    const sentAt = time.elapsed();
    const answer = await makeRequest(url, init);
    const date = dateOf(answer);
    if (date !== undefined) time.sawDate(date, sentAt);
    return answer;
  };
}

/** Where it is Discord's own: pages of a proxy, and what a cache kept, tell somebody else's time. */
function dateOf({ status, headers }: Awaited<ReturnType<MakeRequest>>): number | undefined {
  const isJson = headers.get('content-type')?.includes('json') === true;
  if (status >= 500 || !(isJson || status === 204)) return undefined;
  if (Number(headers.get('age') ?? 0) > 0) return undefined;
  const date = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(date) ? undefined : date;
}
