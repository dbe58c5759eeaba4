import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  accountSchema,
  encodeAccount,
  applyStep,
  countsIn,
  emptyAccount,
  rebuildAccount,
  reservationKeys,
} from '../../../src/domain/ledger/account.ts';
import type { Account } from '../../../src/domain/ledger/account.ts';
import type { Counts } from '../../../src/domain/ledger/counts.ts';
import { NO_MONEY, nextMoney } from '../../../src/domain/ledger/task-money.ts';
import type { MoneyStep, TaskMoney } from '../../../src/domain/ledger/task-money.ts';
import { keysOf, operatorWindows, WINDOW_KINDS } from '../../../src/domain/ledger/windows.ts';
import type { WindowKeys } from '../../../src/domain/ledger/windows.ts';
import { changeZone, initialZone, windowsIn } from '../../../src/domain/ledger/zone-setting.ts';

interface Task {
  readonly member: number;
  readonly money: TaskMoney;
  readonly guildKeys: WindowKeys;
  readonly operatorKeys: WindowKeys;
}

const MEMBERS = [0, 1, 2] as const;

/** A guild, its members and the operator, and every task that was ever made. */
function createLedger(startMs: number) {
  let nowMs = startMs;
  let zone = initialZone('Europe/Berlin');
  const guildNow = (): WindowKeys => keysOf(windowsIn(zone, nowMs));
  const operatorNow = (): WindowKeys => keysOf(operatorWindows(nowMs));
  let guild = emptyAccount(guildNow());
  let operator = emptyAccount(operatorNow());
  const members = MEMBERS.map(() => emptyAccount(guildNow()));
  const tasks: Task[] = [];

  function book(index: number, task: Task, after: TaskMoney): void {
    const change = { before: task.money, after };
    guild = applyStep(guild, { ...change, windowKeys: task.guildKeys });
    operator = applyStep(operator, { ...change, windowKeys: task.operatorKeys });
    members[task.member] = applyStep(memberAccount(task.member), {
      ...change,
      windowKeys: task.guildKeys,
    });
    tasks[index] = { ...task, money: after };
  }

  function memberAccount(member: number): Account {
    return members[member] ?? emptyAccount(guildNow());
  }

  return {
    wait: (ms: number) => {
      nowMs += ms;
    },
    moveTo: (name: string) => {
      zone = changeZone(zone, name, nowMs);
    },
    begin: (member: number, step: MoneyStep) => {
      const task = {
        member,
        money: NO_MONEY,
        guildKeys: reservationKeys(guild, guildNow()),
        operatorKeys: reservationKeys(operator, operatorNow()),
      };
      book(tasks.length, task, nextMoney(NO_MONEY, step));
    },
    step: (index: number, step: MoneyStep) => {
      const at = tasks.length === 0 ? 0 : index % tasks.length;
      const task = tasks[at];
      if (task !== undefined) book(at, task, nextMoney(task.money, step));
    },
    look: () => ({
      guild,
      operator,
      members: MEMBERS.map((member) => memberAccount(member)),
      tasks,
    }),
  };
}

type Ledger = ReturnType<typeof createLedger>;

/** What tasks come to, counted one by one. */
function sumOf(tasks: readonly Task[]): Counts {
  const sum = { videos: 0n, seconds: 0n, cost: 0n, unpriced: 0n };
  for (const { money } of tasks) {
    if (money.state === 'none' || money.state === 'released') continue;
    sum.videos += money.amounts.videos;
    sum.seconds += money.amounts.seconds;
    sum.cost += money.amounts.cost ?? 0n;
    sum.unpriced += money.amounts.cost === undefined ? 1n : 0n;
  }
  return sum;
}

function keysIn(account: Account): WindowKeys {
  return {
    day: account.day.key,
    week: account.week.key,
    month: account.month.key,
    total: account.total.key,
  };
}

type Sums = Readonly<Record<string, Counts>>;

/** Every sum that an account shows for the guild's or the operator's newest windows. */
function shownSums(ledger: Ledger): Sums {
  const { guild, operator, members } = ledger.look();
  const ofGuild = countsIn(guild, keysIn(guild));
  const ofOperator = countsIn(operator, keysIn(operator));
  // Seen from the guild's windows: what a decision about a member asks for.
  const ofMembers = members.map((account) => countsIn(account, keysIn(guild)));
  return Object.fromEntries(
    WINDOW_KINDS.flatMap((kind) => [
      [`guild ${kind}`, ofGuild[kind]],
      [`operator ${kind}`, ofOperator[kind]],
      ...ofMembers.map((counts, member) => [`member ${member} ${kind}`, counts[kind]] as const),
    ]),
  );
}

/** The same sums, counted task by task. */
function countedSums(ledger: Ledger): Sums {
  const { guild, operator, tasks } = ledger.look();
  return Object.fromEntries(
    WINDOW_KINDS.flatMap((kind) => {
      const ofGuild = tasks.filter(({ guildKeys }) => guildKeys[kind] === guild[kind].key);
      return [
        [`guild ${kind}`, sumOf(ofGuild)],
        [
          `operator ${kind}`,
          sumOf(tasks.filter(({ operatorKeys }) => operatorKeys[kind] === operator[kind].key)),
        ],
        ...MEMBERS.map(
          (member) =>
            [
              `member ${member} ${kind}`,
              sumOf(ofGuild.filter((task) => task.member === member)),
            ] as const,
        ),
      ];
    }),
  );
}

const anyCost = fc.option(fc.bigInt({ min: 0n, max: 2n ** 64n }), { nil: undefined });
const withCost = (cost: bigint | undefined) => (cost === undefined ? {} : { cost });
const anyReserve = fc
  .tuple(fc.bigInt({ min: 1n, max: 15n }), anyCost)
  .map(([seconds, cost]): MoneyStep => ({
    kind: 'reserve',
    need: { videos: 1n, seconds, ...withCost(cost) },
  }));
const anyLaterStep = fc.oneof(
  anyReserve,
  anyCost.map((cost): MoneyStep => ({ kind: 'settle', ...withCost(cost) })),
  fc.boolean().map((assumed): MoneyStep => ({ kind: 'release', assumed })),
  fc.constant<MoneyStep>({ kind: 'hold' }),
);

const HOUR_MS = 3_600_000;
const anyEvent = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.tuple(fc.constantFrom(...MEMBERS), anyReserve).map(
      ([member, step]) =>
        (ledger: Ledger) =>
          ledger.begin(member, step),
    ),
  },
  {
    weight: 4,
    arbitrary: fc.tuple(fc.nat(30), anyLaterStep).map(
      ([task, step]) =>
        (ledger: Ledger) =>
          ledger.step(task, step),
    ),
  },
  // Mostly forwards, over nights, weeks and months; at times the clock is set back.
  {
    weight: 2,
    arbitrary: fc
      .integer({ min: -30 * HOUR_MS, max: 200 * HOUR_MS })
      .map((ms) => (ledger: Ledger) => ledger.wait(ms)),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('UTC', 'Europe/Berlin', 'Asia/Tokyo', 'America/New_York')
      .map((zone) => (ledger: Ledger) => ledger.moveTo(zone)),
  },
);
const anyHistory = fc.array(anyEvent, { maxLength: 40 });
const start = Date.parse('2026-10-20T20:00:00.000Z');

describe('any history of reserving, settling, releasing and holding', () => {
  it('keeps every account equal to the sum of its tasks, after every step', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        const ledger = createLedger(start);
        for (const event of history) {
          event(ledger);
          expect(shownSums(ledger)).toEqual(countedSums(ledger));
        }
      }),
    );
  });

  it('comes to the same accounts when they are rebuilt from the tasks in any order', () => {
    fc.assert(
      fc.property(anyHistory, fc.infiniteStream(fc.nat()), (history, order) => {
        const ledger = createLedger(start);
        for (const event of history) event(ledger);
        const { guild, operator, tasks } = ledger.look();
        const shuffled = tasks
          .map((task) => ({ task, place: Number(order.next().value) }))
          .toSorted((a, b) => a.place - b.place)
          .map(({ task }) => task);
        const byGuild = shuffled.map(({ money, guildKeys }) => ({ money, windowKeys: guildKeys }));
        expect(rebuildAccount(keysIn(guild), byGuild)).toEqual(guild);
        const byOperator = shuffled.map(({ money, operatorKeys }) => ({
          money,
          windowKeys: operatorKeys,
        }));
        expect(rebuildAccount(keysIn(operator), byOperator)).toEqual(operator);
      }),
    );
  });

  it('can always be written to the store, for nothing is negative', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        const ledger = createLedger(start);
        for (const event of history) event(ledger);
        const { guild, operator, members } = ledger.look();
        for (const account of [guild, operator, ...members]) {
          expect(encodeAccount(account)).toEqual(z.encode(accountSchema, account));
          const stored = JSON.stringify(encodeAccount(account));
          expect(accountSchema.parse(JSON.parse(stored))).toEqual(account);
        }
      }),
    );
  });

  it('is not changed by a step that is made again', () => {
    fc.assert(
      fc.property(anyHistory, fc.nat(30), anyLaterStep, (history, task, step) => {
        const ledger = createLedger(start);
        for (const event of history) event(ledger);
        ledger.step(task, step);
        const once = structuredClone(ledger.look());
        ledger.step(task, step);
        expect(ledger.look()).toEqual(once);
      }),
    );
  });
});
