import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAccountReader } from '../../src/app/account-reader.ts';
import {
  accountSchema,
  applyStep,
  countsIn,
  emptyAccount,
  encodeAccount,
} from '../../src/domain/ledger/account.ts';
import type { Account } from '../../src/domain/ledger/account.ts';
import { parsePriceList } from '../../src/domain/ledger/price-list.ts';
import { NO_MONEY, nextMoney } from '../../src/domain/ledger/task-money.ts';
import type { MoneyStep, TaskMoney } from '../../src/domain/ledger/task-money.ts';
import { keysOf, operatorWindows } from '../../src/domain/ledger/windows.ts';
import { snowflakeAt } from '../../src/domain/tasks/snowflake.ts';
import { GUILD_ID, MEMBER_ID } from '../fakes/a-task.ts';
import type { RecordStore } from '../../src/app/ports/record-store-port.ts';
import { NOON } from '../fakes/clock.ts';
import { memoryRecords } from '../fakes/memory-records.ts';
import type { MemoryRecords } from '../fakes/memory-records.ts';
import { videoDesk } from '../fakes/video-desk.ts';
import {
  OPERATOR_ACCOUNT_KEY,
  guildAccountKey,
  memberAccountKey,
} from '../../src/domain/ledger/account-key.ts';
import { ROUTES } from '../fakes/catalogue.ts';

const DAY_MS = 86_400_000;
const AHEAD = NOON + 500 * DAY_MS;
const MIDNIGHT = NOON + DAY_MS / 2;
const AHEAD_KEYS = keysOf(operatorWindows(AHEAD));
const TODAY = keysOf(operatorWindows(NOON));
const ACCOUNTS = [
  OPERATOR_ACCOUNT_KEY,
  guildAccountKey(GUILD_ID),
  memberAccountKey(GUILD_ID, MEMBER_ID),
];

const DOLLAR = 1_000_000n;
const PRICES = {
  currency: 'USD',
  prices: { 'jimmy/seedance2.0-sp-720p': { amount: '1.00', per: 'task' } },
};

const settled: TaskMoney = { state: 'settled', amounts: { videos: 1n, seconds: 5n, cost: DOLLAR } };
const reserved: TaskMoney = { ...settled, state: 'reserved' };

/** What one start with a clock 500 days ahead left: two settled and one reserved in its windows. */
function leftAhead(): Account {
  let account = emptyAccount(AHEAD_KEYS);
  for (const after of [settled, settled, reserved]) {
    account = applyStep(account, { before: NO_MONEY, after, windowKeys: AHEAD_KEYS });
  }
  return account;
}

function recordsAhead(): MemoryRecords {
  const records = memoryRecords();
  for (const key of ACCOUNTS) records.byKey.set(key, encodeAccount(leftAhead()));
  return records;
}

/** A desk over those accounts, with three dollars a day for all servers. */
function desk(
  records = recordsAhead(),
  disk: (given: RecordStore) => RecordStore = (given) => given,
) {
  const prices = parsePriceList(PRICES, ROUTES);
  if (!prices.ok) throw new Error('a good list');
  const made = videoDesk({
    records,
    disk,
    deps: { priceList: prices.list, budgets: { day: 3n * DOLLAR }, maxActivePerUser: 100 },
  });
  let calls = 0;
  const ask = async () => {
    calls += 1;
    const interactionId = String(BigInt(snowflakeAt(made.clock.now())) + BigInt(calls));
    return made.accept(made.call({ interactionId, receivedAt: made.clock.now() }));
  };
  return { ...made, ask };
}

const stored = (records: MemoryRecords, key: string): Account =>
  accountSchema.parse(records.byKey.get(key));

describe('sums that a wrong clock left in windows ahead', () => {
  it('count today, and the promised midnight opens the next day', async () => {
    const { ask, clock } = desk();
    await expect(ask()).resolves.toMatchObject({
      denial: { kind: 'budget', refusal: { used: 3n * DOLLAR }, resetsAtMs: MIDNIGHT },
    });
    await clock.advance(MIDNIGHT - NOON - 1);
    await expect(ask()).resolves.toMatchObject({ kind: 'denied' });
    await clock.advance(1);
    await expect(ask()).resolves.toEqual({ kind: 'accepted' });
  });

  it('are taken into today for good: a restart counts them in no later day', async () => {
    const { ask, records, clock } = desk();
    await ask();
    await clock.advance(0);
    for (const key of ACCOUNTS) {
      const account = stored(records, key);
      expect(account.day).toMatchObject({ key: TODAY.day, formerly: AHEAD_KEYS.day });
      expect(countsIn(account, TODAY)).toEqual(countsIn(leftAhead(), AHEAD_KEYS));
    }
    const later = desk(records);
    await later.clock.advance(DAY_MS);
    await expect(later.ask()).resolves.toEqual({ kind: 'accepted' });
  });

  it('are shown in today by those who only look', async () => {
    const { deps, records, clock } = desk();
    const reader = createAccountReader(deps.ledger, deps.guilds, clock);
    const { guild } = await reader.readCached(GUILD_ID, MEMBER_ID);
    expect(guild.day).toMatchObject({ videos: 3n, cost: 3n * DOLLAR });
    await clock.advance(0);
    expect(stored(records, guildAccountKey(GUILD_ID)).day.key).toBe(TODAY.day);
  });

  it('are folded again where the disk did not take it', async () => {
    let failures = 1;
    const { ask, records, clock } = desk(recordsAhead(), (given) => ({
      ...given,
      async write(rows, removed) {
        failures -= 1;
        if (failures >= 0) throw new Error('disk full');
        return given.write(rows, removed);
      },
    }));
    await ask();
    await clock.advance(0);
    expect(stored(records, OPERATOR_ACCOUNT_KEY).day.key).toBe(AHEAD_KEYS.day);
    await ask();
    await clock.advance(0);
    expect(stored(records, OPERATOR_ACCOUNT_KEY).day.key).toBe(TODAY.day);
  });
});

describe('a task that was reserved in a window ahead', () => {
  const release: MoneyStep = { kind: 'release', assumed: false };

  it('gives back in today what was taken into it', () => {
    const now = { before: NO_MONEY, after: NO_MONEY, windowKeys: TODAY };
    const folded = applyStep(leftAhead(), now, NOON);
    const change = { before: reserved, after: nextMoney(reserved, release) };
    const after = applyStep(folded, { ...change, windowKeys: AHEAD_KEYS }, NOON);
    expect(countsIn(after, TODAY).day.videos).toBe(2n);
  });

  it('changes nothing in a later day, and opens no window', () => {
    const tomorrow = keysOf(operatorWindows(NOON + DAY_MS));
    const now = { before: NO_MONEY, after: settled, windowKeys: tomorrow };
    const account = applyStep(emptyAccount(tomorrow), now, NOON + DAY_MS);
    const change = { before: reserved, after: nextMoney(reserved, release) };
    const windowKeys = { ...AHEAD_KEYS, total: tomorrow.total };
    const after = applyStep(account, { ...change, windowKeys }, NOON + DAY_MS);
    expect([after.day, after.week, after.month]).toEqual([
      account.day,
      account.week,
      account.month,
    ]);
  });
});

describe('windows ahead and windows of now', () => {
  it('lose and double nothing, in whatever order tasks move', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ ahead: fc.boolean(), settles: fc.boolean() }), { maxLength: 12 }),
        fc.array(fc.nat(11)),
        (tasks, order) => {
          // All of one start ahead, then those of now; then every task ends in some order.
          const sorted = [...tasks.filter(({ ahead }) => ahead), ...tasks.filter((t) => !t.ahead)];
          let account = emptyAccount(AHEAD_KEYS);
          const keysFor = (ahead: boolean) => (ahead ? AHEAD_KEYS : TODAY);
          for (const { ahead } of sorted) {
            const change = { before: NO_MONEY, after: reserved, windowKeys: keysFor(ahead) };
            account = applyStep(account, change, ahead ? 0 : NOON);
          }
          const ended = new Set<number>();
          for (const at of [...order, ...sorted.keys()]) {
            const task = sorted[at];
            if (task === undefined || ended.has(at)) continue;
            ended.add(at);
            const after: TaskMoney = task.settles ? settled : { state: 'released', assumed: false };
            const change = { before: reserved, after, windowKeys: keysFor(task.ahead) };
            account = applyStep(account, change, NOON);
          }
          const isNow = tasks.some(({ ahead }) => !ahead);
          const counted = countsIn(account, isNow ? TODAY : AHEAD_KEYS);
          const due = BigInt(tasks.filter(({ settles }) => settles).length);
          expect([counted.day.videos, counted.month.videos, counted.total.videos]).toEqual([
            due,
            due,
            due,
          ]);
        },
      ),
    );
  });
});
