import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EXAMPLE_PRICES } from '../example-prices.ts';
import { projectRoot } from '../project-root.ts';
import type { Testbed } from '../testbed.ts';
import { act } from './act/act.ts';
import { createSubscribers } from './subscribers.ts';
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
import { invitePeople } from './people/people.ts';
import { setSampleQuotas } from './people/sample-quotas.ts';
import { startPlaygroundTestbed } from './playground-testbed.ts';
import type { PlaygroundTestbedOptions } from './playground-testbed.ts';
import { snapshotFor, publishKnobs } from './snapshot.ts';

/** The folder into which the build writes the page. */
export const PAGE_FOLDER = join(projectRoot(), 'dist', 'src', 'sandbox', 'page');

/** How to start a playground. */
export interface PlaygroundOptions extends PlaygroundTestbedOptions {
  /** 0 or `undefined` is any free port. The start rejects if the port is in use. */
  readonly port?: number;
  /** `false` starts no bot and sets no quotas; for tests with another bot. */
  readonly bot?: boolean;
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

/** Ends the process: an error of the playground itself is a bug. The default for `onError`. */
function rethrowAsync(cause: unknown): void {
  queueMicrotask(() => {
    throw cause;
  });
}
