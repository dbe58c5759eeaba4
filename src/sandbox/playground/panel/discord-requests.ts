import type { SimulatedDiscord } from '../../../simulators/discord/api.ts';
import { isCdnPath } from '../../../simulators/discord/rest/cdn-route.ts';
import type { RequestLogEntry } from '../../../simulators/discord/rest/request.ts';
import type { DiscordRequest } from '../protocol/panel.ts';

/** A request, and who alone may read what it says. */
export interface LoggedRequest {
  readonly request: DiscordRequest;
  /** Absent: everybody. */
  readonly onlyFor?: string;
}

const TOKEN_PATH = /^\/(interactions|webhooks)\/(\d+)\/([^/]+)/u;

/** A request of the bot as the side panel shows it; undefined for files, which browsers fetch too. */
export function renderDiscordRequest(
  discord: SimulatedDiscord,
  id: number,
  entry: RequestLogEntry,
): LoggedRequest | undefined {
  const { method, path, json, files, at, status, code, fault } = entry;
  if (isCdnPath(path)) return undefined;
  const onlyFor = readerOf(discord, path);
  return {
    request: {
      id,
      method,
      path: path.replace(TOKEN_PATH, '/$1/$2/…'),
      files,
      at,
      status,
      ...(json === undefined ? {} : { body: json }),
      ...(code === undefined ? {} : { code }),
      ...(fault === undefined ? {} : { fault }),
    },
    ...(onlyFor === undefined ? {} : { onlyFor }),
  };
}

/** Without what it says, for those whom it does not concern. */
export function withoutWords({ body: _body, ...rest }: DiscordRequest): DiscordRequest {
  return { ...rest, files: [] };
}

/** Whoever used the interaction, unless its answer is public. */
function readerOf(discord: SimulatedDiscord, path: string): string | undefined {
  const token = TOKEN_PATH.exec(path)?.[3];
  if (token === undefined) return undefined;
  const call = discord.interactions.findLast((one) => one.token === token);
  const message = call?.message();
  const isPublic = message !== null && message !== undefined && !message.ephemeral;
  return isPublic ? undefined : call?.userId;
}
