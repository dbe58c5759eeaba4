import type { RESTOptions } from 'discord.js';
import { REST } from '../discord-js.ts';
import { DAY_MS } from '../../domain/time-units.ts';

/** Time limit for uploading a large file over a slow connection, in milliseconds. */
const UPLOAD_TIMEOUT_MS = 300_000;
/**
 * Time limit for a message without a file: one that hangs must not delay the last edit for long.
 */
const MESSAGE_TIMEOUT_MS = 15_000;
/**
 * Time limit for the answer to an acknowledgement. Discord wants it within 3 s, but its answer may
 * be late.
 */
const CALLBACK_TIMEOUT_MS = 10_000;

/** No limit of Discord's lasts longer, in milliseconds. */
export const MAX_LIMIT_MS = DAY_MS;

/**
 * Options that turn off features of discord.js's REST that could cause duplicates: no silent
 * retries (a slow upload would be posted four times), no sleeping through a 429 (the caller
 * decides), no rate limiter for routes that Discord does not limit.
 */
const CAREFUL = {
  version: '10',
  retries: 0,
  globalRequestsPerSecond: Number.POSITIVE_INFINITY,
} satisfies Partial<RESTOptions>;

export interface RestClients {
  /** For interaction callbacks. Their token is in the path; the bot token is not sent. */
  readonly callbacks: REST;
  /** For messages by webhook token and by channel. */
  readonly messages: REST;
  /** For messages with a file, which may take minutes. */
  readonly uploads: REST;
  /**
   * The bot token as an explicit header: the library drops its token after the first 401, even if a
   * single channel route sent it by mistake.
   */
  readonly botAuthorization: string;
}

/** `makeRequest` sends a request; by default as the library does. */
export function createRestClients(
  apiUrl: string,
  token: string,
  makeRequest?: RESTOptions['makeRequest'],
): RestClients {
  const options = { ...CAREFUL, api: apiUrl, ...(makeRequest !== undefined && { makeRequest }) };
  const client = (timeout: number): REST => {
    const rest: REST = new REST({
      ...options,
      timeout,
      rejectOnRateLimit({ timeToReset }) {
        // The library stores the end of a rate limit by the machine's clock. If that clock was set
        // back, the limit would last until it has caught up.
        if (timeToReset > MAX_LIMIT_MS) {
          rest.handlers.clear();
          rest.globalReset = -1;
        }
        return true;
      },
    });
    return rest;
  };
  return {
    callbacks: client(CALLBACK_TIMEOUT_MS),
    messages: client(MESSAGE_TIMEOUT_MS),
    uploads: client(UPLOAD_TIMEOUT_MS),
    botAuthorization: `Bot ${token}`,
  };
}
