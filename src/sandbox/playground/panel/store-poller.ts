import { accountSchema } from '../../../domain/ledger/account.ts';
import { openRecordSchema } from '../../../domain/tasks/task.ts';
import { openSqliteRecords } from '../../../store/records/sqlite-records.ts';
import type { SqliteRecords } from '../../../store/records/sqlite-records.ts';
import { taskKey } from '../../../store/tasks/task-keys.ts';
import { GUILDS, PEOPLE } from '../people/people.ts';
import type { Account, TaskView } from '../protocol/panel.ts';
import { viewAccount } from './account-view.ts';
import { coalesce } from './coalesce.ts';
import { viewTask } from './task-view.ts';
import { guildAccountKey, memberAccountKey } from '../../../domain/ledger/account-key.ts';

/** The poll interval while the bot sends no requests. */
const CHECK_EVERY_MS = 500;
const OPEN_PREFIX = 'open:';

/** Reads the bot's store from this process, without the bot's knowledge. */
export interface StorePoller {
  /** Resolves after a read that started after the call; immediately before `start`. */
  poll(): Promise<void>;
  /** Opens the store and starts to poll it. The bot must have created the file. */
  start(path: string): Promise<void>;
  readonly accounts: () => readonly Account[];
  close(): Promise<void>;
}

/** What the poller needs, and whom it notifies of changes. */
export interface StorePollerDeps {
  readonly currency: string;
  /** The time on the bot's clock, in milliseconds since 1970. */
  readonly now: () => number;
  readonly previousView: (taskId: string) => TaskView | undefined;
  readonly onTask: (view: TaskView) => void;
  readonly onAccounts: (accounts: readonly Account[]) => void;
  /** Called when the store cannot be read or holds an invalid record. */
  readonly onError: (cause: unknown) => void;
}

/** Returns a poller of the bot's store, which `start` opens. */
export function createStorePoller(deps: StorePollerDeps): StorePoller {
  let records: SqliteRecords | undefined;
  let timer: NodeJS.Timeout | undefined;
  const tasks = createTaskPoller(deps);
  const accounts = createAccountPoller(deps);

  const poll = coalesce(async () => {
    const open = records;
    if (open === undefined) return;
    try {
      await tasks.poll(open);
      await accounts.poll(open);
    } catch (cause) {
      deps.onError(cause);
    }
  });
  const schedulePoll = (): void => {
    if (records !== undefined) {
      timer = setTimeout(() => void poll().then(schedulePoll), CHECK_EVERY_MS);
    }
  };
  return {
    poll,
    accounts: accounts.current,
    async start(path) {
      records = await openSqliteRecords(path);
      schedulePoll();
    },
    async close() {
      const open = records;
      records = undefined;
      await poll();
      clearTimeout(timer);
      await open?.close();
    },
  };
}

/** Follows each task from its open mark in the store until it can no longer change. */
function createTaskPoller({ previousView, onTask, currency, now }: StorePollerDeps) {
  const followed = new Set<string>();
  return {
    async poll(records: SqliteRecords): Promise<void> {
      const marks = await records.keysUnder(OPEN_PREFIX);
      for (const mark of marks) followed.add(mark.slice(OPEN_PREFIX.length));
      const ids = [...followed];
      const values = await records.getMany(ids.map(taskKey));
      for (const [index, id] of ids.entries()) {
        if (values[index] === undefined) {
          // The request was not accepted as a task, or the task was deleted on request.
          followed.delete(id);
          continue;
        }
        const task = openRecordSchema.parse(values[index]);
        // An admin may decide a hold long after the task has ended.
        if (task.stage.name === 'ended' && task.money.state !== 'held') followed.delete(id);
        const before = previousView(id);
        const view = viewTask(before, task, currency, now());
        if (JSON.stringify(view) !== JSON.stringify(before)) onTask(view);
      }
    },
  };
}

const ACCOUNT_KEYS: readonly (Pick<Account, 'guildId' | 'personId'> & { readonly key: string })[] =
  GUILDS.flatMap(({ id: guildId }) => [
    { guildId, key: guildAccountKey(guildId) },
    ...PEOPLE.map((person) => ({
      guildId,
      personId: person.id,
      key: memberAccountKey(guildId, person.id),
    })),
  ]);

function createAccountPoller({ currency, onAccounts }: StorePollerDeps) {
  let current: readonly Account[] = [];
  let last = '[]';
  return {
    current: () => current,
    async poll(records: SqliteRecords): Promise<void> {
      const values = await records.getMany(ACCOUNT_KEYS.map(({ key }) => key));
      const fresh = ACCOUNT_KEYS.flatMap(({ key: _key, ...owner }, index) =>
        values[index] === undefined
          ? []
          : [viewAccount(owner, accountSchema.parse(values[index]), currency)],
      );
      const text = JSON.stringify(fresh);
      if (text === last) return;
      last = text;
      current = fresh;
      onAccounts(fresh);
    },
  };
}
