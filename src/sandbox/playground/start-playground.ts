import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EXAMPLE_PRICES } from '../example-prices.ts';
import { projectRoot } from '../project-root.ts';
import { startTestbed } from '../testbed.ts';
import type { Testbed } from '../testbed.ts';
import { act } from './act/act.ts';
import { createSubscribers } from './subscribers.ts';
import type { Subscribers } from './subscribers.ts';
import { createBotController } from './bot-controller.ts';
import type { BotController } from './bot-controller.ts';
import { publishDiscordEvents } from './publish-discord-events.ts';
import { serveLiveSockets } from './http/live-sockets.ts';
import { createPageServer } from './http/page-server.ts';
import { createDiscordFaults } from './knobs/discord-faults.ts';
import { createProviderControls } from './knobs/provider-controls.ts';
import { turnKnobs } from './knobs/turn.ts';
import type { KnobTargets } from './knobs/turn.ts';
import { createPanelRecorder } from './panel/panel.ts';
import type { PanelRecorder } from './panel/panel.ts';
import { GUILDS, invitePeople, PEOPLE } from './people/people.ts';
import { offeredCommands } from './people/offered-commands.ts';
import { setSampleQuotas } from './people/sample-quotas.ts';
import type { Snapshot } from './protocol.ts';
import type { Knobs } from './protocol/knobs.ts';
import type { Identity } from './protocol/world.ts';
import { readMessages } from './read-message.ts';
import { viewGuilds } from './world-view.ts';

/** The folder into which the build writes the page. */
export const PAGE_FOLDER = join(projectRoot(), 'dist', 'src', 'sandbox', 'page');

/** Memory limits for a long session. */
const KEEP = { items: 2000, fileBytes: 512 * 1024 * 1024 };
const KEEP_TASKS = 200;
const KEEP_LINES = 2000;
/** No wait in the simulation should take longer than Discord's three seconds. */
const BACKSTOP_MS = 10_000;

const DEFAULT_ENV = { PROGRESS_EDIT_MS: '1000', POLL_MIN_MS: '500', POLL_MAX_MS: '1000' };
const QUICK_ENV = { PROGRESS_EDIT_MS: '20', POLL_MIN_MS: '5', POLL_MAX_MS: '50' };
const DEFAULT_TASK_MS = 8000;

/** How to start a playground. */
export interface PlaygroundOptions {
  /** 0 or `undefined` is any free port. The start rejects if the port is in use. */
  readonly port?: number;
  /** Delivers tiny, unplayable clips immediately; for tests of the server. */
  readonly quick?: boolean;
  /** `false` starts no bot and sets no quotas; for tests with another bot. */
  readonly bot?: boolean;
  /** Additional settings of the bot. */
  readonly env?: Readonly<Record<string, string>>;
  /** Called with errors of the playground itself. */
  readonly onError?: (cause: unknown) => void;
}

/** A running playground. */
export interface Playground {
  /** The page's address, `http://127.0.0.1:PORT/`. */
  readonly url: string;
  readonly testbed: Testbed;
  close(): Promise<void>;
}

/** Starts the simulations, the real bot, and the web page that controls them. */
export async function startPlayground(options: PlaygroundOptions = {}): Promise<Playground> {
  const subscribers = createSubscribers();
  const panel = createPanelRecorder(subscribers, EXAMPLE_PRICES.currency);
  const testbed = await startPlaygroundTestbed(options, panel);
  const { discord } = testbed;
  invitePeople(discord);
  panel.observe(testbed);
  publishDiscordEvents(discord, subscribers);
  const botController = createBotController(testbed, (bot) =>
    subscribers.publish({ kind: 'bot', bot }),
  );
  const targets: KnobTargets = {
    discord,
    botController,
    providers: createProviderControls(testbed.providers),
    faults: createDiscordFaults(discord),
  };
  const pages = createPageServer({
    pageFolder: PAGE_FOLDER,
    mediaOrigin: discord.origin,
    act: async (request, files) => act(discord, request, files),
    turn: async (turn) => {
      const result = await turnKnobs(targets, turn);
      publishKnobs(targets, subscribers);
      return result;
    },
    onError: options.onError ?? rethrowAsync,
  });
  // A fault that hit a request leaves one fewer waiting.
  discord.on('request', ({ fault }) => {
    if (fault !== undefined) publishKnobs(targets, subscribers);
  });
  const sockets = serveLiveSockets({
    ...pages,
    subscribers,
    snapshotFor: (as) => snapshotFor(as, targets, panel),
  });
  const close = async (): Promise<void> => {
    sockets.close();
    await pages.close();
    await panel.close();
    await testbed.close();
  };
  try {
    await pages.listen(options.port ?? 0);
    if (options.bot !== false) await startBot(testbed, botController, panel);
  } catch (cause) {
    await close();
    throw cause;
  }
  return { url: `http://127.0.0.1:${pages.port()}/`, testbed, close };
}

async function startPlaygroundTestbed(
  { quick = false, env }: PlaygroundOptions,
  panel: PanelRecorder,
): Promise<Testbed> {
  return startTestbed({
    discord: { guilds: GUILDS, keep: KEEP, backstopMs: BACKSTOP_MS },
    providers: { keepNewest: KEEP_TASKS, quick, taskMs: quick ? 0 : DEFAULT_TASK_MS },
    env: {
      ...(quick ? QUICK_ENV : DEFAULT_ENV),
      DISCORD_GUILD_IDS: GUILDS.map(({ id }) => id).join(','),
      ...env,
    },
    bot: { keepLines: KEEP_LINES, onLine: (line) => panel.addLogLine(line) },
  });
}

/** Starts the bot for the first time, with example prices and sample quotas. */
async function startBot(
  testbed: Testbed,
  botController: BotController,
  panel: PanelRecorder,
): Promise<void> {
  await writeFile(join(testbed.folder, 'prices.json'), JSON.stringify(EXAMPLE_PRICES));
  await botController.start();
  await panel.openStore(join(testbed.folder, 'clapper.sqlite'));
  await setSampleQuotas(testbed.discord);
}

function stateOf({ providers, faults }: KnobTargets): Knobs {
  return { providers: providers.state(), discordFaults: faults.state() };
}

/** Publishes all knobs, whichever was turned: they are small, and repeating them does no harm. */
function publishKnobs(targets: KnobTargets, subscribers: Subscribers): void {
  subscribers.publish({ kind: 'knobs', knobs: stateOf(targets) });
  subscribers.publish({ kind: 'clock', aheadMs: aheadMs(targets) });
  subscribers.publish({ kind: 'guilds', guilds: viewGuilds(targets.discord) });
}

function aheadMs({ discord }: KnobTargets): number {
  return discord.now() - Date.now();
}

function snapshotFor(as: Identity, targets: KnobTargets, panel: PanelRecorder): Snapshot {
  const { discord, botController } = targets;
  return {
    you: as,
    people: PEOPLE,
    botUser: { id: discord.botUserId, name: discord.world.bot.username },
    guilds: viewGuilds(discord),
    commands: offeredCommands(discord, as.personId),
    messages: readMessages(discord, as.personId),
    aheadMs: aheadMs(targets),
    bot: botController.state(),
    knobs: stateOf(targets),
    panel: panel.panelFor(as),
  };
}

/** Ends the process: an error of the playground itself is a bug. The default for `onError`. */
function rethrowAsync(cause: unknown): void {
  queueMicrotask(() => {
    throw cause;
  });
}
