import { describe, expect, it } from 'vitest';
import { createActiveTasks } from '../../src/app/active-tasks.ts';
import { NO_MONEY } from '../../src/domain/ledger/task-money.ts';
import { keysOf, operatorWindows } from '../../src/domain/ledger/windows.ts';
import type { Outcome } from '../../src/domain/tasks/outcome.ts';
import { createMetrics } from '../../src/metrics/create-metrics.ts';
import type { Metrics } from '../../src/metrics/create-metrics.ts';
import { aLedger } from '../fakes/a-ledger.ts';
import { TASK_ID, aTask } from '../fakes/a-task.ts';
import { fakeClock, NOON } from '../fakes/clock.ts';
import { memoryRecords } from '../fakes/memory-records.ts';
import { readSamples } from './read-samples.ts';
import { applyStep, emptyAccount, encodeAccount } from '../../src/domain/ledger/account.ts';
import {
  OPERATOR_ACCOUNTS_BY_SLOT,
  OPERATOR_ACCOUNT_KEY,
} from '../../src/domain/ledger/account-key.ts';
import { OWNS_ALL } from '../../src/app/owns-all.ts';
import { CATALOGUE } from '../fakes/catalogue.ts';

const ROUTE = 'jimmy/seedance2.0-mini-sp';
const DAY_MS = 24 * 60 * 60_000;

function endedTask(outcome: Outcome, tookMs: number, route: string = ROUTE) {
  const task = aTask({ settings: { route, durationSeconds: 5, resolution: '720p' } });
  const endedAt = task.acceptedAt + tookMs;
  return { ...task, stage: { name: 'ended', outcome, endedAt, notified: true } } as const;
}

function knowingMetrics(): Metrics {
  const metrics = createMetrics();
  metrics.know(CATALOGUE);
  return metrics;
}

async function samples(metrics: Metrics): Promise<Map<string, number>> {
  return readSamples((await metrics.render()).body);
}

describe('what is counted', () => {
  it('counts ended tasks by route and outcome, and times the delivered ones', async () => {
    const metrics = knowingMetrics();
    metrics.port.ended(endedTask({ kind: 'delivered', how: 'attachment' }, 40_000));
    metrics.port.ended(endedTask({ kind: 'delivered', how: 'link', until: NOON }, 100_000));
    metrics.port.ended(endedTask({ kind: 'timed-out' }, 1000));
    const found = await samples(metrics);
    expect(found.get(`clapper_tasks_total{route="${ROUTE}",outcome="delivered"}`)).toBe(2);
    expect(found.get(`clapper_tasks_total{route="${ROUTE}",outcome="timed-out"}`)).toBe(1);
    expect(found.get(`clapper_task_duration_seconds_count{route="${ROUTE}"}`)).toBe(2);
    expect(found.get(`clapper_task_duration_seconds_sum{route="${ROUTE}"}`)).toBe(140);
    expect(found.get(`clapper_task_duration_seconds_bucket{le="60",route="${ROUTE}"}`)).toBe(1);
  });

  it('keeps a route that is gone out of the labels', async () => {
    const metrics = knowingMetrics();
    metrics.port.ended(endedTask({ kind: 'route-removed' }, 1000, 'jimmy/never-heard-of'));
    metrics.port.requested('another/one', 'busy');
    const found = await samples(metrics);
    expect(found.get('clapper_tasks_total{route="gone",outcome="route-removed"}')).toBe(1);
    expect(found.get('clapper_video_requests_total{route="gone",answer="busy"}')).toBe(1);
  });

  it('counts no end of a task that has none', async () => {
    const metrics = knowingMetrics();
    metrics.port.ended(aTask());
    expect([...(await samples(metrics)).keys()].join('\n')).not.toContain('clapper_tasks_total{');
  });

  it('takes milliseconds and tells seconds', async () => {
    const metrics = knowingMetrics();
    metrics.port.acknowledged(250);
    metrics.port.wrote(4, true);
    metrics.port.wrote(6, false);
    const found = await samples(metrics);
    expect(found.get('clapper_acknowledgement_seconds_sum')).toBe(0.25);
    expect(found.get('clapper_store_write_seconds_sum')).toBeCloseTo(0.01);
    expect(found.get('clapper_store_write_seconds_count')).toBe(2);
    expect(found.get('clapper_store_write_failures_total')).toBe(1);
  });

  it('names its process on each, where there are several', async () => {
    const metrics = knowingMetrics();
    metrics.port.polled('jimmy', 'pending');
    metrics.label('machine-1');
    const found = await samples(metrics);
    const key = 'clapper_polls_total{provider="jimmy",answer="pending",instance="machine-1"}';
    expect(found.get(key)).toBe(1);
    expect([...found.keys()].filter((name) => !name.includes('instance="machine-1"'))).toEqual([]);
  });

  it('shares nothing with other metrics of the same process', async () => {
    const [one, other] = [knowingMetrics(), knowingMetrics()];
    one.port.polled('jimmy', 'pending');
    const key = 'clapper_polls_total{provider="jimmy",answer="pending"}';
    expect((await samples(one)).get(key)).toBe(1);
    expect((await samples(other)).has(key)).toBe(false);
  });
});

/** Metrics over an account that `post` reserves in, at the clock's instant. */
async function watched() {
  const clock = fakeClock();
  const records = memoryRecords();
  const ledger = aLedger(records);
  const active = createActiveTasks();
  const metrics = knowingMetrics();
  metrics.watch({
    active,
    ledger,
    clock,
    budgets: { month: 20_000_000n },
    priceList: { currency: 'USD' },
    ownership: OWNS_ALL,
  });
  const post = async (cost: bigint | undefined): Promise<void> => {
    const amounts = { videos: 1n, seconds: 5n, ...(cost === undefined ? {} : { cost }) };
    await ledger.load([OPERATOR_ACCOUNT_KEY]);
    await ledger.post({
      records: [],
      accounts: [
        {
          key: OPERATOR_ACCOUNT_KEY,
          windowKeys: keysOf(operatorWindows(clock.now())),
          before: NO_MONEY,
          after: { state: 'reserved', amounts },
        },
      ],
    });
  };
  return { clock, records, active, metrics, post };
}
const amount = (window: string, state: string): string =>
  `clapper_ledger_amount{window="${window}",state="${state}",currency="USD"}`;

describe('the gauges', () => {
  it('sum the accounts of the slots that this process serves', async () => {
    const operator = OPERATOR_ACCOUNTS_BY_SLOT;
    const clock = fakeClock();
    const records = memoryRecords();
    const account = applyStep(
      emptyAccount(keysOf(operatorWindows(clock.now()))),
      {
        windowKeys: keysOf(operatorWindows(clock.now())),
        before: NO_MONEY,
        after: { state: 'reserved', amounts: { videos: 1n, seconds: 5n, cost: 1_000_000n } },
      },
      clock.now(),
    );
    await records.write(operator.keys.map((key) => ({ key, value: encodeAccount(account) })));
    const metrics = knowingMetrics();
    metrics.watch({
      active: createActiveTasks(),
      ledger: aLedger(records, undefined, clock, operator),
      clock,
      budgets: {},
      priceList: { currency: 'USD' },
      ownership: { served: () => [3, 40, 63] },
    });
    expect((await samples(metrics)).get(amount('day', 'reserved'))).toBe(3);
  });

  it('report how a process stands among others, only where there may be some', async () => {
    const { clock, records } = await watched();
    const metrics = knowingMetrics();
    const standing = { processes: 3, leaseLeftMs: 12_500, entries: 2, removals: 1 };
    const sources = {
      active: createActiveTasks(),
      ledger: aLedger(records, undefined, clock),
      clock,
      budgets: {},
      ownership: { served: () => [3, 40, 63] },
    };
    metrics.watch({ ...sources, membership: { standing: () => standing } });
    for (const reads of [1, 2]) {
      const found = await samples(metrics);
      expect([reads, found.get('clapper_processes'), found.get('clapper_slots')]).toEqual([
        reads,
        3,
        3,
      ]);
      expect(found.get('clapper_lease_seconds')).toBe(12.5);
      expect(found.get('clapper_memberships_total')).toBe(2);
      expect(found.get('clapper_dead_processes_total')).toBe(1);
    }
    const alone = knowingMetrics();
    alone.watch(sources);
    expect((await samples(alone)).has('clapper_processes')).toBe(false);
  });

  it('report the current day and month in units of the currency', async () => {
    const { metrics, post } = await watched();
    await post(1_500_000n);
    await post(undefined);
    const found = await samples(metrics);
    expect(found.get(amount('day', 'reserved'))).toBe(1.5);
    expect(found.get(amount('month', 'reserved'))).toBe(1.5);
    expect(found.get(amount('day', 'settled'))).toBe(0);
    expect(found.get('clapper_ledger_unpriced_videos{window="day"}')).toBe(1);
    expect(found.get('clapper_budget_amount{window="month",currency="USD"}')).toBe(20);
    expect(found.has('clapper_budget_amount{window="day",currency="USD"}')).toBe(false);
  });

  it('start a day without tasks at zero, and keep the month', async () => {
    const { metrics, post, clock } = await watched();
    await post(1_500_000n);
    await clock.advance(DAY_MS);
    const found = await samples(metrics);
    expect(found.get(amount('day', 'reserved'))).toBe(0);
    expect(found.get(amount('month', 'reserved'))).toBe(1.5);
  });

  it('report no amount rather than zero if the account cannot be read', async () => {
    const { metrics, records, active } = await watched();
    active.add({ id: TASK_ID, guildId: 'g', memberId: 'm' });
    records.failures = 2;
    const blind = await samples(metrics);
    expect(blind.has(amount('day', 'held'))).toBe(false);
    expect(blind.get('clapper_unfinished_tasks')).toBe(1);
    expect((await samples(metrics)).get(amount('day', 'held'))).toBe(0);
  });
});
