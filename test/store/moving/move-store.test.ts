import { rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/app/system-clock.ts';
import { slotOf } from '../../../src/domain/slots.ts';
import { HOLDS_ALL } from '../../../src/domain/tasks/restored.ts';
import type { RecordReader, StoredRecord } from '../../../src/app/ports/record-store-port.ts';
import { intentFolder } from '../../../src/store/intents/intent-files.ts';
import { intentLine } from '../../../src/store/intents/intent-line.ts';
import { addLines } from '../../../src/store/intents/moved-lines.ts';
import { openLines } from '../../../src/store/intents/open-lines.ts';
import type { MovableStore } from '../../../src/store/moving/movable-store.ts';
import { MoveRefused } from '../../../src/store/moving/movable-store.ts';
import { refuseMovedStore } from '../../../src/store/moving/move-marks.ts';
import { moveStore } from '../../../src/store/moving/move-store.ts';
import type { MoveResult } from '../../../src/store/moving/move-store.ts';
import { openForMove } from '../../../src/store/moving/open-for-move.ts';
import { openPostgresRecords } from '../../../src/store/postgres/postgres-records.ts';
import { placeOf } from '../../../src/store/postgres/place-of.ts';
import { createRecordReader } from '../../../src/store/postgres/read-records.ts';
import { connectTool } from '../../../src/store/postgres/tool-connection.ts';
import { createCipher } from '../../../src/store/records/cipher.ts';
import { acquireStoreLock } from '../../../src/store/records/process-lock.ts';
import { openSqliteRecords } from '../../../src/store/records/sqlite-records.ts';
import type { StoredRow } from '../../../src/store/copy/stored-row.ts';
import { SCHEMA_VERSION } from '../../../src/store/schema/migrations.ts';
import { readSchemaMark } from '../../../src/store/schema/schema-version.ts';
import type { StoreAddress as Address } from '../../../src/store/store-address.ts';
import { copyMark } from '../../../src/store/store-origin.ts';
import { GUILD_ID, MEMBER_ID } from '../../fakes/a-task.ts';
import { describeOnPostgres } from '../../fakes/on-postgres.ts';
import { anIntent } from '../../fakes/an-intent.ts';
import { intentsAt, withIntents } from '../../fakes/stored-intents.ts';
import type { IntentsPlace } from '../../fakes/stored-intents.ts';
import { startTransactionPooler } from '../../fakes/transaction-pooler.ts';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';

const KINDS = ['sqlite', 'postgres'] as const;
type Kind = (typeof KINDS)[number];
const OTHER = { sqlite: 'postgres', postgres: 'sqlite' } as const;

const STORE_ID = '0b8f1c9e-0000-4000-8000-000000000001';
const MARKS = [
  { key: 'meta:schema', value: { version: SCHEMA_VERSION } },
  { key: 'meta:schema-copy', value: { version: SCHEMA_VERSION } },
  { key: 'meta:store', value: { id: STORE_ID, starts: 3 } },
  { key: 'meta:server', value: { system: '7' } },
];
const RECORDS = Array.from({ length: 1200 }, (_, index) => ({
  key: `r:${index}`,
  value: { index },
}));

const OTHER_GUILD = String(BigInt(GUILD_ID) + (5n << 22n));
const INTENTS = [0, 1, 2].map(anIntent);
/** One was closed before its process was killed. */
const OPEN_INTENTS = INTENTS.slice(1);
const CIPHER = createCipher(new Uint8Array(32).fill(1));

/** What another store, whose records were removed by hand, may have left in a database. */
const LEFT_BEHIND = [
  "INSERT INTO late (task, number) VALUES ('1', 'p-1')",
  `INSERT INTO budget ("window", granted) VALUES ('day:1', 5)`,
  `INSERT INTO budget_grant ("window", slot, amount) VALUES ('day:1', 1, 5)`,
  "INSERT INTO provider VALUES ('jimmy', now(), '', now(), now(), 'v')",
  "INSERT INTO operator_request VALUES ('1', 'waiting', '{}')",
  "INSERT INTO intent VALUES ('1', '', 0, '2', now(), '{}')",
];

let ids = 0;
function newId(): string {
  ids += 1;
  return `move-${ids}`;
}

/** Opens both, moves, and closes both, as one call of the command. */
async function move(from: Address, to: Address, cut?: Cut): Promise<MoveResult> {
  const dataDir = dataDirOf(from, to);
  const source = await openForMove(from, { isNew: false, dataDir });
  try {
    const target = await openForMove(to, { isNew: true, dataDir });
    try {
      const sides = { source: cutAt(source, cut), target: cutAt(target, cut) };
      return await moveStore(sides, { newId });
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

/** Each file has a folder of its own, which is its `DATA_DIR` as well. */
function dataDirOf(...addresses: readonly Address[]): string {
  const [path = 'none'] = addresses.flatMap((one) => (one.kind === 'sqlite' ? [one.path] : []));
  return dirname(path);
}

/** Moves, and ends quietly at the cut, or at another expected fault. */
async function moveUntilCut(
  from: Address,
  to: Address,
  cut: Cut | undefined,
  expected: new () => Error = WasCut,
): Promise<void> {
  try {
    await move(from, to, cut);
  } catch (cause) {
    if (!(cause instanceof expected)) throw cause;
  }
}

/** Counts the writes of both sides, and fails before or after one of them. */
interface Cut {
  left: number;
  readonly isAfter: boolean;
}
class WasCut extends Error {}

function cutAt(store: MovableStore, cut: Cut | undefined): MovableStore {
  if (cut === undefined) return store;
  const counted = async (write: () => Promise<void>): Promise<void> => {
    cut.left -= 1;
    if (cut.left < 0 || (cut.left === 0 && !cut.isAfter)) throw new WasCut();
    await write();
    if (cut.left === 0) throw new WasCut();
  };
  return {
    ...store,
    rows: {
      read: () => store.rows.read(),
      insert: async (rows) => counted(async () => store.rows.insert(rows)),
    },
    commit: async (written, removed) => counted(async () => store.commit(written, removed)),
    replaceAll: async (written) => counted(async () => store.replaceAll(written)),
    intentsOf(storeId) {
      const { read, add } = store.intentsOf(storeId);
      return { read, add: async (lines) => counted(async () => add(lines)) };
    },
  };
}

async function recordsAt(address: Address) {
  return address.kind === 'sqlite'
    ? openSqliteRecords(address.path)
    : openPostgresRecords({
        url: address.url,
        instance: 'one',
        clock: systemClock,
        newMember: newId,
      });
}

async function rowsAt(address: Address): Promise<StoredRow[]> {
  const store = await openForMove(address, { isNew: false, dataDir: dataDirOf(address) });
  const rows: StoredRow[] = [];
  for await (const batch of store.rows.read()) rows.push(...batch);
  await store.close();
  return rows;
}

function intentsPlace(store: Address): IntentsPlace {
  return { store, storeId: STORE_ID, dataDir: dataDirOf(store), cipher: CIPHER };
}

/** Uses a store as a bot does. */
async function inUse(address: Address): Promise<() => Promise<void>> {
  if (address.kind === 'sqlite') {
    const lock = await acquireStoreLock(address.path, 1);
    return async () => lock.release();
  }
  const records = await recordsAt(address);
  return async () => records.close();
}

/** Whether a start would go on with the records: not for an empty one, which is a new store. */
async function isStartable(address: Address): Promise<boolean> {
  if (address.kind === 'sqlite' && !(await isThere(address.path))) return false;
  const records = await readingAt(address);
  try {
    await refuseMovedStore(records);
    return (await readSchemaMark(records))?.version === SCHEMA_VERSION;
  } catch {
    return false;
  } finally {
    await records.close();
  }
}

/** Reads what a start reads first, on Postgres by one connection instead of a member's three. */
async function readingAt(
  address: Address,
): Promise<RecordReader & { readonly close: () => Promise<void> }> {
  if (address.kind === 'sqlite') return openSqliteRecords(address.path);
  const { ask, close } = await connectTool(address.url);
  return { ...createRecordReader(ask), close };
}

/** What must be in a store that was moved. */
async function expectWhole(address: Address, without: readonly string[] = []): Promise<void> {
  const records = await recordsAt(address);
  const expected = [...MARKS, ...RECORDS].filter(({ key }) => !without.includes(key));
  expect(await records.getMany(expected.map(({ key }) => key))).toEqual(
    expected.map(({ value }) => value),
  );
  const all = await records.keysUnder('');
  expect(all).toHaveLength(expected.length);
  await records.close();
  expect(await intentsAt(intentsPlace(address))).toEqual(OPEN_INTENTS);
}

describeOnPostgres('a move between the kinds of store', (cluster) => {
  const empty = async (kind: Kind): Promise<Address> =>
    kind === 'sqlite'
      ? { kind, path: join(temporaryFolder(), 'clapper.sqlite') }
      : { kind, url: await cluster.createDatabase() };

  const filled = async (kind: Kind, marks: readonly StoredRecord[] = MARKS): Promise<Address> => {
    const address = await empty(kind);
    const records = await recordsAt(address);
    await records.write([...marks, ...RECORDS]);
    await records.close();
    await withIntents(intentsPlace(address), async (intents) => {
      await Promise.all(INTENTS.map(async (intent) => intents.append(intent, GUILD_ID)));
      for (const { interactionId } of INTENTS.slice(0, 1)) intents.close(interactionId);
      // What is asked after that on Postgres is answered after it.
      await intents.leftOver();
    });
    return address;
  };

  /** A start makes these anew. */
  const MADE_ANEW = ['meta:schema-copy', 'meta:server'];

  describe.each(KINDS)('from %s', (kind) => {
    const other = OTHER[kind];

    it('has every record, and says on the source where it went', async () => {
      const [from, to] = [await filled(kind), await empty(other)];
      const result = await move(from, to);
      expect(result).toMatchObject({ kind: 'moved' });
      await expectWhole(to, MADE_ANEW);
      expect([await isStartable(from), await isStartable(to)]).toEqual([false, true]);
      const records = await recordsAt(from);
      const place = to.kind === 'sqlite' ? `sqlite://${to.path}` : placeOf(to.url);
      await expect(refuseMovedStore(records)).rejects.toThrow(
        `was moved to ${place}; set STORE_URL`,
      );
      // A version that knows no moves refuses it as newer.
      expect((await readSchemaMark(records))?.version).toBeGreaterThan(SCHEMA_VERSION);
      await records.close();
      // The same call once more finds nothing to do.
      expect(await move(from, to)).toEqual({ kind: 'was-moved' });
      await expectWhole(to, MADE_ANEW);
    });

    it('goes on after a cut at any write, with never both to be started', async () => {
      const writes = 7;
      for (const isAfter of [false, true]) {
        for (let at = 1; at <= writes; at += 1) {
          const [from, to] = [await filled(kind), await empty(other)];
          await expect(move(from, to, { left: at, isAfter })).rejects.toThrow(WasCut);
          const [one, two] = [await isStartable(from), await isStartable(to)];
          expect({ at, isAfter, both: one && two }).toEqual({ at, isAfter, both: false });
          // A cut of the second call as well.
          await moveUntilCut(from, to, { left: at, isAfter: !isAfter });
          expect((await isStartable(from)) && (await isStartable(to))).toBe(false);
          const { kind: end } = await move(from, to);
          expect(['moved', 'was-moved']).toContain(end);
          expect([await isStartable(from), await isStartable(to)]).toEqual([false, true]);
          await expectWhole(to, MADE_ANEW);
        }
      }
      // There are no more writes than that.
      const [from, to] = [await filled(kind), await empty(other)];
      await move(from, to, { left: writes + 1, isAfter: false });
    });

    it('is undone after a cut by the way back', async () => {
      for (let at = 2; at <= 6; at += 1) {
        for (const cutBack of [undefined, { left: 1, isAfter: true }]) {
          const [from, to] = [await filled(kind), await empty(other)];
          await expect(move(from, to, { left: at, isAfter: false })).rejects.toThrow(WasCut);
          await moveUntilCut(to, from, cutBack);
          expect((await isStartable(from)) && (await isStartable(to))).toBe(false);
          // Where all of it was undone before the cut there is nothing more to undo.
          if (cutBack !== undefined) await moveUntilCut(to, from, undefined, MoveRefused);
          expect([await isStartable(from), await isStartable(to)]).toEqual([true, false]);
          await expectWhole(from);
          expect((await rowsAt(to).catch(() => [])).length).toBe(0);
          // And may be moved again.
          await move(from, to);
          await expectWhole(to, MADE_ANEW);
        }
      }
    });

    it('is refused while a process uses the source, and changes nothing', async () => {
      const [from, to] = [await filled(kind), await empty(other)];
      const release = await inUse(from);
      await expect(move(from, to)).rejects.toThrow(/uses .*; stop it first/);
      await release();
      expect(await isStartable(from)).toBe(true);
    });

    it('is refused while a process uses the target', async () => {
      const [from, to] = [await filled(kind), await filled(other)];
      const release = await inUse(to);
      await expect(move(from, to)).rejects.toThrow(/uses .*; stop it first/);
      await release();
      expect([await isStartable(from), await isStartable(to)]).toEqual([true, true]);
    });

    it('is refused into a target that has records', async () => {
      const [from, to] = [await filled(kind), await filled(other)];
      await expect(move(from, to)).rejects.toThrow('has records already');
      expect([await isStartable(from), await isStartable(to)]).toEqual([true, true]);
      await expectWhole(to);
    });

    it('goes back onto a new place, and not over what it came from', async () => {
      const [from, to, back] = [await filled(kind), await empty(other), await empty(kind)];
      await move(from, to);
      await expect(move(to, from)).rejects.toThrow('that was moved to');
      await move(to, back);
      await expectWhole(back, MADE_ANEW);
      expect([await isStartable(from), await isStartable(to)]).toEqual([false, false]);
      // Where it went after that is not what the first one says, but it is refused all the same.
      await expect(move(from, to)).rejects.toThrow('was moved to');
    });

    it('keeps the mark of a copy, so that the first start holds what may have been sent', async () => {
      const mark = copyMark({ at: 5, rule: HOLDS_ALL });
      const [from, to] = [await filled(kind, [...MARKS, mark]), await empty(other)];
      await move(from, to);
      const records = await recordsAt(to);
      expect(await records.get(mark.key)).toEqual(mark.value);
      await records.close();
    });

    it.each([
      ['an older schema', [{ key: 'meta:schema', value: { version: 1 } }], /older version; start/],
      ['a newer schema', [{ key: 'meta:schema', value: { version: 99 } }], /newer version/],
      [
        'a migration that was cut off',
        [{ key: 'meta:schema', value: { version: SCHEMA_VERSION, backup: 'x' } }],
        /older version/,
      ],
      ['no schema', [], /names no schema version/],
    ])('is refused with %s', async (_what, marks, why) => {
      const [from, to] = [await filled(kind, marks), await empty(other)];
      await expect(move(from, to)).rejects.toThrow(why);
    });

    it('is refused where there is nothing to move', async () => {
      const [from, to] = [await empty(kind), await empty(other)];
      await expect(move(from, to)).rejects.toThrow('no database of Clapper');
    });

    it('is refused into what the move of another database has half filled', async () => {
      const [from, to] = [await filled(kind), await empty(other)];
      await expect(move(from, to, { left: 2, isAfter: false })).rejects.toThrow(WasCut);
      const otherId = '0b8f1c9e-0000-4000-8000-000000000002';
      const stranger = await filled(
        kind,
        MARKS.map((record) =>
          record.key === 'meta:store' ? { ...record, value: { id: otherId, starts: 1 } } : record,
        ),
      );
      await expect(move(stranger, to)).rejects.toThrow('by the move of another database');
      await expect(move(to, stranger)).rejects.toThrow('only half moved here');
      expect(await isStartable(stranger)).toBe(true);
    });

    it('begins anew, as from a copy, where its unfinished target was deleted', async () => {
      const [from, to] = [await filled(kind), await empty(other)];
      await expect(move(from, to, { left: 6, isAfter: false })).rejects.toThrow(WasCut);
      if (to.kind === 'sqlite') await rm(to.path);
      else {
        const { ask, close } = await connectTool(to.url);
        await ask('TRUNCATE records');
        await close();
      }
      expect(await move(from, to)).toMatchObject({ kind: 'moved' });
      const records = await recordsAt(to);
      expect(await records.get('meta:copy')).toMatchObject({ rule: HOLDS_ALL });
      await records.close();
    });
  });

  it('takes every intent along, found by the process that has its server', async () => {
    const lines = Array.from({ length: 1100 }, (_, index) => {
      const text = intentLine(CIPHER, anIntent(10 + index), index === 1 ? OTHER_GUILD : GUILD_ID);
      // The first one as an earlier version wrote it.
      return index === 0 ? text.replace(`"guild":"${GUILD_ID}",`, '') : text;
    });
    const from = await filled('sqlite');
    const folder = intentFolder(dataDirOf(from), STORE_ID);
    await addLines(folder, openLines(lines).lines);
    const middle = await empty('postgres');
    await move(from, middle);
    const { ask, close } = await connectTool(middle.kind === 'postgres' ? middle.url : '');
    const rows = await ask('SELECT slot, person, line FROM intent ORDER BY interaction');
    await close();
    expect(rows.slice(OPEN_INTENTS.length)).toEqual(
      lines.map((line, index) => ({
        slot: index === 0 ? 0 : slotOf(index === 1 ? OTHER_GUILD : GUILD_ID),
        person: MEMBER_ID,
        line,
      })),
    );
    const to = await empty('sqlite');
    await move(middle, to);
    expect((await intentsAt(intentsPlace(to))).slice(OPEN_INTENTS.length)).toEqual(
      lines.map((_, index) => anIntent(10 + index)),
    );
  });

  it('has nothing in a database of what another store left beside its records', async () => {
    const [from, url] = [await filled('sqlite'), await cluster.createDatabase()];
    const to: Address = { kind: 'postgres', url };
    await (await recordsAt(to)).close();
    const { ask, close } = await connectTool(url);
    for (const left of LEFT_BEHIND) await ask(left);
    await move(from, to);
    for (const table of ['late', 'budget', 'budget_grant', 'provider', 'operator_request']) {
      expect({ table, rows: await ask(`SELECT * FROM ${table}`) }).toEqual({ table, rows: [] });
    }
    expect(await ask('SELECT interaction FROM intent')).toHaveLength(OPEN_INTENTS.length);
    await close();
    await expectWhole(to, MADE_ANEW);
  });

  it('is refused while a late answer of a provider is there, which a start goes on with', async () => {
    const [from, to] = [await filled('postgres'), await empty('sqlite')];
    const { ask, close } = await connectTool(from.kind === 'postgres' ? from.url : '');
    await ask("INSERT INTO late (task, number) VALUES ('1', 'p-1')");
    await expect(move(from, to)).rejects.toThrow(
      /answer that came late.*; start the bot once on it/,
    );
    expect(await isStartable(from)).toBe(true);
    await ask('DELETE FROM late');
    await close();
    await move(from, to);
    await expectWhole(to, MADE_ANEW);
  });

  it('is refused through a pooler that would give its lock away', async () => {
    const [from, url] = [await filled('sqlite'), await cluster.createDatabase()];
    const pooler = await startTransactionPooler(url);
    await expect(move(from, { kind: 'postgres', url: pooler.url })).rejects.toThrow('a pooler');
    await pooler.close();
    expect(await isStartable(from)).toBe(true);
  });

  it('leaves no file where a move was refused', async () => {
    const path = join(temporaryFolder(), 'clapper.sqlite');
    const from = await filled('postgres', []);
    await expect(move(from, { kind: 'sqlite', path })).rejects.toThrow(MoveRefused);
    expect(await isThere(path)).toBe(false);
  });
});

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
