import { createReports } from '../../src/discord/usage/reports.ts';
import { OWNS_ALL } from '../../src/app/owns-all.ts';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { createTaskLocks } from '../../src/worker/task-locks.ts';
import { createAccountReader } from '../../src/app/account-reader.ts';
import { createRouteUse } from '../../src/app/route-use.ts';
import { createAcceptVideo } from '../../src/app/accept/accept-video.ts';
import { createChooseModel } from '../../src/app/choose-model.ts';
import { createFillIn } from '../../src/app/fill-in.ts';
import { createHoldActions } from '../../src/app/hold-actions.ts';
import { createNotices } from '../../src/store/notices/notices.ts';
import type { RecordStore } from '../../src/app/ports/record-store-port.ts';
import { HANDLERS } from '../../src/bot/handlers.ts';
import type { Handlers } from '../../src/discord/command.ts';
import { createDispatch } from '../../src/discord/dispatch.ts';
import type { Dispatch } from '../../src/discord/dispatch.ts';
import type { PrivateMessage, Replies } from '../../src/discord/replies.ts';
import { accountSchema, rebuildAccount } from '../../src/domain/ledger/account.ts';
import { parsePriceList } from '../../src/domain/ledger/price-list.ts';
import { openRecordSchema } from '../../src/domain/tasks/task.ts';
import { createCipher } from '../../src/store/records/cipher.ts';
import { createHistoryStore } from '../../src/store/history/history-store.ts';
import { createSearches } from '../../src/discord/history/searches.ts';
import { createNamedAssets } from '../../src/app/library/named-assets.ts';
import { createAssetRegistry } from '../../src/store/library/asset-registry.ts';
import { createNamedAssetStore } from '../../src/store/library/named-asset-store.ts';
import { scriptedLibrary } from '../fakes/scripted-library.ts';
import { createPreferencesStore } from '../../src/store/preferences/preferences-store.ts';
import { createPersonalDataStore } from '../../src/store/privacy/personal-data-store.ts';
import { createJournalStore } from '../../src/store/tasks/journal.ts';
import { GUILD_ID, MESSAGE_ID } from '../fakes/a-task.ts';
import { memoryRecords } from '../fakes/memory-records.ts';
import type { MemoryRecords } from '../fakes/memory-records.ts';
import { videoDesk } from '../fakes/video-desk.ts';
import { captureLog } from '../logging/captured-log.ts';
import { guildAccountKey } from '../../src/domain/ledger/account-key.ts';
import type { FakeClock } from '../fakes/clock.ts';
import { CATALOGUE, ROUTES } from '../fakes/catalogue.ts';
import { memoryMedia } from '../fakes/memory-media.ts';

export interface FuzzedBot {
  readonly dispatch: Dispatch;
  readonly records: MemoryRecords;
  /** Every answer, private or public, in order. */
  readonly answers: readonly (PrivateMessage | 'deferred' | 'public')[];
  /** The whole log as it would be written. */
  readonly log: () => string;
  readonly logLines: () => readonly LogLine[];
  /** How often the store was asked for anything. */
  readonly storeCalls: () => number;
  /** Whether the guild's account is what its tasks add up to. */
  readonly areBooksEven: () => boolean;
  /** How many tasks have a slot or a reservation. */
  readonly activeTasks: () => number;
  readonly clock: FakeClock;
}

const lineSchema = z.looseObject({ level: z.number(), msg: z.string() });
type LogLine = z.output<typeof lineSchema>;

const KEY = new Uint8Array(32);

function prices() {
  const parsed = parsePriceList(
    {
      currency: 'USD',
      prices: { 'jimmy/seedance2.0-sp-720p': { amount: '0.35', per: 'second' } },
    },
    ROUTES,
  );
  if (!parsed.ok) throw new Error('a good list');
  return parsed.list;
}

/** All commands over the real use cases and a store in memory; nothing but Discord's end is a fake. */
export function fuzzedBot({
  commands = HANDLERS.commands,
  replies,
  disk = (given) => given,
}: {
  readonly commands?: Handlers['commands'];
  readonly replies?: Replies;
  /** Wraps the disk, to make it slow or broken. */
  readonly disk?: (records: RecordStore) => RecordStore;
} = {}): FuzzedBot {
  const captured = captureLog();
  const memory = memoryRecords();
  const records = disk(memory);
  let calls = 0;
  const answers: (PrivateMessage | 'deferred' | 'public')[] = [];
  const { deps, clock } = videoDesk({
    records: memory,
    disk: () => counting(records, () => (calls += 1)),
    deps: { priceList: prices(), log: captured.log, maxActivePerUser: 1000 },
  });
  const { ledger, guilds, store } = deps;
  const cipher = createCipher(KEY);
  const preferences = createPreferencesStore(records);
  const media = memoryMedia();
  const holds = createHoldActions({
    ownership: OWNS_ALL,
    store,
    clock,
    log: captured.log,
    currency: 'USD',
    handOver: () => undefined,
    betweenSteps: createTaskLocks().runWhenFree,
  });
  const notices = createNotices({
    records,
    guilds,
    ownership: OWNS_ALL,
    clock,
    log: captured.log,
    port: { post: async () => undefined },
  });
  const library = scriptedLibrary({ id: 'jimmy/sp', takesPersons: true }).port;
  const dispatch = createDispatch({
    handlers: { ...HANDLERS, commands },
    services: {
      ...deps,
      catalogue: CATALOGUE,
      durations: { typical: () => undefined },
      routeUse: createRouteUse(),
      acceptVideo: createAcceptVideo(deps),
      chooseModel: createChooseModel({ ...deps, preferences, log: captured.log }),
      fillIn: createFillIn({ preferences, log: captured.log }),
      cancelVideo: async () => 'gone',
      tasks: store,
      botMessages: { callerOf: async () => undefined, remove: async () => 'gone' },
      videoActions: {
        share: async () => 'shared',
        report: async () => 'known',
        erase: async () => 'erased',
      },
      accounts: createAccountReader(ledger, guilds, clock),
      journal: createJournalStore(records),
      history: createHistoryStore({ records, cipher }),
      searches: createSearches(),
      buttons: { canContinue: true, canImprove: () => true, canCancel: () => true },
      holds,
      notices,
      media,
      reuseMedia: async (_taskId, request) => ({ kind: 'ready', request }),
      lastFrames: { isOn: true, canTake: async () => true, find: async () => undefined },
      findClip: async () => undefined,
      namedAssets: createNamedAssets({
        ...deps,
        store: createNamedAssetStore({ ...deps, records, cipher }),
        registry: createAssetRegistry({ records, clock, log: captured.log }),
        libraries: new Map([[library.id, library]]),
        notices,
        desk: { progress: async () => ({ kind: 'gone' }) },
        hash: async () => '',
      }),
      log: captured.log,
      personalData: createPersonalDataStore(
        { records, cipher, key: KEY, media },
        deps.confirmations,
        preferences,
      ),
      preferences,
      reports: createReports(clock, captured.log),
      retentionDays: 30,
      commandAccess: { check: async () => 'allowed' },
      messageRemoval: { start: () => undefined },
      audience: { isReadByEveryone: async () => undefined, isAgeRestricted: async () => undefined },
      replies: replies ?? repliesInto(answers),
    },
    guildIds: new Set(),
    ownership: OWNS_ALL,
    clock,
    log: captured.log,
  });
  return {
    dispatch,
    records: memory,
    answers,
    log: captured.text,
    logLines: () => captured.records().map((line) => lineSchema.parse(line)),
    storeCalls: () => calls,
    areBooksEven: () => areBooksEven(memory),
    activeTasks: () => deps.active.ofGuild(GUILD_ID),
    clock,
  };
}

function counting(records: RecordStore, count: () => void): RecordStore {
  return new Proxy(records, {
    get(target, name, receiver) {
      count();
      return Reflect.get(target, name, receiver) as unknown;
    },
  });
}

function repliesInto(answers: (PrivateMessage | 'deferred' | 'public')[]): Replies {
  return {
    mayHaveAnswered: () => answers.length > 0,
    async privately(_key, message) {
      answers.push(typeof message === 'string' ? { content: message } : message);
    },
    async deferPrivately() {
      answers.push('deferred');
    },
    async deferUpdate() {
      answers.push('deferred');
    },
    async openModal() {
      answers.push('deferred');
    },
    async suggest() {
      answers.push('deferred');
    },
    async update(_key, message) {
      answers.push(message);
    },
    async finish(_key, message) {
      answers.push(message);
    },
    async deferPublicly() {
      answers.push('public');
      return { kind: 'acknowledged', messageId: MESSAGE_ID };
    },
  };
}

function areBooksEven({ byKey }: MemoryRecords): boolean {
  const tasks = [...byKey].flatMap(([key, value]) =>
    key.startsWith('task:') ? [openRecordSchema.parse(value)] : [],
  );
  const own = tasks.filter(({ guildId }) => guildId === GUILD_ID);
  const [first] = own;
  const stored = byKey.get(guildAccountKey(GUILD_ID));
  if (first === undefined) return stored === undefined;
  const counted = rebuildAccount(
    first.windows.guild,
    own.map(({ money, windows }) => ({ money, windowKeys: windows.guild })),
  );
  return isDeepStrictEqual(accountSchema.parse(stored), counted);
}
