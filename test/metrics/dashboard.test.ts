import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { createActiveTasks } from '../../src/app/active-tasks.ts';
import { OWNS_ALL } from '../../src/app/owns-all.ts';
import { createMetrics } from '../../src/metrics/create-metrics.ts';
import { aLedger } from '../fakes/a-ledger.ts';
import { fakeClock } from '../fakes/clock.ts';
import { memoryRecords } from '../fakes/memory-records.ts';

const boardSchema = z.object({
  panels: z.array(z.object({ targets: z.array(z.object({ expr: z.string() })).default([]) })),
});

const BOARD = new URL('../../docs/operators/grafana-dashboard.json', import.meta.url);

/** Names in the board's queries, without the suffixes of histograms. */
function namesOnTheBoard(): Set<string> {
  const { panels } = boardSchema.parse(JSON.parse(readFileSync(BOARD, 'utf8')));
  const questions = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
  const names = questions.flatMap((question) => [
    ...question.matchAll(/\b(?:clapper|nodejs|process)_\w+/g),
  ]);
  return new Set(names.map(([name]) => name.replace(/_bucket$/, '')));
}

/** All metrics that `/metrics` declares. */
async function namesOnThePage(): Promise<Set<string>> {
  const metrics = createMetrics();
  const ledger = aLedger(memoryRecords());
  metrics.watch({
    active: createActiveTasks(),
    ledger,
    clock: fakeClock(),
    budgets: {},
    ownership: OWNS_ALL,
  });
  const { body } = await metrics.render();
  return new Set([...body.matchAll(/^# TYPE (\w+) /gm)].map(([, name = '']) => name));
}

it('queries only existing metrics, and shows all of the bot’s own', async () => {
  const [asked, notified] = [namesOnTheBoard(), await namesOnThePage()];
  expect([...asked].filter((name) => !notified.has(name))).toEqual([]);
  const own = [...notified].filter((name) => name.startsWith('clapper_'));
  expect(own.length).toBeGreaterThan(10);
  expect(own.filter((name) => !asked.has(name))).toEqual([]);
});
