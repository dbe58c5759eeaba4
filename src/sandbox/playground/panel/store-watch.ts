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

/** Also without an occasion: a task may wait for nothing but time. */
const CHECK_EVERY_MS = 500;
const OPEN_PREFIX = 'open:';

/** Looks into the bot's store from beside the bot, which knows nothing of it. */
export interface StoreWatch {
  /** Resolves when a look that began after the call is over; at once before `begin`. */
  look(): Promise<void>;
  /** The file must be there: the bot makes it. */
  begin(path: string): Promise<void>;
  readonly accounts: () => readonly Account[];
  close(): Promise<void>;
}

export interface StoreWatchDeps {
  readonly currency: string;
  /** Of the bot's clock. */
  readonly now: () => number;
  readonly viewOf: (taskId: string) => TaskView | undefined;
  readonly onTask: (view: TaskView) => void;
  readonly onAccounts: (accounts: readonly Account[]) => void;
  /** The store did not answer, or holds what cannot be read. */
  readonly onFault: (cause: unknown) => void;
}

export function createStoreWatch(deps: StoreWatchDeps): StoreWatch {
  let records: SqliteRecords | undefined;
  let timer: NodeJS.Timeout | undefined;
  const tasks = createTaskLook(deps);
  const accounts = createAccountLook(deps);

  const look = coalesce(async () => {
    const open = records;
    if (open === undefined) return;
    try {
      await tasks.look(open);
      await accounts.look(open);
    } catch (cause) {
      deps.onFault(cause);
    }
  });
  const lookOften = (): void => {
    if (records !== undefined) {
      timer = setTimeout(() => void look().then(lookOften), CHECK_EVERY_MS);
    }
  };
  return {
    look,
    accounts: accounts.seen,
    async begin(path) {
      records = await openSqliteRecords(path);
      lookOften();
    },
    async close() {
      const open = records;
      records = undefined;
      await look();
      clearTimeout(timer);
      await open?.close();
    },
  };
}

/** Follows each task from its mark in the store until nothing about it can change any more. */
function createTaskLook({ viewOf, onTask, currency, now }: StoreWatchDeps) {
  const followed = new Set<string>();
  return {
    async look(records: SqliteRecords): Promise<void> {
      const marks = await records.keysUnder(OPEN_PREFIX);
      for (const mark of marks) followed.add(mark.slice(OPEN_PREFIX.length));
      const ids = [...followed];
      const values = await records.getMany(ids.map(taskKey));
      for (const [index, id] of ids.entries()) {
        if (values[index] === undefined) {
          // Its request never became a task, or its owner had it deleted.
          followed.delete(id);
          continue;
        }
        const task = openRecordSchema.parse(values[index]);
        // Held money is ended by an admin, long after the task.
        if (task.stage.name === 'ended' && task.money.state !== 'held') followed.delete(id);
        const before = viewOf(id);
        const view = viewTask(before, task, currency, now());
        if (JSON.stringify(view) !== JSON.stringify(before)) onTask(view);
      }
    },
  };
}

const WHOSE: readonly (Pick<Account, 'guildId' | 'personId'> & { readonly key: string })[] =
  GUILDS.flatMap(({ id: guildId }) => [
    { guildId, key: guildAccountKey(guildId) },
    ...PEOPLE.map((person) => ({
      guildId,
      personId: person.id,
      key: memberAccountKey(guildId, person.id),
    })),
  ]);

function createAccountLook({ currency, onAccounts }: StoreWatchDeps) {
  let seen: readonly Account[] = [];
  let last = '[]';
  return {
    seen: () => seen,
    async look(records: SqliteRecords): Promise<void> {
      const values = await records.getMany(WHOSE.map(({ key }) => key));
      const fresh = WHOSE.flatMap(({ key: _key, ...whose }, index) =>
        values[index] === undefined
          ? []
          : [viewAccount(whose, accountSchema.parse(values[index]), currency)],
      );
      const text = JSON.stringify(fresh);
      if (text === last) return;
      last = text;
      seen = fresh;
      onAccounts(fresh);
    },
  };
}
