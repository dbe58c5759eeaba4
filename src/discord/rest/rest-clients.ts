import type { RESTOptions } from 'discord.js';
import { REST } from '../discord-js.ts';
import { DAY_MS } from '../../domain/time-units.ts';

/** One upload of a large file over a slow line may take this long, in milliseconds. */
const UPLOAD_TIMEOUT_MS = 300_000;
/** A message without a file; one that hangs must not hold up the last edit for long. */
const MESSAGE_TIMEOUT_MS = 15_000;
/** The acknowledgement's answer; Discord wants it within 3 s, its own answer may be late. */
const CALLBACK_TIMEOUT_MS = 10_000;

/** No limit of Discord's lasts longer, in milliseconds. */
export const MAX_LIMIT_MS = DAY_MS;

/**
 * discord.js's REST, with its own ideas switched off where they would cost a duplicate:
 * no silent repeats (a slow upload would be posted four times), no sleeping through a 429 (the
 * caller decides), no limiter of its own over routes that Discord does not count.
 */
const CAREFUL = {
  version: '10',
  retries: 0,
  globalRequestsPerSecond: Number.POSITIVE_INFINITY,
} satisfies Partial<RESTOptions>;

export interface RestClients {
  /** Interaction callbacks: the token is in the path, no bot token goes along. */
  readonly callbacks: REST;
  /** Messages by webhook token and by channel. */
  readonly messages: REST;
  /** The same with a file, which may take minutes. */
  readonly uploads: REST;
  /**
   * The bot token as a header of our own: the library forgets its token at the first 401, also at
   * one that a single channel route gave by mistake.
   */
  readonly botAuthorization: string;
}

/** `makeRequest`: how a request is sent; default: as the library does. */
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
        // The library keeps the end of a limit by the machine's clock: it was set back, and the limit
        // would last until it has caught up.
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
