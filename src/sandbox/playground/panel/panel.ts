import type { SimulatedDiscord } from '../../../simulators/discord/api.ts';
import type { SimulatedProviders } from '../../../simulators/providers/simulated-providers.ts';
import type { Subscribers } from '../subscribers.ts';
import type { BotLine, Panel, ProviderRequest, TaskView } from '../protocol/panel.ts';
import type { Identity } from '../protocol/world.ts';
import { withinMs } from '../within-ms.ts';
import { renderBotLine } from './bot-lines.ts';
import { renderDiscordRequest } from './discord-requests.ts';
import type { LoggedRequest } from './discord-requests.ts';
import { createFeed } from './feed.ts';
import { renderEdit } from './message-edits.ts';
import type { LoggedEdit } from './message-edits.ts';
import { renderProviderRequest } from './provider-requests.ts';
import { createStorePoller } from './store-poller.ts';
import { isFor, requestFor, accountsFor } from './panel-for.ts';
import { isAboutTask } from './discord-requests.ts';

/** How long a request of the bot may wait for the panel to read the store. */
const MAX_DELAY_MS = 250;

/** How many items of each kind to keep. */
const MAX_ITEMS = {
  providerRequests: 200,
  discordRequests: 200,
  tasks: 50,
  edits: 300,
  lines: 300,
};

/** Records everything the side panel shows, and publishes each change. */
export interface PanelRecorder {
  /** Returns what this person may see. */
  panelFor(as: Identity): Panel;
  /** Records a line of the bot's log. */
  addLogLine(line: string): void;
  /** Starts to record the requests to Discord and the providers, and reads the store with each. */
  observe(sides: { discord: SimulatedDiscord; providers: SimulatedProviders }): void;
  /** Starts to poll the bot's store, which must exist. */
  openStore(path: string): Promise<void>;
  close(): Promise<void>;
}

/** Returns an empty recorder; `currency` is the currency of all accounts. */
export function createPanelRecorder(subscribers: Subscribers, currency: string): PanelRecorder {
  const feeds = createFeeds(subscribers);
  const nextId = countFrom(1);
  const addOwnLine = (line: Omit<BotLine, 'id' | 'at'>): void => {
    feeds.lines.put({ ...line, id: nextId(), at: Date.now() });
  };
  let lastError = '';
  const store = createStorePoller({
    currency,
    now: Date.now,
    previousView: (taskId) => feeds.tasks.items.find(({ id }) => id === taskId),
    onTask: (task) => feeds.tasks.put(task),
    onAccounts: (accounts) => {
      subscribers.publishEach((as) => ({ kind: 'accounts', accounts: accountsFor(as, accounts) }));
    },
    onError(cause) {
      const message = `the playground cannot read the bot's store: ${String(cause)}`;
      // The store is polled twice a second: report a repeated error once.
      if (message !== lastError) addOwnLine({ level: 'error', message, fields: {} });
      lastError = message;
    },
  });
  const pollBriefly = async (): Promise<void> => withinMs(store.poll(), MAX_DELAY_MS);
  return {
    panelFor: (as) => ({
      providerRequests: feeds.providerRequests.items,
      discordRequests: feeds.discordRequests.items.map((logged) => requestFor(as, logged)),
      tasks: feeds.tasks.items,
      accounts: accountsFor(as, store.accounts()),
      edits: feeds.edits.items.flatMap((logged) => (isFor(as, logged) ? [logged.edit] : [])),
      lines: feeds.lines.items,
    }),
    addLogLine(line) {
      feeds.lines.put(renderBotLine(nextId(), line, Date.now()));
      // The bot logs a step just after it has written it to the store.
      void store.poll();
    },
    observe({ discord, providers }) {
      watchDiscord(discord, feeds, nextId);
      // The bot stores a stage before its side effect: read the store before answering the request.
      discord.beforeEffect(async ({ path }) => (isAboutTask(path) ? pollBriefly() : undefined));
      providers.hooks.beforeAnswer = async (request) => {
        feeds.providerRequests.put(renderProviderRequest(nextId(), request));
        await pollBriefly();
      };
    },
    openStore: async (path) => store.start(path),
    close: async () => store.close(),
  };
}

type Feeds = ReturnType<typeof createFeeds>;

function createFeeds(subscribers: Subscribers) {
  return {
    providerRequests: createFeed<ProviderRequest>({
      max: MAX_ITEMS.providerRequests,
      keyOf: ({ id }) => id,
      publish: (request) => subscribers.publish({ kind: 'provider-request', request }),
    }),
    discordRequests: createFeed<LoggedRequest>({
      max: MAX_ITEMS.discordRequests,
      keyOf: ({ request }) => request.id,
      publish: (one) =>
        subscribers.publishEach((as) => ({
          kind: 'discord-request',
          request: requestFor(as, one),
        })),
    }),
    tasks: createFeed<TaskView>({
      max: MAX_ITEMS.tasks,
      keyOf: ({ id }) => id,
      publish: (task) => subscribers.publish({ kind: 'task', task }),
    }),
    edits: createFeed<LoggedEdit>({
      max: MAX_ITEMS.edits,
      keyOf: ({ edit }) => `${edit.messageId}/${edit.version}`,
      publish: (one) =>
        subscribers.publishEach((as) =>
          isFor(as, one) ? { kind: 'edit', edit: one.edit } : undefined,
        ),
    }),
    lines: createFeed<BotLine>({
      max: MAX_ITEMS.lines,
      keyOf: ({ id }) => id,
      publish: (line) => subscribers.publish({ kind: 'line', line }),
    }),
  };
}

function watchDiscord(discord: SimulatedDiscord, feeds: Feeds, nextId: () => number): void {
  discord.on('request', (entry) => {
    const logged = renderDiscordRequest(discord, nextId(), entry);
    if (logged !== undefined) feeds.discordRequests.put(logged);
  });
  const changes = [
    ['message-created', 'posted'],
    ['message-edited', 'edited'],
    ['message-deleted', 'deleted'],
  ] as const;
  for (const [name, change] of changes) {
    discord.on(name, (view) => {
      if (view.authorId === discord.botUserId) feeds.edits.put(renderEdit(discord, view, change));
    });
  }
}

function countFrom(first: number): () => number {
  let next = first;
  return () => next++;
}
