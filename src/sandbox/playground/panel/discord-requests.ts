import type { SimulatedDiscord } from '../../../simulators/discord/api.ts';
import { isCdnPath } from '../../../simulators/discord/rest/cdn-route.ts';
import type { RequestLogEntry } from '../../../simulators/discord/rest/request.ts';
import type { DiscordRequest } from '../protocol/panel.ts';

/** A request, and the person who alone may read its content. */
export interface LoggedRequest {
  readonly request: DiscordRequest;
  /** `undefined` when everyone may read it. */
  readonly onlyFor?: string;
}

const TOKEN_PATH = /^\/(interactions|webhooks)\/(\d+)\/([^/]+)/u;

/** Converts a request for the side panel; `undefined` for CDN files, which browsers also fetch. */
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

/** Returns the request without body and files, for people who may not read them. */
export function withoutContent({ body: _body, ...rest }: DiscordRequest): DiscordRequest {
  return { ...rest, files: [] };
}

/** Returns the user of the path's interaction; `undefined` if its answer is public. */
function readerOf(discord: SimulatedDiscord, path: string): string | undefined {
  const token = TOKEN_PATH.exec(path)?.[3];
  if (token === undefined) return undefined;
  const call = discord.interactions.findLast((each) => each.token === token);
  const message = call?.message();
  const isPublic = message !== null && message !== undefined && !message.ephemeral;
  return isPublic ? undefined : call?.userId;
}

const TASK_PATH = /^\/(?:interactions|webhooks|channels)\//u;

/** Whether a request of the bot may belong to a task. */
export function isAboutTask(path: string): boolean {
  return TASK_PATH.test(path);
}
