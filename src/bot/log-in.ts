import { setTimeout as wait } from 'node:timers/promises';
import { DiscordAPIError, DiscordjsError, DiscordjsErrorCodes } from '../discord/discord-js.ts';
import type { Log } from '../app/ports/core.ts';
import { MisplacedKey } from '../discord/entrance.ts';
import type { Entrance } from '../discord/entrance.ts';
import { unlessAborted } from '../app/unless-aborted.ts';

type LoggedIn = Awaited<ReturnType<Entrance['login']>>;

/**
 * Waits between attempts to log in. They cover a short outage of the network or Discord; a
 * supervisor handles longer ones.
 */
const WAITS_MS = [1000, 2000, 5000, 10_000, 20_000];

const REFUSED_TOKEN =
  'Discord refuses DISCORD_TOKEN. Copy the bot token anew from https://discord.com/developers/applications (Bot → Reset Token) and start again';

const UNREACHED =
  'Discord could not be reached for half a minute. Check the network, the proxy where one is set, and https://discordstatus.com; a supervisor may start the bot again';

/**
 * Logs in with retries. Throws immediately if Discord refuses the token or has another key, because
 * a retry would not help.
 */
export async function logIn(
  entrance: Pick<Entrance, 'login'>,
  log: Log,
  stopping: AbortSignal,
): Promise<LoggedIn> {
  for (const waitMs of WAITS_MS) {
    try {
      return await unlessAborted(entrance.login(), stopping);
    } catch (cause) {
      stopping.throwIfAborted();
      if (cause instanceof MisplacedKey) throw cause;
      if (isTokenRefused(cause)) throw new Error(REFUSED_TOKEN, { cause });
      log.warn({ err: cause, waitMs }, 'could not log in to Discord; trying again');
      await wait(waitMs, undefined, { signal: stopping });
    }
  }
  try {
    return await unlessAborted(entrance.login(), stopping);
  } catch (cause) {
    stopping.throwIfAborted();
    throw new Error(UNREACHED, { cause });
  }
}

function isTokenRefused(cause: unknown): boolean {
  if (cause instanceof DiscordAPIError) return cause.status === 401;
  return cause instanceof DiscordjsError && cause.code === DiscordjsErrorCodes.TokenInvalid;
}
