import type { SimulatedDiscord } from '../../../simulators/discord/api.ts';
import type { SimulatedProviders } from '../../../simulators/providers/simulated-providers.ts';
import type { Audience } from '../audience.ts';
import type { Account, BotLine, Panel, ProviderRequest, TaskView } from '../protocol/panel.ts';
import type { Identity } from '../protocol/world.ts';
import { withinMs } from '../within-ms.ts';
import { renderBotLine } from './bot-lines.ts';
import { renderDiscordRequest, withoutWords } from './discord-requests.ts';
import type { LoggedRequest } from './discord-requests.ts';
import { createFeed } from './feed.ts';
import { renderEdit } from './message-edits.ts';
import type { LoggedEdit } from './message-edits.ts';
import { renderProviderRequest } from './provider-requests.ts';
import { createStoreWatch } from './store-watch.ts';

/** The show must not make the bot wait: what takes longer is seen a little later. */
const MAX_DELAY_MS = 250;

/** How much of each kind is kept. */
const MOST = { providerRequests: 200, discordRequests: 200, tasks: 50, edits: 300, lines: 300 };

/** Everything that the side panel shows, kept and told as it happens. */
export interface PanelBook {
  /** As this person may see it. */
  panelFor(as: Identity): Panel;
  /** One line of the bot's log. */
  hear(line: string): void;
  /** From now on Discord, the providers and the bot's store are watched. */
  watch(sides: { discord: SimulatedDiscord; providers: SimulatedProviders }): void;
  /** Once the bot has made its store. */
  openStore(path: string): Promise<void>;
  close(): Promise<void>;
}

export function createPanelBook(audience: Audience, currency: string): PanelBook {
  const feeds = createFeeds(audience);
  const nextId = countFrom(1);
  const say = (line: Omit<BotLine, 'id' | 'at'>): void => {
    feeds.lines.put({ ...line, id: nextId(), at: Date.now() });
  };
  let lastFault = '';
  const store = createStoreWatch({
    currency,
    now: Date.now,
    viewOf: (taskId) => feeds.tasks.items.find(({ id }) => id === taskId),
    onTask: (task) => feeds.tasks.put(task),
    onAccounts: (accounts) => {
      audience.tellEach((as) => ({ kind: 'accounts', accounts: accountsFor(as, accounts) }));
    },
    onFault(cause) {
      const message = `the playground cannot read the bot's store: ${String(cause)}`;
      // It looks twice a second: once is enough.
      if (message !== lastFault) say({ level: 'error', message, fields: {} });
      lastFault = message;
    },
  });
  const lookBriefly = async (): Promise<void> => withinMs(store.look(), MAX_DELAY_MS);
  return {
    panelFor: (as) => ({
      providerRequests: feeds.providerRequests.items,
      discordRequests: feeds.discordRequests.items.map((one) => requestFor(as, one)),
      tasks: feeds.tasks.items,
      accounts: accountsFor(as, store.accounts()),
      edits: feeds.edits.items.flatMap((one) => (isFor(as, one) ? [one.edit] : [])),
      lines: feeds.lines.items,
    }),
    hear(line) {
      feeds.lines.put(renderBotLine(nextId(), line, Date.now()));
      // It says what it has just written down.
      void store.look();
    },
    watch({ discord, providers }) {
      watchDiscord(discord, feeds, nextId);
      // A stage is written before its side effect: the store is read while that waits for its answer.
      discord.beforeEffect(async ({ path }) => (isAboutTask(path) ? lookBriefly() : undefined));
      providers.hooks.beforeAnswer = async (request) => {
        feeds.providerRequests.put(renderProviderRequest(nextId(), request));
        await lookBriefly();
      };
    },
    openStore: async (path) => store.begin(path),
    close: async () => store.close(),
  };
}

type Feeds = ReturnType<typeof createFeeds>;

function createFeeds(audience: Audience) {
  return {
    providerRequests: createFeed<ProviderRequest>({
      most: MOST.providerRequests,
      keyOf: ({ id }) => id,
      publish: (request) => audience.tell({ kind: 'provider-request', request }),
    }),
    discordRequests: createFeed<LoggedRequest>({
      most: MOST.discordRequests,
      keyOf: ({ request }) => request.id,
      publish: (one) =>
        audience.tellEach((as) => ({ kind: 'discord-request', request: requestFor(as, one) })),
    }),
    tasks: createFeed<TaskView>({
      most: MOST.tasks,
      keyOf: ({ id }) => id,
      publish: (task) => audience.tell({ kind: 'task', task }),
    }),
    edits: createFeed<LoggedEdit>({
      most: MOST.edits,
      keyOf: ({ edit }) => `${edit.messageId}/${edit.version}`,
      publish: (one) =>
        audience.tellEach((as) => (isFor(as, one) ? { kind: 'edit', edit: one.edit } : undefined)),
    }),
    lines: createFeed<BotLine>({
      most: MOST.lines,
      keyOf: ({ id }) => id,
      publish: (line) => audience.tell({ kind: 'line', line }),
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

const TASK_PATH = /^\/(?:interactions|webhooks|channels)\//u;

function isAboutTask(path: string): boolean {
  return TASK_PATH.test(path);
}

function isFor({ personId }: Identity, { onlyFor }: { readonly onlyFor?: string }): boolean {
  return onlyFor === undefined || onlyFor === personId;
}

function requestFor(as: Identity, logged: LoggedRequest): LoggedRequest['request'] {
  return isFor(as, logged) ? logged.request : withoutWords(logged.request);
}

/** The guilds' accounts, and one's own. */
function accountsFor({ personId }: Identity, accounts: readonly Account[]): Account[] {
  return accounts.filter((one) => one.personId === undefined || one.personId === personId);
}

function countFrom(first: number): () => number {
  let next = first;
  return () => next++;
}
