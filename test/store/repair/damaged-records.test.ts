import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { KeyvSqlite } from '@keyv/sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { nextMoney } from '../../../src/domain/ledger/task-money.ts';
import type { MoneyStep } from '../../../src/domain/ledger/task-money.ts';
import { moveServerSide } from '../../../src/domain/ledger/money-sides.ts';
import { accountKeysFor } from '../../../src/app/admission.ts';
import { assetKey } from '../../../src/domain/library/asset.ts';
import type { NamedAsset } from '../../../src/domain/library/named-asset.ts';
import { taskIdSchema } from '../../../src/domain/tasks/task-id.ts';
import type { Task } from '../../../src/domain/tasks/task.ts';
import { anAsset } from '../../fakes/an-asset.ts';
import { GUILD_ID, MEMBER_ID, ended } from '../../fakes/a-task.ts';
import { openRealStore, storePath } from '../../fakes/real-store.ts';
import type { RealStore } from '../../fakes/real-store.ts';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';

const ADMIN = '1300000000000000021';
const OTHER = '1300000000000000022';
const CONFIRMED_GUILD = '1300000000000000011';

const idOf = (number: number): string => String(1_300_000_000_000_000_100n + BigInt(number));

/** Of every kind of record at least one, with sums in every bucket of the accounts. */
async function fill(store: RealStore): Promise<void> {
  const { stores } = store;
  const entry = { by: ADMIN, what: 'quota', from: 'none', to: '1000' };
  const rule = { subject: { kind: 'everyone' }, measure: 'videos', window: 'day' } as const;
  await stores.guilds.change(
    GUILD_ID,
    (before) => ({ ...before, rules: [{ ...rule, limit: 4n }], language: 'en' }),
    entry,
  );
  await stores.guilds.change(CONFIRMED_GUILD, (before) => ({ ...before, confirmAbove: 0n }), entry);
  await store.ask({ interactionId: idOf(1) });
  await store.ask({ interactionId: idOf(2) });
  await store.ask({ interactionId: idOf(3) });
  await store.ask({ interactionId: idOf(4), memberId: OTHER });
  await store.ask({ interactionId: idOf(6), memberId: OTHER });
  const [, held, settled, other, apart] = store.begun;
  if (held === undefined || settled === undefined || other === undefined || apart === undefined) {
    throw new Error('five');
  }
  await end(store, held, { kind: 'hold' });
  await end(store, settled, { kind: 'settle', cost: 1_000_000n });
  await end(store, other, { kind: 'settle', cost: 2_000_000n });
  await endApart(store, apart);
  await nameOne(store, apart);
  await stores.personalData.delete(MEMBER_ID);
  await store.ask({ interactionId: idOf(5), guildId: CONFIRMED_GUILD });
  await stores.records.write([
    {
      key: `notice:${GUILD_ID}:000000000000001-000000001`,
      value: { at: 1, about: { kind: 'lost-access', taskId: idOf(3), channelId: ADMIN } },
    },
    { key: 'quarantine:task:1', value: { at: Date.now(), was: 'something' } },
  ]);
}

/** A named medium whose upload is charged, and what the registry knows of it. */
async function nameOne({ stores }: RealStore, { windows, journalMonth }: Task): Promise<void> {
  await stores.ledger.load(accountKeysFor(stores.ledger, GUILD_ID, OTHER));
  const amounts = { videos: 0n, seconds: 0n, cost: 500_000n };
  const { sha256, library, kind, way } = anAsset();
  const named: NamedAsset = {
    name: 'hero',
    kind,
    way,
    memberId: OTHER,
    addedAt: Date.now(),
    file: { filename: 'hero.png', bytes: 10, mimeType: 'image/png' },
    sha256,
    charges: [
      {
        id: taskIdSchema.parse(idOf(7)),
        library,
        priceKey: 'jimmy/upload',
        quoted: 500_000n,
        currency: 'USD',
        money: { state: 'settled', amounts },
        windows,
        journalMonth,
      },
    ],
  };
  await stores.namedAssetStore.decide(GUILD_ID, () => ({ result: undefined, after: [named] }));
  const asset = anAsset({ state: { name: 'active', id: 'a-1', seenAt: Date.now() } });
  await stores.assetRegistry.change(assetKey(asset), () => asset);
  await stores.assetRegistry.setGroup(library, asset.fingerprint, 'group-1');
}

async function end({ stores }: RealStore, task: Task, step: MoneyStep): Promise<void> {
  const stage = ended({ kind: 'timed-out' }, { endedAt: Date.now() });
  await stores.tasks.end({ ...task, stage, money: nextMoney(task.money, step) }, task);
}

/** Held, and then settled by an admin, at more than its quote: the operator's side stays held. */
async function endApart(store: RealStore, task: Task): Promise<void> {
  await end(store, task, { kind: 'hold' });
  const held = await store.stores.tasks.get(task.id);
  if (held === undefined) throw new Error('no held task');
  const sides = moveServerSide(held, { kind: 'settle', cost: 3_000_000n });
  await store.stores.tasks.save({ ...held, ...sides }, held);
}

/** What stands in a row instead. */
const DAMAGES: Readonly<Record<string, (text: string) => string | Buffer | null>> = {
  'no JSON': () => 'clapper was here',
  nothing: () => null,
  'an empty text': () => '',
  'half of it': (text) => text.slice(0, text.length / 2),
  null: () => 'null',
  'a value of null': () => '{"value":null}',
  'no value': () => '{}',
  'a list': () => '{"value":[]}',
  'an empty object': () => '{"value":{}}',
  'a number': () => '{"value":7}',
  'a text': () => '{"value":":base64:AAAA"}',
  bytes: () => Buffer.from([0, 255, 254, 1]),
  'an expiry': (text) => text.replace(/\}$/, ',"expires":1}'),
  'fifty pages of a database': () => JSON.stringify({ value: 'x'.repeat(200_000) }),
  'a deep nest': () => `{"value":${'['.repeat(20_000)}${']'.repeat(20_000)}}`,
  'other types': (text) =>
    JSON.stringify(JSON.parse(text), (_key, value: unknown) => {
      if (typeof value === 'string') return 7;
      return typeof value === 'number' ? 'seven' : value;
    }),
};

let origin: string;
let before: ReadonlyMap<string, unknown>;

beforeAll(async () => {
  origin = mkdtempSync(join(tmpdir(), 'clapper-damage-'));
  const store = await openRealStore(origin);
  await fill(store);
  before = await everything(store);
  await store.close();
});
afterAll(() => {
  rmSync(origin, { recursive: true, force: true });
});

async function everything({ stores }: RealStore): Promise<Map<string, unknown>> {
  const all = await stores.records.keysUnder('');
  const values = await stores.records.getMany(all);
  return new Map(all.map((key, index) => [key, values[index]]));
}

/** A copy of the store with one row overwritten; undefined where the damage changes nothing. */
async function damaged(
  key: string,
  damage: (text: string) => unknown,
): Promise<string | undefined> {
  const folder = temporaryFolder();
  for (const file of ['clapper.sqlite', 'secret.key']) {
    copyFileSync(join(origin, file), join(folder, file));
  }
  const raw = new KeyvSqlite({ uri: `sqlite://${storePath(folder)}`, table: 'records' });
  const row = `clapper:${key}`;
  const [{ value: was }] = rowsOf(await raw.query('SELECT value FROM records WHERE key = ?', row));
  const is = damage(was);
  await raw.query('UPDATE records SET value = ? WHERE key = ?', [is, row]);
  await raw.close();
  return is === was ? undefined : folder;
}

const rows = z.tuple([z.object({ value: z.string() })]);
const rowsOf = (given: unknown) => rows.parse(given);

/** A journal line of nothing is no damage: it stands for a task that never began. */
function saysNothing(damage: (text: string) => unknown): boolean {
  return ['{"value":null}', null].some((nothing) => damage('{"value":1}') === nothing);
}

/** Records that are no longer as they were, but for the damaged one; an account's sums must be. */
function othersChanged(key: string, after: ReadonlyMap<string, unknown>): string[] {
  return [...before].flatMap(([other, value]) => {
    if (other === key && !other.startsWith('account:')) return [];
    // The marks of a task that is gone lead nowhere; they go when they are met.
    const isOfTask = key.startsWith('task:') && other.endsWith(key.slice('task:'.length));
    if (isOfTask && /^(?:open|held):/.test(other)) return [];
    return isDeepStrictEqual(after.get(other), value) ? [] : [`${other} has changed`];
  });
}

/** Everything that a bot does with a store, over one with one damaged record; what went wrong with it. */
async function faultsOf(key: string, folder: string): Promise<string[]> {
  const faults: string[] = [];
  const store = await openRealStore(folder);
  const { stores } = store;
  await stores.tasks.loadOpen();
  await stores.tasks.loadHeld(GUILD_ID, 100);
  await stores.check(new AbortController().signal);
  await stores.guilds.get(GUILD_ID);
  await stores.ledger.load([...before.keys()].filter((known) => known.startsWith('account:')));
  const after = await everything(store);
  const said = store.lines.filter(({ message }) =>
    message.startsWith('damaged record quarantined'),
  );
  if (said.length === 0) faults.push('no word of it in the log');
  if (said.some(({ fields }) => !('record' in fields) || fields.record !== key)) {
    faults.push(`the log speaks of ${JSON.stringify(said)}`);
  }
  if (!after.has(`quarantine:${key}`)) faults.push('no copy was kept');
  faults.push(...othersChanged(key, after));
  const next = await store.ask({ interactionId: idOf(50), memberId: ADMIN });
  const expected = key === `guild:${GUILD_ID}` ? 'denied' : 'accepted';
  if (next.kind !== expected) faults.push(`the next video: ${JSON.stringify(next)}`);
  const [task] = store.begun;
  if (task !== undefined) await end(store, task, { kind: 'settle', cost: 5n });
  await store.close();
  return faults.map((fault) => `${key}: ${fault}`);
}

it('has every kind of record to damage', () => {
  const kinds = new Set([...before.keys()].map((key) => key.split(':')[0]));
  // Keys come in order.
  expect([...kinds]).toEqual([
    'account',
    'asset-group',
    'asset-id',
    'asset',
    'audit',
    'claim',
    'confirm',
    'ended',
    'forget',
    'guild',
    'held',
    'journal',
    'member',
    'meta',
    'named-assets',
    'notice',
    'open',
    'quarantine',
    'task',
  ]);
});

describe.each(Object.entries(DAMAGES))('any one record that holds %s', (_what, damage) => {
  it('is quarantined with a line in the log, and the rest continues, nothing uncounted', async () => {
    const faults: string[] = [];
    for (const key of before.keys()) {
      const folder = await damaged(key, damage);
      if (folder === undefined || (key.startsWith('journal:') && saysNothing(damage))) continue;
      faults.push(...(await faultsOf(key, folder)));
    }
    expect(faults).toEqual([]);
    // Some twenty stores each, flushed to a real disk: it is the disk that takes the time.
  }, 240_000);
});
