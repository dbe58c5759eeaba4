import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KeyvSqlite } from '@keyv/sqlite';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { z } from 'zod';
import { nextMoney } from '../../src/domain/ledger/task-money.ts';
import type { MoneyStep } from '../../src/domain/ledger/task-money.ts';
import { messagesFor } from '../../src/discord/messages/messages-for.ts';
import { personalJson } from '../../src/discord/render/personal-file.ts';
import { taskText } from '../fakes/task-texts.ts';
import { shownText } from '../fakes/shown-text.ts';
import { settingsAnswer } from '../../src/discord/settings/settings-answer.ts';
import { auditText } from '../../src/discord/settings/audit-text.ts';
import { holdsLayout } from '../../src/discord/usage/holds-layout.ts';
import { journalCsv } from '../../src/discord/usage/journal-csv.ts';
import { GUILD_ID, MEMBER_ID, aRefusal, ended, telling } from '../fakes/a-task.ts';
import { joined } from '../fakes/pages.ts';
import { openRealStore, storePath } from '../fakes/real-store.ts';
import type { RealStore } from '../fakes/real-store.ts';
import { fuzz } from './fuzz-runs.ts';
import { anyMutation, hostileText, withMutations } from './hostile-json.ts';
import { CATALOGUE } from '../fakes/catalogue.ts';

const ADMIN = '1300000000000000021';
const MONTH = '2026-11';
/** What the member has used up. */
const LIMIT = 3n;

const idOf = (number: number): string => String(1_300_000_000_000_000_100n + BigInt(number));

let origin: string;
let rows: readonly { readonly key: string; readonly value: string }[];

beforeAll(async () => {
  origin = mkdtempSync(join(tmpdir(), 'clapper-fuzz-'));
  const store = await openRealStore(origin);
  await fill(store);
  await store.close();
  const raw = open(origin);
  rows = rowsSchema.parse(await raw.query('SELECT key, value FROM records ORDER BY key'));
  await raw.close();
});
afterAll(() => {
  rmSync(origin, { recursive: true, force: true });
});

const rowsSchema = z.array(z.object({ key: z.string(), value: z.string() }));
const open = (folder: string): KeyvSqlite =>
  new KeyvSqlite({ uri: `sqlite://${storePath(folder)}`, table: 'records' });

/** A member who has used up the day, by a task of each state, and what admins do besides. */
async function fill(store: RealStore): Promise<void> {
  const { stores, begun } = store;
  const rule = { subject: { kind: 'everyone' }, measure: 'videos', window: 'day' } as const;
  await stores.guilds.change(
    GUILD_ID,
    (before) => ({ ...before, rules: [{ ...rule, limit: LIMIT }], refusedWords: ['word'] }),
    { by: ADMIN, what: 'quota', from: 'none', to: 'three' },
  );
  for (const number of [1, 2, 3]) {
    await store.ask({ interactionId: idOf(number) });
  }
  await store.ask({ interactionId: idOf(4), memberId: ADMIN });
  const [open1, held, settled, refused] = begun;
  if (!open1 || !held || !settled || !refused) throw new Error('four');
  await end(store, held.id, { kind: 'hold' });
  await end(store, settled.id, { kind: 'settle', cost: 1_000_000n });
  const stage = telling({ kind: 'refused', refusal: aRefusal() });
  const money = nextMoney(refused.money, { kind: 'release', assumed: true });
  await stores.tasks.save({ ...refused, stage, money }, refused);
}

async function end({ stores }: RealStore, id: string, step: MoneyStep): Promise<void> {
  const task = await stores.tasks.get(id);
  if (task === undefined) return;
  const stage = ended({ kind: 'timed-out' }, { endedAt: Date.now() });
  await stores.tasks.end({ ...task, stage, money: nextMoney(task.money, step) }, task);
}

/** Everything that reads the store, and how it is shown. */
async function readAll({ stores }: RealStore): Promise<string[]> {
  const words = messagesFor('en');
  const tasks = await stores.tasks.loadOpen();
  const held = await stores.tasks.loadHeld(GUILD_ID, 100);
  const settings = await stores.guilds.get(GUILD_ID);
  const data = await stores.personalData.read(MEMBER_ID);
  await joined(personalJson(data, MEMBER_ID));
  await joined(journalCsv(stores.journal.readMonth(GUILD_ID, MONTH)));
  await stores.accounts.readCached(GUILD_ID, MEMBER_ID);
  await stores.check(new AbortController().signal);
  await stores.retention.deleteUnconfirmed(Date.now());
  const { signal } = new AbortController();
  await stores.retention.deleteRequested(signal);
  await stores.retention.deleteTasksEndedBefore(0, signal);
  await stores.retention.deleteQuarantinedBefore(0, signal);
  await stores.retention.deleteLinesBefore(0, signal);
  return [
    ...tasks.map((task) =>
      taskText({ task, ...('outcome' in task.stage ? { outcome: task.stage.outcome } : {}) }),
    ),
    shownText({
      layout: holdsLayout(held, [], { messages: words, catalogue: CATALOGUE, rows: [] }),
    }),
    shownText(
      settingsAnswer(settings, {
        messages: words,
        currency: 'USD',
        nowMs: Date.now(),
        nameOf: (id) => id,
      }),
    ),
    auditText(await stores.guilds.audit(GUILD_ID, 10), words, CATALOGUE),
  ];
}

/** One row that is changed; which one is known when the rows are there. */
const damage = fc.record({
  at: fc.nat(),
  how: fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({ mutations: fc.array(anyMutation, { minLength: 1, maxLength: 3 }) }),
    },
    { weight: 1, arbitrary: fc.record({ cutAt: fc.nat(2000) }) },
    { weight: 1, arbitrary: fc.record({ text: fc.option(hostileText) }) },
    { weight: 1, arbitrary: fc.record({ bytes: fc.uint8Array({ maxLength: 40 }) }) },
  ),
});
type Damage = typeof damage extends fc.Arbitrary<infer D> ? D : never;

function rowAfter(text: string, how: Damage['how']): string | Buffer | null {
  if ('mutations' in how) {
    return JSON.stringify(withMutations(JSON.parse(text), how.mutations)) ?? '';
  }
  if ('cutAt' in how) return text.slice(0, how.cutAt % text.length);
  return 'bytes' in how ? Buffer.from(how.bytes) : how.text;
}

async function damagedStore(damages: readonly Damage[]): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'clapper-fuzzed-'));
  for (const file of ['clapper.sqlite', 'secret.key']) {
    copyFileSync(join(origin, file), join(folder, file));
  }
  const raw = open(folder);
  for (const { at, how } of damages) {
    const row = rows[at % rows.length];
    if (row === undefined) continue;
    const values = [rowAfter(row.value, how), row.key];
    await raw.query('UPDATE records SET value = ? WHERE key = ?', values);
  }
  await raw.close();
  return folder;
}

const asideSchema = z.object({ record: z.string() });
const setAside = ({ lines }: RealStore): string[] =>
  lines.flatMap(({ fields }) => asideSchema.safeParse(fields).data?.record ?? []);

async function expectGoingOn(store: RealStore, isOne: boolean): Promise<void> {
  for (const text of await readAll(store)) {
    expect(text).not.toBe('');
    expect(text).not.toMatch(/undefined|\[object Object\]/);
  }
  const used = await store.ask({ interactionId: idOf(50) });
  const other = await store.ask({ interactionId: idOf(51), memberId: '1300000000000000023' });
  for (const { kind } of [used, other]) expect(['accepted', 'denied']).toContain(kind);
  // Where one record was damaged so that it shows, nobody is let past what was used up.
  if (isOne && setAside(store).length > 0) expect(used.kind).toBe('denied');
  for (const { id } of store.begun) {
    await end(store, id, { kind: 'settle', cost: 5n });
  }
  const secrets = /a paper boat|"token"/;
  expect(JSON.stringify(store.lines)).not.toMatch(secrets);
}

describe('a store with anything in its rows', () => {
  fuzz(
    'starts, or says why it cannot, and goes on',
    fc.array(damage, { minLength: 1, maxLength: 3 }),
    { runs: 60, share: 0.02 },
    async (damages) => {
      const folder = await damagedStore(damages);
      try {
        const store = await openRealStore(folder).catch((cause: unknown) => {
          expect(String(cause)).toMatch(/schema version is damaged|newer version/);
        });
        if (store === undefined) return;
        try {
          await expectGoingOn(store, damages.length === 1);
        } finally {
          await store.close();
        }
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  );
});
