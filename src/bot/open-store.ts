import { join } from 'node:path';
import { createAccountReader } from '../app/account-reader.ts';
import type { BudgetGrants } from '../app/budget/budget-grants.ts';
import type { AccountReader } from '../app/account-reader.ts';
import type { ActiveTasks } from '../app/ports/active-tasks-port.ts';
import type { ClickClaims } from '../app/ports/click-claims-port.ts';
import { createClickClaims } from '../store/tasks/click-claims.ts';
import type { AssetRegistry } from '../app/ports/asset-registry-port.ts';
import { forgetGuildAssets, withAssets } from '../store/library/forget-assets.ts';
import { createAssetRegistry } from '../store/library/asset-registry.ts';
import type { NamedAssetStore } from '../app/ports/named-asset-store-port.ts';
import { createNamedAssetStore } from '../store/library/named-asset-store.ts';
import type { ConfirmationStore } from '../app/ports/confirmation-port.ts';
import { createGuildSettingsStore } from '../store/guilds/guild-settings-store.ts';
import type { HistoryStore } from '../app/ports/history-port.ts';
import { createHistoryStore } from '../store/history/history-store.ts';
import type { JournalStore } from '../app/ports/journal-port.ts';
import { createLedger } from '../store/accounts/ledger.ts';
import { withAttemptLog } from '../app/logged-task-store.ts';
import type { PersonalDataStore } from '../app/ports/personal-data-port.ts';
import type { DraftingTaskStore } from '../app/ports/core.ts';
import type { IntentLog } from '../app/ports/intent-log-port.ts';
import type { MediaStore } from '../app/ports/media-store-port.ts';
import { openMediaStore } from '../media/kept/media-store.ts';
import { loadSecretKey } from '../config/secret-key.ts';
import { meterRecords, meterTasks } from '../metrics/metered.ts';
import { createAccountRecovery } from '../store/repair/account-recovery.ts';
import { createCipher } from '../store/records/cipher.ts';
import type { Cipher } from '../store/records/cipher.ts';
import type { ProviderShare } from '../app/ports/provider-share-port.ts';
import { noteCompany } from '../app/had-company.ts';
import { SHARES_NOTHING } from '../app/shares-nothing.ts';
import type { RecordStore } from '../app/ports/record-store-port.ts';
import { createConfirmationStore } from '../store/confirmations/confirmation-store.ts';
import { createWaitingList } from '../store/confirmations/waiting-list.ts';
import { deleteGuildData } from '../store/guilds/delete-guild-data.ts';
import { createPersonalDataStore } from '../store/privacy/personal-data-store.ts';
import { createRetentionStore } from '../store/privacy/retention-store.ts';
import { createGuildPresenceStore } from '../store/guilds/guild-presence-store.ts';
import { createJournalStore } from '../store/tasks/journal.ts';
import { migrateStore } from '../store/schema/migrate-store.ts';
import { MIGRATIONS } from '../store/schema/migrations.ts';
import { createRecentIds } from '../store/tasks/recent-ids.ts';
import { copySchemaVersion, repairSchemaVersion } from '../store/repair/schema-copy.ts';
import { checkRecords } from '../store/repair/record-check.ts';
import { watchWrites } from '../store/records/watch-writes.ts';
import { withDrafts } from '../store/tasks/drafting-store.ts';
import { createTaskStore } from '../store/tasks/task-store.ts';
import { openAttemptLog, openIntents } from './open-attempt-log.ts';
import type { AttemptLogAndOrigin } from './open-attempt-log.ts';
import { claimDatabase, shareMediaFolder } from './claim-database.ts';
import { openBudget } from './open-budget.ts';
import { openSqlite } from './open-sqlite.ts';
import type { OpenedRecords, SharedStore } from './opened-records.ts';
import type { StoreContext } from './bot-context.ts';
import type { RequestBox } from './operator-requests/request-box.ts';
import { createRequestFiles } from './operator-requests/request-files.ts';
import type { Ledger } from '../app/ports/ledger-port.ts';
import type { GuildSettingsStore } from '../app/ports/guild-settings-port.ts';
import type { DeletedGuild, GuildPresenceStore } from '../app/ports/guild-presence-port.ts';
import { OPERATOR_ACCOUNTS_BY_SLOT } from '../domain/ledger/account-key.ts';
import type { PreferencesStore } from '../app/ports/preferences-port.ts';
import { createUploadLines } from '../store/privacy/upload-lines.ts';
import type { UploadLines } from '../app/ports/upload-lines-port.ts';
import { createPreferencesStore } from '../store/preferences/preferences-store.ts';
import type { RetentionStore } from '../app/ports/retention-port.ts';

/** A start waits for another process this much longer than that process may take to stop. */
const LOCK_EXTRA_MS = 22_000;

/** The store and everything built on it. */
export interface Stores extends AttemptLogAndOrigin {
  readonly records: RecordStore;
  readonly share: ProviderShare;
  /** Whether other processes have served the store since this one began, or did so then. */
  readonly hadCompany: () => boolean;
  /** What only a store has that processes can share. */
  readonly shared?: (SharedStore & { readonly cipher: Cipher }) | undefined;
  readonly ledger: Ledger;
  /** What this process may spend of the operator's budgets; absent if it has them to itself. */
  readonly grants?: BudgetGrants | undefined;
  readonly tasks: DraftingTaskStore;
  /** Reads which interactions have a task, before those of more guilds are answered. */
  readonly loadRecentIds: () => Promise<void>;
  readonly intents: IntentLog;
  /** Where the operator leaves requests for a bot that runs. */
  readonly requests: RequestBox;
  readonly media: MediaStore;
  readonly assetRegistry: AssetRegistry;
  readonly namedAssetStore: NamedAssetStore;
  /** Whether the last write has failed. */
  readonly areWritesFailing: () => boolean;
  readonly guilds: GuildSettingsStore;
  readonly confirmations: ConfirmationStore;
  readonly clicks: ClickClaims;
  readonly journal: JournalStore;
  readonly history: HistoryStore;
  readonly accounts: AccountReader;
  readonly retention: RetentionStore;
  readonly personalData: PersonalDataStore;
  readonly uploadLines: UploadLines;
  readonly preferences: PreferencesStore;
  readonly guildPresence: GuildPresenceStore;
  /** Resolves with `undefined` if the guild has an unfinished task in `active`. */
  readonly deleteGuildData: (
    guildId: string,
    active: Pick<ActiveTasks, 'ofGuild'>,
  ) => Promise<DeletedGuild | undefined>;
  /** Reads every record once and quarantines damaged ones, until it is done or aborted. */
  readonly check: (signal: AbortSignal) => Promise<void>;
}

/** Opens the store exclusively for this process. Rejects with advice if it cannot. */
export async function openStore(
  context: StoreContext,
  lockWaitMs = context.config.shutdownMs + LOCK_EXTRA_MS,
): Promise<Stores> {
  const { log, counts, clock, machine, ownership, sharing } = context;
  const opened = await openLockedRecords(context, lockWaitMs);
  const { records, areWritesFailing } = watchWrites(opened.records);
  const { shared } = opened;
  const key = await openKey(context);
  const cipher = createCipher(key);
  if (shared !== undefined) await claimDatabase(context, records, cipher);
  const recent = createRecentIds();
  const recover = createAccountRecovery({ records, clock, log, key });
  const ledger = createLedger({ records, log, recover, clock, ...operatorOf(sharing, shared) });
  const guilds = createGuildSettingsStore({ records, clock, log, ownership });
  const confirmations = createConfirmationStore(records, cipher, createWaitingList(clock));
  const attempts = await openAttemptLog(context, { records, shared });
  const { attemptLog, storeId } = attempts;
  const intents = await openIntents(context, { cipher, storeId, shared });
  const taskStore = createTaskStore({ records, ledger, cipher, clock, log, recent, ownership });
  const logged = meterTasks(withAttemptLog(taskStore, attemptLog, log), counts);
  const tasks = withDrafts(logged, { clock, log });
  const media = await openMedia(context, { records, shared, key, storeId });
  const kept = { records, cipher, key, media };
  const assetRegistry = createAssetRegistry({ records, clock, log, ownership });
  const preferences = createPreferencesStore(records, { isShared: shared !== undefined });
  const personalData = createPersonalDataStore(kept, confirmations, preferences);
  return {
    ...attempts,
    shared: shared && { ...shared, cipher },
    intents,
    ...sharedParts(context, shared),
    areWritesFailing,
    media,
    assetRegistry,
    namedAssetStore: createNamedAssetStore({ records, ledger, cipher, clock, log, ownership }),
    records,
    ledger,
    grants: openBudget(context, { shared, records, ledger }),
    tasks,
    // Only a hint: if the time is wrong, more ids are read, or lookups go to the disk.
    loadRecentIds: async () => recent.load(records, (clock.isKnown() ? clock : machine).now()),
    guilds,
    confirmations,
    clicks: createClickClaims(records),
    journal: createJournalStore(records),
    history: createHistoryStore({ records, cipher }),
    accounts: createAccountReader(ledger, guilds, clock),
    retention: createRetentionStore({ ...kept, clock }, confirmations),
    personalData: withAssets(withIntents(personalData, intents, tasks), assetRegistry),
    uploadLines: createUploadLines(kept),
    preferences,
    guildPresence: createGuildPresenceStore({ records, clock, log }),
    deleteGuildData: async (guildId, active) =>
      forgetAlso(assetRegistry, guildId, clock.now(), async () =>
        deleteGuildData({ ...kept, ledger, guilds, active }, guildId, clock.now()),
      ),
    check: async (signal) =>
      checkRecords({ records, tasks, ledger, guilds, cipher, clock, log }, signal),
  };
}

/** Also forgets the assets of a guild, once its tasks are gone. */
async function forgetAlso(
  registry: AssetRegistry,
  guildId: string,
  nowMs: number,
  deleting: () => Promise<DeletedGuild | undefined>,
): Promise<DeletedGuild | undefined> {
  const deleted = await deleting();
  if (deleted !== undefined) await forgetGuildAssets(registry, guildId, nowMs);
  return deleted;
}

/** What is the same for all processes of a database, and what stands for it where there is one process. */
function sharedParts(
  { config }: StoreContext,
  shared: OpenedRecords['shared'],
): Pick<Stores, 'share' | 'hadCompany' | 'requests'> {
  const share = shared?.share ?? SHARES_NOTHING;
  return {
    share,
    hadCompany: noteCompany(share, shared?.hasCompany ?? false),
    requests: shared?.requests ?? createRequestFiles(config.dataDir),
  };
}

/** The operator's accounts as the store has them, whether or not another process writes to it. */
function operatorOf(
  { operator }: StoreContext['sharing'],
  shared: OpenedRecords['shared'],
): Pick<Ledger, 'operator'> {
  return { operator: shared === undefined ? operator : OPERATOR_ACCOUNTS_BY_SLOT };
}

/** In a folder for this store alone, because what its tasks do not own is deleted. */
async function openMedia(
  context: StoreContext,
  {
    records,
    shared,
    key,
    storeId,
  }: Pick<OpenedRecords, 'records' | 'shared'> & {
    readonly key: Uint8Array;
    readonly storeId: string;
  },
): Promise<MediaStore> {
  const { config, log, clock } = context;
  const { maxBytes } = config.keptMedia;
  const folder = join(config.keptMedia.folder, storeId);
  if (shared !== undefined) {
    const { hasCompany = false } = shared;
    await shareMediaFolder(context, records, { folder, isOn: maxBytes > 0, hasCompany });
  }
  return openMediaStore({
    folder,
    maxBytes,
    key,
    log,
    isShared: shared !== undefined,
    clock,
  });
}

/** Also deletes what a member's data has beside the store: what was about to be acknowledged. */
function withIntents(
  store: PersonalDataStore,
  intents: IntentLog,
  tasks: DraftingTaskStore,
): PersonalDataStore {
  return {
    ...store,
    async delete(memberId) {
      // A task that has just begun is found by a mark in its first record.
      await tasks.flushAll();
      await intents.deleteMember(memberId);
      return store.delete(memberId);
    },
  };
}

/** Takes the store for this process, opens it and migrates it to this version's schema. */
async function openLockedRecords(
  context: StoreContext,
  lockWaitMs: number,
): Promise<OpenedRecords> {
  const { log, counts, stopping, clock } = context;
  const opened = await openByKind(context, lockWaitMs);
  const records = meterRecords(opened.records, counts, () => performance.now());
  await repairSchemaVersion({ records, clock, log });
  const { backUp, shared } = opened;
  const hasCompany = shared?.hasCompany;
  await migrateStore({ records, migrations: MIGRATIONS, hasCompany, backUp, stopping, log });
  await copySchemaVersion({ records, clock, log });
  return { ...opened, records };
}

async function openByKind(context: StoreContext, lockWaitMs: number): Promise<OpenedRecords> {
  const { store } = context.config;
  if (store.kind === 'sqlite') return openSqlite(context, store.path, lockWaitMs);
  // Loaded on demand, with its packages.
  const { openPostgres } = await import('./open-postgres.ts');
  const { slots } = context.sharing;
  if (slots === undefined) return openPostgres(context, store, lockWaitMs);
  const { joinDatabase } = await import('./join-database.ts');
  const { url, instance } = store;
  return joinDatabase(context, { url, instance }, { slots, lockWaitMs });
}

/**
 * Loads the encryption key. With a damaged key the bot still starts, but loses what was encrypted
 * with it.
 */
async function openKey({ config: { dataDir, secretKey }, log }: StoreContext): Promise<Uint8Array> {
  return loadSecretKey({
    dataDir,
    onQuarantine: (path) => {
      log.error(
        { path },
        'secret.key is not a valid key and was quarantined: prompts and tokens stored so far cannot be read',
      );
    },
    ...(secretKey === undefined ? {} : { configured: secretKey }),
  });
}
