import { createAccountReader } from '../app/account-reader.ts';
import type { AccountReader } from '../app/account-reader.ts';
import type { ActiveTasks } from '../app/active-tasks.ts';
import type { ConfirmationStore } from '../app/confirmation-port.ts';
import type { ForgottenGuild, GuildLookStore } from '../app/gone-guilds.ts';
import { createGuildBook } from '../app/guild-book.ts';
import type { GuildBook } from '../app/guild-book.ts';
import type { JournalStore } from '../app/journal-port.ts';
import { createLedger } from '../app/ledger.ts';
import type { Ledger } from '../app/ledger.ts';
import type { PersonalDataStore } from '../app/personal-data-port.ts';
import type { ForgettingStore } from '../app/retention.ts';
import type { TaskStore } from '../app/ports.ts';
import { loadSecretKey } from '../config/secret-key.ts';
import { meterRecords, meterTasks } from '../metrics/metered.ts';
import { createAccountRecovery } from '../store/account-recovery.ts';
import { createCipher } from '../store/cipher.ts';
import { createConfirmationStore } from '../store/confirmation-store.ts';
import { forgetGuild } from '../store/forget-guild.ts';
import { createForgettingStore, createPersonalDataStore } from '../store/forgetting.ts';
import { createGuildLookStore } from '../store/guild-look-store.ts';
import { createJournalStore } from '../store/journal.ts';
import { migrateStore } from '../store/migrate-store.ts';
import { MIGRATIONS } from '../store/migrations.ts';
import { acquireProcessLock } from '../store/process-lock.ts';
import { loadRecentIds } from '../store/recent-ids.ts';
import { copySchemaVersion, mendSchemaVersion } from '../store/schema-copy.ts';
import { checkRecords } from '../store/record-check.ts';
import type { SqliteRecords } from '../store/sqlite-records.ts';
import { createTaskStore } from '../store/task-store.ts';
import type { Parts } from './parts.ts';
import { unlessStopped } from './unless-stopped.ts';

/** A start waits this much longer for another process than that process may take to stop. */
const LOCK_EXTRA_MS = 22_000;

/** Everything that stands on the store. */
export interface Books {
  readonly records: SqliteRecords;
  readonly ledger: Ledger;
  readonly tasks: TaskStore;
  readonly guilds: GuildBook;
  readonly confirmations: ConfirmationStore;
  readonly journal: JournalStore;
  readonly accounts: AccountReader;
  readonly forgetting: ForgettingStore;
  readonly personalData: PersonalDataStore;
  readonly guildLooks: GuildLookStore;
  /** Undefined where a task is unfinished; `active` tells of those at any moment. */
  readonly forgetGuild: (
    guildId: string,
    active: Pick<ActiveTasks, 'ofGuild'>,
  ) => Promise<ForgottenGuild | undefined>;
  /** Reads every record once and sets damaged ones aside, until it is done or cut. */
  readonly check: (signal: AbortSignal) => Promise<void>;
}

/** Opens the store for this process alone; rejects, saying what to do, where it cannot. */
export async function openStore(parts: Parts): Promise<Books> {
  const { config, log, resources, counts, stopping, clock, machine, openRecords } = parts;
  const { storePath, dataDir, shutdownMs, secretKey } = config;
  const locking = acquireProcessLock(`${storePath}.lock`, shutdownMs + LOCK_EXTRA_MS);
  const lock = await unlessStopped(locking, stopping);
  resources.own('lock', async () => lock.release());
  const opened = await openRecords(storePath);
  resources.own('store', async () => opened.close());
  const records = meterRecords(opened, counts, () => performance.now());
  await mendSchemaVersion({ records, clock, log });
  await migrateStore({
    records,
    migrations: MIGRATIONS,
    backUp: async (version) => {
      // Loaded where it is needed, which is once in a store's life.
      const { backUpBeside } = await import('./back-up-beside.ts');
      const { discordNow } = await import('../doctor/discord-now.ts');
      const nowMs = await discordNow({ ...config.discord, now: machine.now });
      return backUpBeside(storePath, version, nowMs ?? machine.now());
    },
    stopping,
    log,
  });
  await copySchemaVersion({ records, clock, log });
  const key = await loadSecretKey({
    dataDir,
    onSetAside: (path) => {
      log.error(
        { path },
        'secret.key is no key and was set aside: prompts and tokens stored so far cannot be read',
      );
    },
    ...(secretKey === undefined ? {} : { configured: secretKey }),
  });
  const cipher = createCipher(key);
  // A hint alone: where it is wrong, more ids are read, or the disk is asked.
  const recent = await loadRecentIds(records, (clock.isKnown() ? clock : machine).now());
  const recover = createAccountRecovery({ records, clock, log, key });
  const ledger = createLedger({ records, log, recover, clock });
  const guilds = createGuildBook({ records, clock, log });
  const confirmations = createConfirmationStore(records, cipher);
  const tasks = meterTasks(
    createTaskStore({ records, ledger, cipher, clock, log, recent }),
    counts,
  );
  return {
    records,
    ledger,
    tasks,
    guilds,
    confirmations,
    journal: createJournalStore(records),
    accounts: createAccountReader(ledger, guilds, clock),
    forgetting: createForgettingStore({ records, cipher, key, clock }, confirmations),
    personalData: createPersonalDataStore({ records, cipher, key }, confirmations),
    guildLooks: createGuildLookStore({ records, clock, log }),
    forgetGuild: async (guildId, active) =>
      forgetGuild({ records, cipher, key, ledger, guilds, active }, guildId, clock.now()),
    check: async (signal) =>
      checkRecords({ records, tasks, ledger, guilds, cipher, clock, log }, signal),
  };
}
