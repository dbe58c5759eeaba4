import { startLoop } from '../../app/loop.ts';
import type { Loop } from '../../app/loop.ts';
import type { Clock, Log } from '../../app/ports/core.ts';
import type { GuildListPort } from '../../app/ports/guild-presence-port.ts';
import { MINUTE_MS } from '../../domain/time-units.ts';
import { hasEndpoint, isKeyOf, readApplication } from '../application.ts';
import { DiscordAPIError, REST } from '../discord-js.ts';
import { MisplacedKey } from '../entrance.ts';
import type { Entrance } from '../entrance.ts';
import type { SendRequest } from '../library-sender.ts';
import { API_VERSION } from '../rest/direct-sender.ts';
import type { InteractionDoor } from './interaction-door.ts';

export interface DoorEntranceDeps {
  readonly door: Pick<InteractionDoor, 'open' | 'shut' | 'isOpen'>;
  /** The application's public key: 64 hex digits. */
  readonly publicKey: string;
  /** REST base URL without the version. */
  readonly apiUrl: string;
  readonly token: string;
  readonly makeRequest: SendRequest;
  readonly guildList: GuildListPort;
  readonly clock: Clock;
  readonly log: Log;
  /** Called when Discord refuses the token, or has another key, while the bot runs. */
  readonly onFatal: (reason: string) => void;
}

/**
 * How often the token and the key are checked, in milliseconds: the gateway would be closed, but
 * nothing tells that an endpoint is no longer asked. Every answer also gives the time.
 */
const CHECK_EVERY_MS = MINUTE_MS;

/** Receives interactions by HTTP instead of over the gateway; no connection is kept open. */
export function createDoorEntrance(deps: DoorEntranceDeps): Entrance {
  const { door, publicKey, apiUrl, token, makeRequest, guildList, clock, log } = deps;
  const rest = new REST({ api: apiUrl, version: API_VERSION, makeRequest }).setToken(token);
  const stopping = new AbortController();
  /** Whether Discord accepted the token when it was last asked. */
  let isAccepted = false;
  let checks: Loop | undefined;

  async function check(signal: AbortSignal): Promise<number> {
    try {
      const application = await readApplication(rest, signal);
      if (!isKeyOf(publicKey, application)) deps.onFatal(new MisplacedKey().message);
      isAccepted = true;
    } catch (cause) {
      if (signal.aborted) return CHECK_EVERY_MS;
      if (isAccepted) log.warn({ err: cause }, 'Discord does not answer; asking again');
      isAccepted = false;
      if (isRefused(cause)) deps.onFatal('Discord refuses DISCORD_TOKEN');
    }
    return CHECK_EVERY_MS;
  }

  return {
    rest,
    async login() {
      // A token that was refused is forgotten by the library.
      rest.setToken(token);
      const application = await readApplication(rest, stopping.signal);
      if (!isKeyOf(publicKey, application)) throw new MisplacedKey();
      const guildIds = [...(await guildList.list(stopping.signal))];
      if (!hasEndpoint(application)) {
        log.warn(
          {},
          'no Interactions Endpoint URL is set in the developer portal, so Discord sends nothing here; set it to this bot’s public address, ending with /interactions',
        );
      }
      isAccepted = true;
      door.open();
      let isFirst = true;
      checks = startLoop(clock, async (signal) => {
        if (!isFirst) return check(signal);
        isFirst = false;
        return CHECK_EVERY_MS;
      });
      return { applicationId: application.id, guildIds };
    },
    isReady: () => door.isOpen() && isAccepted,
    async close() {
      door.shut();
      stopping.abort();
      await checks?.stop();
    },
  };
}

function isRefused(cause: unknown): boolean {
  return cause instanceof DiscordAPIError && cause.status === 401;
}
