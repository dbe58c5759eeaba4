import { setTimeout as wait } from 'node:timers/promises';
import type { REST, RESTOptions } from 'discord.js';
import { Client, Events, Status } from './discord-js.ts';
import type { DiscordTime } from '../app/discord-time.ts';
import type { Log } from '../app/ports/core.ts';
import { requestsThatTell } from './answer-dates.ts';
import { interactionHeadSchema } from './interaction.ts';

export interface GatewayDeps {
  /** REST root without the version. */
  readonly apiUrl: string;
  readonly token: string;
  readonly log: Log;
  /** How its REST sends a request; default: as the library does, and telling the time. */
  readonly makeRequest?: RESTOptions['makeRequest'];
  /** Is told by every answer and every interaction. */
  readonly time: Pick<DiscordTime, 'sawDate' | 'sawInteraction' | 'elapsed'>;
  /** Takes every interaction as Discord sent it. */
  readonly onInteraction: (raw: unknown) => void;
  /** The session ended and will not come back: the token was refused later, say. */
  readonly onFatal: (reason: string) => void;
}

export interface Gateway {
  /** REST with the bot token, for registration alone. */
  readonly rest: REST;
  /** Resolves when Discord says that the bot is there; rejects where it refuses the token. */
  login(): Promise<{ readonly applicationId: string; readonly guildIds: readonly string[] }>;
  /** Whether interactions can arrive now. */
  isReady(): boolean;
  /** From the call on no interaction is taken; resolves when the connection is closed or let go. */
  close(): Promise<void>;
}

/**
 * How long Discord's answer to the close is waited for, in milliseconds: on a line that went dead it
 * never comes, and what is under way needs the time that a stop has.
 */
const CLOSE_MS = 500;

interface InteractionPacket {
  t: string;
  readonly d: unknown;
}

function isInteractionPacket(packet: unknown): packet is InteractionPacket {
  return (
    typeof packet === 'object' &&
    packet !== null &&
    't' in packet &&
    packet.t === 'INTERACTION_CREATE'
  );
}

function idOf(raw: unknown): unknown {
  return typeof raw === 'object' && raw !== null && 'id' in raw ? raw.id : undefined;
}

const REFUSED_TOKEN_CODE = 4004;
/** Close codes after which a new connection is refused as well, by the gateway's documents. */
const FATAL_CLOSE_CODES: ReadonlySet<number> = new Set([4010, 4011, 4012, 4013, 4014]);

/**
 * The gateway session, by discord.js. No intent is asked for: interactions belong to none, and with
 * the guilds' intent they would wait until every guild is loaded. Interactions are read from the
 * raw packet, so that one schema of ours judges what Discord sends.
 */
export function createGateway(deps: GatewayDeps): Gateway {
  const { apiUrl, token, log, time, makeRequest = requestsThatTell(time) } = deps;
  const rest = { api: apiUrl, version: '10', makeRequest };
  const client = new Client({ intents: [], rest });

  let isClosing = false;
  client.on(Events.Raw, (packet: unknown) => {
    if (!isInteractionPacket(packet)) return;
    // Taken: the library would build objects of its own from it, and throw on a field that is missing.
    packet.t = 'TAKEN';
    if (isClosing) return;
    const id = interactionHeadSchema.shape.id.safeParse(idOf(packet.d));
    if (id.success) time.sawInteraction(id.data);
    deps.onInteraction(packet.d);
  });
  client.on(Events.Error, (cause) => {
    log.warn({ err: cause }, 'gateway error');
  });
  client.on(Events.ShardError, (cause) => {
    log.warn({ err: cause }, 'gateway connection error');
  });
  client.on(Events.ShardReconnecting, () => {
    log.info({}, 'gateway reconnecting');
  });
  client.on(Events.ShardDisconnect, ({ code }) => {
    if (code === REFUSED_TOKEN_CODE)
      deps.onFatal('Discord refuses DISCORD_TOKEN (it closed the gateway with 4004)');
    else if (FATAL_CLOSE_CODES.has(code)) deps.onFatal(`Discord closed the gateway with ${code}`);
  });
  client.on(Events.Invalidated, () => {
    deps.onFatal('Discord ended the gateway session for good');
  });

  return {
    rest: client.rest,
    async login() {
      const ready = new Promise<Client<true>>((resolve) => {
        client.once(Events.ClientReady, resolve);
      });
      await client.login(token);
      const { application, guilds } = await ready;
      return { applicationId: application.id, guildIds: [...guilds.cache.keys()] };
    },
    // The client's own word stays "ready" once it was, also while its connection is gone.
    isReady: () =>
      client.isReady() && client.ws.shards.every(({ status }) => status === Status.Ready),
    async close() {
      isClosing = true;
      const closed = client.destroy().then(() => true);
      const late = wait(CLOSE_MS, false, { ref: false });
      if (!(await Promise.race([closed, late]))) {
        log.info({}, 'Discord does not answer the close of the gateway; the connection is left');
      }
    },
  };
}
