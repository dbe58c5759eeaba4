import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { RecordStore } from '../../src/app/ports/record-store-port.ts';
import { guildAccountKey } from '../../src/domain/ledger/account-key.ts';
import { assetKey } from '../../src/domain/library/asset.ts';
import { withUse } from '../../src/domain/library/asset-uses.ts';
import { NO_MONEY } from '../../src/domain/ledger/task-money.ts';
import { withoutUnknown } from '../../src/domain/tasks/task.ts';
import { createGuildSettingsStore } from '../../src/store/guilds/guild-settings-store.ts';
import { createAssetRegistry } from '../../src/store/library/asset-registry.ts';
import { createNamedAssetStore } from '../../src/store/library/named-asset-store.ts';
import { createPreferencesStore } from '../../src/store/preferences/preferences-store.ts';
import { createCipher } from '../../src/store/records/cipher.ts';
import { createStoreOrigin, readOrigin } from '../../src/store/store-origin.ts';
import { fromRecord } from '../../src/store/tasks/task-record.ts';
import { createTaskStore } from '../../src/store/tasks/task-store.ts';
import { aNamedAsset } from '../fakes/a-named-asset.ts';
import { aLedger } from '../fakes/a-ledger.ts';
import { GUILD_ID, MEMBER_ID, TASK_ID, aTask, ended } from '../fakes/a-task.ts';
import { anAsset } from '../fakes/an-asset.ts';
import { NOON, fakeClock } from '../fakes/clock.ts';
import { recordingLog } from '../fakes/log.ts';
import { memoryAttempts } from '../fakes/memory-attempts.ts';
import { memoryRecords } from '../fakes/memory-records.ts';

const ADDED = { addedLater: { of: ['any', 1, null] } };

/** One process with its own memory on the records. */
function processOn(records: RecordStore) {
  const clock = fakeClock();
  const log = recordingLog();
  const cipher = createCipher(new Uint8Array(32));
  const ledger = aLedger(records, log, clock);
  return {
    cipher,
    ledger,
    settings: createGuildSettingsStore({ records, clock, log }),
    preferences: createPreferencesStore(records),
    assets: createAssetRegistry({ records, clock, log }),
    named: createNamedAssetStore({ records, ledger, cipher, clock, log }),
    tasks: createTaskStore({ records, ledger, cipher, clock, log }),
  };
}
type Process = ReturnType<typeof processOn>;

const RESERVED = {
  state: 'reserved',
  amounts: { videos: 1n, seconds: 5n, cost: 900_000n },
} as const;
const SETTLED = { ...RESERVED, state: 'settled' } as const;

const add = async ({ named }: Process, name: string) =>
  named.decide(GUILD_ID, (assets) => ({
    result: undefined,
    after: [...assets, aNamedAsset({ name })],
  }));

/** How each kind of record is made, and changed by a process that has read it. */
const KINDS: readonly {
  readonly key: string;
  readonly make: (process: Process) => Promise<unknown>;
  readonly change: (process: Process) => Promise<unknown>;
}[] = [
  {
    key: `guild:${GUILD_ID}`,
    make: async ({ settings }) => settings.change(GUILD_ID, (before) => before),
    change: async ({ settings }) =>
      settings.change(GUILD_ID, (before) => ({ ...before, finishPing: true })),
  },
  {
    key: `preferences:${MEMBER_ID}`,
    make: async ({ preferences }) =>
      preferences.change(MEMBER_ID, () => ({ resolution: '720p', ratio: '1:1' })),
    change: async ({ preferences }) =>
      preferences.change(MEMBER_ID, (before) => ({ ...before, ratio: '9:16' })),
  },
  {
    key: `asset:${assetKey(anAsset())}`,
    make: async ({ assets }) => assets.change(assetKey(anAsset()), () => anAsset()),
    change: async ({ assets }) =>
      assets.change(
        assetKey(anAsset()),
        (asset) => asset && withUse(asset, { by: 'task', id: '1' }),
      ),
  },
  {
    key: guildAccountKey(GUILD_ID),
    make: async ({ tasks }) => tasks.save(aTask({ money: RESERVED }), aTask({ money: NO_MONEY })),
    change: async ({ tasks }) => {
      const task = await tasks.get(TASK_ID);
      if (task !== undefined) await tasks.save({ ...task, money: SETTLED }, task);
    },
  },
  {
    key: `task:${TASK_ID}`,
    make: async ({ tasks }) => tasks.save(aTask({ money: RESERVED }), aTask({ money: NO_MONEY })),
    change: async ({ tasks }) => {
      const task = await tasks.get(TASK_ID);
      if (task !== undefined) {
        await tasks.end({ ...task, stage: ended({ kind: 'timed-out' }), money: SETTLED }, task);
      }
    },
  },
];

describe('what a newer version added to a record', () => {
  it.each(KINDS)('is kept by an older one that changes it: $key', async ({ key, make, change }) => {
    const records = memoryRecords();
    await make(processOn(records));
    const made = records.byKey.get(key);
    expect(made).toBeTypeOf('object');
    records.byKey.set(key, { ...Object(made), ...ADDED });
    await change(processOn(records));
    expect(records.byKey.get(key)).toMatchObject(ADDED);
    expect(records.byKey.get(key)).not.toEqual({ ...Object(made), ...ADDED });
    expect([...records.byKey.keys()].filter((one) => one.startsWith('quarantine:'))).toEqual([]);
  });

  it('is kept in what is sealed of a task', async () => {
    const records = memoryRecords();
    const { cipher, tasks } = processOn(records);
    const task = aTask();
    await tasks.save(
      { ...task, secrets: { ...task.secrets, ...ADDED } },
      aTask({ money: NO_MONEY }),
    );
    const older = processOn(records);
    const read = await older.tasks.get(TASK_ID);
    if (read === undefined) throw new Error('it was saved');
    await older.tasks.save({ ...read, secrets: { ...read.secrets, resultNeedsKey: true } }, read);
    const { secrets } = fromRecord(cipher, records.byKey.get(`task:${TASK_ID}`));
    expect(secrets).toEqual({ ...task.secrets, ...ADDED, resultNeedsKey: true });
  });

  it('is kept of each of the named media of a server', async () => {
    const records = memoryRecords();
    await add(processOn(records), 'hero');
    const key = `named-assets:${GUILD_ID}`;
    const [hero] = z.array(z.looseObject({})).parse(records.byKey.get(key));
    records.byKey.set(key, [{ ...hero, ...ADDED }]);
    await add(processOn(records), 'villain');
    expect(records.byKey.get(key)).toMatchObject([{ name: 'hero', ...ADDED }, { name: 'villain' }]);
  });

  it('can be undone by a process that knows it', async () => {
    const records = memoryRecords();
    const { settings } = processOn(records);
    const change = { id: '1', entries: [], changes: [{ field: 'addedLater', after: true }] };
    await settings.change(GUILD_ID, (before) => ({ ...before, undoable: [change] }));
    const older = await processOn(records).settings.get(GUILD_ID);
    expect(older).toMatchObject({ undoable: [change] });
    expect(older.closedSince).toBeUndefined();
  });

  it('is kept of the store itself at a start', async () => {
    const records = memoryRecords();
    const start = async () => {
      const known = await readOrigin(records);
      await createStoreOrigin(records, memoryAttempts(), known, () => NOON).recordStart(
        known.record.starts,
        undefined,
      );
    };
    await start();
    records.byKey.set('meta:store', { ...Object(records.byKey.get('meta:store')), ...ADDED });
    await start();
    expect(records.byKey.get('meta:store')).toMatchObject({ starts: 2, ...ADDED });
  });

  it('goes with what is deleted of a task: it may be of its member', () => {
    const task = aTask({ isShared: true });
    expect(withoutUnknown({ ...task, ...ADDED })).toEqual(task);
  });
});
