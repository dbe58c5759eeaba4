import { ALL_SLOTS } from '../../src/domain/slots.ts';
import { OWNS_ALL } from '../../src/app/owns-all.ts';
import type { Ownership } from '../../src/app/ports/ownership-port.ts';
import { createHash } from 'node:crypto';
import { createCalendar } from '../../src/app/calendar.ts';
import { createAssetCleaner } from '../../src/app/library/asset-cleaner.ts';
import { createAssetDesk } from '../../src/app/library/asset-desk.ts';
import { createNamedAssets } from '../../src/app/library/named-assets.ts';
import { createTaskAssets } from '../../src/app/library/task-assets.ts';
import type { LibraryPort } from '../../src/app/ports/library-port.ts';
import type { Naming, NamingAnswer } from '../../src/app/ports/named-assets-port.ts';
import { createProviderPauses } from '../../src/app/provider-pauses.ts';
import type { OperatorAccounts } from '../../src/domain/ledger/account-key.ts';
import type { BudgetGrants } from '../../src/app/budget/budget-grants.ts';
import type { Ledger } from '../../src/app/ports/ledger-port.ts';
import type { Budgets } from '../../src/domain/ledger/budget.ts';
import type { PriceList } from '../../src/domain/ledger/price-list.ts';
import { parsePriceList } from '../../src/domain/ledger/price-list.ts';
import { accountSchema } from '../../src/domain/ledger/account.ts';
import type { Account } from '../../src/domain/ledger/account.ts';
import { OPERATOR_ACCOUNT_KEY } from '../../src/domain/ledger/account-key.ts';
import { journalLineSchema } from '../../src/domain/ledger/journal-line.ts';
import type { JournalLine } from '../../src/domain/ledger/journal-line.ts';
import { assetSchema } from '../../src/domain/library/asset.ts';
import type { Asset } from '../../src/domain/library/asset.ts';
import { createTaskIds } from '../../src/domain/tasks/task-id.ts';
import { CATALOGUE } from './catalogue.ts';
import { createGuildSettingsStore } from '../../src/store/guilds/guild-settings-store.ts';
import { ASSET_PREFIX, createAssetRegistry } from '../../src/store/library/asset-registry.ts';
import { createNamedAssetStore } from '../../src/store/library/named-asset-store.ts';
import { createCipher } from '../../src/store/records/cipher.ts';
import { aLedger } from './a-ledger.ts';
import { GUILD_ID, MEMBER_ID } from './a-task.ts';
import { fakeClock, settle } from './clock.ts';
import { recordingLog } from './log.ts';
import { memoryRecords } from './memory-records.ts';
import { memoryTasks } from './memory-tasks.ts';
import { scriptedLibrary } from './scripted-library.ts';
import type { Guard } from './worker-world.ts';

/** What uploads of pictures cost. */
const PRICES = {
  'jimmy/upload': { amount: '0.50', per: 'task' },
  'anyfast/upload': { amount: '0.25', per: 'task' },
};

export function uploadPrices(prices: Partial<typeof PRICES> = PRICES): PriceList {
  const parsed = parsePriceList({ currency: 'USD', prices }, CATALOGUE.routes);
  if (!parsed.ok) throw new Error('not a price list');
  return parsed.list;
}

/** Everything that outlives a process: the disk, the libraries, time. */
export function namedWorld() {
  return {
    clock: fakeClock(),
    log: recordingLog(),
    records: memoryRecords(),
    tasks: memoryTasks(),
    /** As Jimmy AI documents its library: without a list and a deletion, with portraits. */
    jimmy: scriptedLibrary({
      id: 'jimmy/sp',
      takesPersons: true,
      canFind: false,
      canDelete: false,
    }),
    /** As AnyFast documents its own. */
    anyfast: scriptedLibrary({ id: 'anyfast/assets', hasGroups: true }),
    /** Addresses that cannot be read. */
    unreadable: new Set<string>(),
    priceList: uploadPrices(),
    budgets: {} as Budgets,
    operator: undefined as OperatorAccounts | undefined,
    grantsFor: undefined as ((ledger: Ledger) => BudgetGrants) | undefined,
    notices: new Array<string>(),
  };
}
export type NamedWorld = ReturnType<typeof namedWorld>;

export interface ProcessOptions {
  /** Called around every write and every call to a library. */
  readonly guard?: Guard;
  /** Of the API keys of this process. */
  readonly fingerprints?: Readonly<Record<string, string>>;
  /** What it owns; everything if not given. */
  readonly ownership?: Ownership;
  /** Which libraries are on; both if not given. */
  readonly on?: readonly ('jimmy' | 'anyfast')[];
}

/** One process in that world, which has resumed what an earlier one left. */
export async function namedProcess(world: NamedWorld, options: ProcessOptions = {}) {
  const { clock, log, priceList, budgets } = world;
  const { ownership = OWNS_ALL, on = ['jimmy', 'anyfast'] } = options;
  const { guard = async (_name, effect) => effect() } = options;
  const records = {
    ...world.records,
    write: async (...given: Parameters<typeof world.records.write>) =>
      guard('write', async () => world.records.write(...given), given),
    remove: async (...given: Parameters<typeof world.records.remove>) =>
      guard('remove', async () => world.records.remove(...given), given),
  };
  const registry = createAssetRegistry({ records, clock, log, ownership });
  const { operator } = world;
  const ledger = aLedger(records, log, clock, operator);
  const cipher = createCipher(new Uint8Array(32));
  const store = createNamedAssetStore({ records, ledger, cipher, clock, log, ownership });
  const libraries = new Map(
    on.map((name) => {
      const port: LibraryPort = withKey(world[name].port, options.fingerprints, guard);
      return [port.id, port];
    }),
  );
  const stopping = new AbortController();
  const shared = { registry, libraries, ownership, clock, log, signal: stopping.signal };
  let names = world.jimmy.uploads.length + world.anyfast.uploads.length;
  const desk = createAssetDesk({
    ...shared,
    newName: () => {
      names += 1;
      return `n-${names}-${clock.now()}`;
    },
    bounds: { minMs: 1000, maxMs: 60_000 },
    random: () => 0.5,
  });
  const retentionMs = 30 * 86_400_000;
  const cleaner = createAssetCleaner({ ...shared, desk, tasks: world.tasks.port, retentionMs });
  const pauses = createProviderPauses(clock, log);
  const guilds = createGuildSettingsStore({ records, clock, log });
  const named = createNamedAssets({
    ...shared,
    store,
    ledger,
    guilds,
    desk,
    pauses,
    notices: {
      async providerPaused(guildId, { provider, category }) {
        world.notices.push(`${guildId} ${provider} ${category}`);
      },
    },
    calendar: createCalendar(),
    priceList,
    budgets,
    grants: world.grantsFor?.(ledger),
    newTaskId: createTaskIds(() => 0.5),
    // The address of a file stands for its content.
    hash: async ({ url }) => {
      if (world.unreadable.has(url)) throw new Error('not there');
      return createHash('sha256').update(url).digest('hex');
    },
  });
  const assets = createTaskAssets({
    ...shared,
    desk,
    cleaner,
    hashOf: async () => ({ kind: 'gone' }),
    sourceOf: () => async () => ({ kind: 'gone' }),
  });
  named.resume(ALL_SLOTS);
  await named.goOn();
  return { named, registry, ledger, store, desk, cleaner, guilds, assets, pauses };
}
export type NamedProcess = Awaited<ReturnType<typeof namedProcess>>;

function withKey(
  port: LibraryPort,
  fingerprints: ProcessOptions['fingerprints'],
  guard: Guard,
): LibraryPort {
  return {
    ...port,
    fingerprint: fingerprints?.[port.id] ?? port.fingerprint,
    upload: async (...given) => guard('upload', async () => port.upload(...given), given),
  };
}

/** A picture that a member names. */
export function naming(changes: Partial<Naming> = {}): Naming {
  return {
    guildId: GUILD_ID,
    memberId: MEMBER_ID,
    roleIds: [],
    name: 'hero',
    kind: 'image',
    way: 'file',
    file: {
      filename: 'hero.png',
      url: 'https://cdn.discordapp.com/hero.png',
      bytes: 1000,
      mimeType: 'image/png',
    },
    ...changes,
  };
}

/** Lets this much time pass, in steps of a second, with everything that falls due in it. */
export async function pass(
  { clock }: NamedWorld,
  process: NamedProcess,
  ms = 20_000,
): Promise<void> {
  for (let passed = 0; passed < ms; passed += 1000) {
    await process.named.goOn();
    await settle();
    await clock.advance(1000);
  }
  await settle();
}

/** Names a picture and lets the libraries take it. */
export async function addReady(
  world: NamedWorld,
  process: NamedProcess,
  changes: Partial<Naming> = {},
): Promise<NamingAnswer> {
  const answer = await process.named.add(naming(changes));
  await pass(world, process);
  return answer;
}

/** Where each name of the guild stands: `hero jimmy/sp usable`. */
export async function places({ named }: NamedProcess, guildId = GUILD_ID): Promise<string[]> {
  return (await named.list(guildId)).flatMap(({ asset, places: where }) =>
    [...where].map(([library, { place, why }]) =>
      [asset.name, library, place, ...(why === undefined ? [] : [why])].join(' '),
    ),
  );
}

export function assetsIn({ records }: NamedWorld): Asset[] {
  return valuesUnder(records, ASSET_PREFIX).map((value) => assetSchema.parse(value));
}

export function linesIn({ records }: NamedWorld): JournalLine[] {
  return valuesUnder(records, 'journal:').map((value) => journalLineSchema.parse(value));
}

/** What an account says; the operator's if none is named. */
function accountIn({ records }: NamedWorld, key = OPERATOR_ACCOUNT_KEY): Account | undefined {
  return accountSchema.optional().parse(records.byKey.get(key));
}

/** The sums of an account since it began: settled, reserved, and the videos among them. */
export function sumsIn(world: NamedWorld, key?: string): string {
  const total = accountIn(world, key)?.total;
  const videos = (total?.used.videos ?? 0n) + (total?.reserved.videos ?? 0n);
  return `${total?.used.cost ?? 0n} used, ${total?.reserved.cost ?? 0n} reserved, ${videos} videos`;
}

function valuesUnder({ byKey }: NamedWorld['records'], prefix: string): unknown[] {
  return [...byKey].filter(([key]) => key.startsWith(prefix)).map(([, value]) => value);
}
