import { describe, expect, it } from 'vitest';
import { OPERATOR_ACCOUNT_KEY } from '../../../src/domain/ledger/account-key.ts';
import { accountSchema } from '../../../src/domain/ledger/account.ts';
import type { JournalLine } from '../../../src/domain/ledger/journal-line.ts';
import { SWITCH_REASONS, isAuto } from '../../../src/domain/tasks/plan.ts';
import type { SwitchReason } from '../../../src/domain/tasks/plan.ts';
import type { Task } from '../../../src/domain/tasks/task.ts';
import type { RecordStore } from '../../../src/app/ports/record-store-port.ts';
import { createJournalStore } from '../../../src/store/tasks/journal.ts';
import { GUILD_ID } from '../../fakes/a-task.ts';
import { SAME_PRICE, TOKEN_PRICE } from './day-prices.ts';
import type { DayPrices } from './day-prices.ts';
import { labelIn, madeOf } from './made.ts';
import { troubledDay } from './troubled-day.ts';
import type { ProvidersSide } from './troubled-providers.ts';

/** A real network is between the worker and 170 creates. */
const LIMIT_MS = 60_000;

async function journalOf(records: RecordStore): Promise<Map<string, JournalLine>> {
  const lines = new Map<string, JournalLine>();
  for await (const page of createJournalStore(records).readMonth(GUILD_ID, '2026-11')) {
    for (const line of page) lines.set(line.task, line);
  }
  return lines;
}

/** A create as its provider saw it: what it was to make, the number of its task, and what it costs. */
interface Due {
  readonly route: string;
  readonly seconds: number;
  readonly taskId: string | undefined;
  readonly cost: bigint;
}

/** What a task's creates cost by what the providers know, one after the other. */
function dueOf({ asked, failed }: ProvidersSide, label: string, prices: DayPrices): Due[] {
  return asked
    .filter(({ request }) => labelIn(request.body) === label)
    .map(({ request, says }) => {
      const made = madeOf(request);
      const { taskId } = request;
      const isMade = says === 'yes' && taskId !== undefined;
      const costOfMade = failed.has(taskId ?? '') ? 0n : prices.costOf(made);
      // A lie has to be believed.
      const costOfOthers = says === 'unclear' ? prices.heldFor(made) : 0n;
      const cost = isMade ? costOfMade : costOfOthers;
      return { ...made, taskId: isMade ? taskId : undefined, cost };
    });
}

/** The same by the task's record: its last create counts what its money says. */
function bookedOf(task: Task): Due[] {
  const { attempts, plan, money } = task;
  const sent = attempts.filter(({ outcome }) => outcome !== 'not-sent');
  return sent.map((attempt, index) => ({
    route: attempt.route,
    seconds: plan.routes.find(({ route }) => route === attempt.route)?.durationSeconds ?? 0,
    taskId: attempt.providerTaskId,
    cost: index === sent.length - 1 && 'amounts' in money ? (money.amounts.cost ?? 0n) : 0n,
  }));
}

const sumOf = (costs: readonly bigint[]): bigint => costs.reduce((sum, cost) => sum + cost, 0n);

describe.each<[string, DayPrices, readonly SwitchReason[]]>([
  ['the same price', SAME_PRICE, SWITCH_REASONS],
  // What holds for a whole provider leads to no other route.
  ['a price by tokens', TOKEN_PRICE, ['refused']],
])('the books of a day of troubles, with a second provider of %s', (what, prices, reasons) => {
  it(
    'equal what the providers were asked to make, attempt by attempt',
    async () => {
      const { tasks, side, records } = await troubledDay(what, prices);
      const lines = await journalOf(records);
      for (const [label, task] of tasks) {
        const due = dueOf(side, label, prices);
        expect([label, ...bookedOf(task)]).toEqual([label, ...due]);
        const line = lines.get(task.id);
        expect(line?.route).toBe(task.plan.routes.at(-1)?.route);
        // In the export, each attempt of `auto` but the last has a line of its own.
        const earlier = line?.earlier?.map(({ route }) => route) ?? [];
        const before = isAuto(task) ? task.attempts.slice(0, -1).map(({ route }) => route) : [];
        expect([label, ...earlier]).toEqual([label, ...before]);
      }
      const all = sumOf(
        [...tasks.keys()].flatMap((label) => dueOf(side, label, prices)).map(({ cost }) => cost),
      );
      const { used, held } = accountSchema.parse(await records.get(OPERATOR_ACCOUNT_KEY)).total;
      expect(used.cost + held.cost).toBe(all);
      const inJournal = [...lines.values()].map(({ state, settled, quoted }) =>
        state === 'held' ? quoted : settled,
      );
      expect(sumOf(inJournal.map((cost) => cost ?? 0n))).toBe(all);
      const met = [...tasks.values()].flatMap(({ plan }) =>
        plan.routes.flatMap(({ because }) => because ?? []),
      );
      expect(new Set(met)).toEqual(new Set(reasons));
    },
    LIMIT_MS,
  );
});
