import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EXAMPLE_PRICES } from '../example-prices.ts';
import { projectRoot } from '../project-root.ts';
import { setStage } from '../stage.ts';
import type { Stage } from '../stage.ts';
import { act } from './act/act.ts';
import { createAudience } from './audience.ts';
import type { Audience } from './audience.ts';
import { createBotKeeper } from './bot-keeper.ts';
import type { BotKeeper } from './bot-keeper.ts';
import { broadcastDiscord } from './broadcast.ts';
import { serveLiveSockets } from './http/live-sockets.ts';
import { createPageServer } from './http/page-server.ts';
import { createDiscordDesk } from './knobs/discord-desk.ts';
import { createProviderDesk } from './knobs/provider-desk.ts';
import { turnKnobs } from './knobs/turn.ts';
import type { KnobDesk } from './knobs/turn.ts';
import { createPanelBook } from './panel/panel.ts';
import type { PanelBook } from './panel/panel.ts';
import { GUILDS, invitePeople, PEOPLE } from './people/people.ts';
import { offeredCommands } from './people/offered-commands.ts';
import { setSampleQuotas } from './people/sample-quotas.ts';
import type { Snapshot } from './protocol.ts';
import type { Knobs } from './protocol/knobs.ts';
import type { Identity } from './protocol/world.ts';
import { readMessages } from './read-message.ts';
import { viewGuilds } from './world-view.ts';

/** Where the build puts the page. */
export const PAGE_FOLDER = join(projectRoot(), 'dist', 'src', 'sandbox', 'page');

/** What of a long evening stays in memory. */
const KEEP = { items: 2000, fileBytes: 512 * 1024 * 1024 };
const KEEP_TASKS = 200;
const KEEP_LINES = 2000;
/** Nobody waits in here but Discord's three seconds. */
const BACKSTOP_MS = 10_000;

const EASY_ENV = { PROGRESS_EDIT_MS: '1000', POLL_MIN_MS: '500', POLL_MAX_MS: '1000' };
const QUICK_ENV = { PROGRESS_EDIT_MS: '20', POLL_MIN_MS: '5', POLL_MAX_MS: '50' };
const EASY_TASK_MS = 8000;

export interface PlaygroundOptions {
  /** 0 or absent: any free port. Rejects where it is taken. */
  readonly port?: number;
  /** Tiny clips at once, for tests of the server; they do not play. */
  readonly quick?: boolean;
  /** False: nobody answers yet, and no quotas are set; for tests that bring a bot of their own. */
  readonly bot?: boolean;
  /** Settings of the bot, on top. */
  readonly env?: Readonly<Record<string, string>>;
  /** What is broken in the playground itself. */
  readonly onFault?: (cause: unknown) => void;
}

export interface Playground {
  /** The one address: `http://127.0.0.1:PORT/`. */
  readonly url: string;
  readonly stage: Stage;
  close(): Promise<void>;
}

/** The real bot between a simulated Discord and simulated providers, and a page to play on it. */
export async function startPlayground(options: PlaygroundOptions = {}): Promise<Playground> {
  const audience = createAudience();
  const panel = createPanelBook(audience, EXAMPLE_PRICES.currency);
  const stage = await setPlaygroundStage(options, panel);
  const { discord } = stage;
  invitePeople(discord);
  panel.watch(stage);
  broadcastDiscord(discord, audience);
  const keeper = createBotKeeper(stage, (bot) => audience.tell({ kind: 'bot', bot }));
  const desk: KnobDesk = {
    discord,
    keeper,
    providers: createProviderDesk(stage.providers),
    faults: createDiscordDesk(discord),
  };
  const pages = createPageServer({
    pageFolder: PAGE_FOLDER,
    mediaOrigin: discord.origin,
    act: async (request, files) => act(discord, request, files),
    turn: async (turn) => {
      const result = await turnKnobs(desk, turn);
      tellKnobs(desk, audience);
      return result;
    },
    onFault: options.onFault ?? rethrowLater,
  });
  // A fault that was met is one that waits no more.
  discord.on('request', ({ fault }) => {
    if (fault !== undefined) tellKnobs(desk, audience);
  });
  const sockets = serveLiveSockets({
    ...pages,
    audience,
    snapshotFor: (as) => snapshotFor(as, desk, panel),
  });
  const close = async (): Promise<void> => {
    sockets.close();
    await pages.close();
    await panel.close();
    await stage.close();
  };
  try {
    await pages.listen(options.port ?? 0);
    if (options.bot !== false) await bringOn(stage, keeper, panel);
  } catch (cause) {
    await close();
    throw cause;
  }
  return { url: `http://127.0.0.1:${pages.port()}/`, stage, close };
}

async function setPlaygroundStage(
  { quick = false, env }: PlaygroundOptions,
  panel: PanelBook,
): Promise<Stage> {
  return setStage({
    discord: { guilds: GUILDS, keep: KEEP, backstopMs: BACKSTOP_MS },
    providers: { keepNewest: KEEP_TASKS, quick, taskMs: quick ? 0 : EASY_TASK_MS },
    env: {
      ...(quick ? QUICK_ENV : EASY_ENV),
      DISCORD_GUILD_IDS: GUILDS.map(({ id }) => id).join(','),
      ...env,
    },
    bot: { keepLines: KEEP_LINES, onLine: (line) => panel.hear(line) },
  });
}

/** The first start: prices before it, quotas after it. */
async function bringOn(stage: Stage, keeper: BotKeeper, panel: PanelBook): Promise<void> {
  await writeFile(join(stage.folder, 'prices.json'), JSON.stringify(EXAMPLE_PRICES));
  await keeper.start();
  await panel.openStore(join(stage.folder, 'clapper.sqlite'));
  await setSampleQuotas(stage.discord);
}

function stateOf({ providers, faults }: KnobDesk): Knobs {
  return { providers: providers.state(), discordFaults: faults.state() };
}

/** Whatever was turned: it is little, and a page that hears it twice is none the worse. */
function tellKnobs(desk: KnobDesk, audience: Audience): void {
  audience.tell({ kind: 'knobs', knobs: stateOf(desk) });
  audience.tell({ kind: 'clock', aheadMs: aheadMs(desk) });
  audience.tell({ kind: 'guilds', guilds: viewGuilds(desk.discord) });
}

function aheadMs({ discord }: KnobDesk): number {
  return discord.now() - Date.now();
}

function snapshotFor(as: Identity, desk: KnobDesk, panel: PanelBook): Snapshot {
  const { discord, keeper } = desk;
  return {
    you: as,
    people: PEOPLE,
    botUser: { id: discord.botUserId, name: discord.world.bot.username },
    guilds: viewGuilds(discord),
    commands: offeredCommands(discord, as.personId),
    messages: readMessages(discord, as.personId),
    aheadMs: aheadMs(desk),
    bot: keeper.state(),
    knobs: stateOf(desk),
    panel: panel.panelFor(as),
  };
}

/** A fault of the playground itself is a bug: it ends the process unless somebody wants to hear it. */
function rethrowLater(cause: unknown): void {
  queueMicrotask(() => {
    throw cause;
  });
}
