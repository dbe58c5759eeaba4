import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MONEY_AT_END, moneyAtEnd, outcomeSchema } from '../../../src/domain/tasks/outcome.ts';
import { openRecordSchema } from '../../../src/domain/tasks/task.ts';
import { OUTCOMES, STAGES, aTask } from '../../fakes/a-task.ts';

describe('the money of a task that ended', () => {
  it.each([
    ['delivered', 'settled'],
    ['result-lost', 'settled'],
    ['undeliverable', 'settled'],
    ['refused', 'released'],
    ['failed', 'by-failure-cost'],
    ['provider-busy', 'released'],
    ['provider-unreachable', 'released'],
    ['provider-paused', 'released'],
    ['wrong-address', 'released'],
    ['queue-expired', 'released'],
    ['cancelled', 'released'],
    ['removed-unsent', 'released'],
    ['not-started', 'released'],
    ['prompt-unreadable', 'released'],
    ['media-gone', 'released'],
    ['outcome-unknown', 'held'],
    ['timed-out', 'held'],
    ['unknown-to-provider', 'held'],
    ['route-removed', 'held'],
    ['restored', 'held'],
  ] as const)('as %s is %s', (kind, money) => {
    expect(MONEY_AT_END[kind]).toBe(money);
  });

  it.each([
    ['released', 'released'],
    ['assumed', 'released'],
    ['held', 'held'],
  ] as const)('of a provider whose failures are %s is %s', (failureCost, money) => {
    expect(moneyAtEnd('failed', failureCost)).toBe(money);
  });

  it('is settled for every outcome that there is', () => {
    const kinds = new Set(OUTCOMES.map(({ kind }) => kind));
    expect(new Set(Object.keys(MONEY_AT_END))).toEqual(kinds);
  });
});

it('is in the architecture as in the table', () => {
  const document = readFileSync('docs/developers/architecture.md', 'utf8');
  const rows = document.split('<!-- outcomes -->')[1]?.split('\n\n')[1]?.split('\n').slice(2) ?? [];
  const written = rows.flatMap((row) => {
    const [, money = '', outcomes = ''] = row.split('|');
    const state = money.includes('failureCost') ? 'by-failure-cost' : money.trim();
    return [...outcomes.matchAll(/`([a-z-]+)`/g)].map(([, kind]) => [kind, state]);
  });
  expect(Object.fromEntries(written)).toEqual(MONEY_AT_END);
});

describe('what is stored', () => {
  it('holds every outcome and every stage as it was', () => {
    for (const outcome of OUTCOMES) expect(outcomeSchema.parse(outcome)).toEqual(outcome);
    for (const stage of STAGES) {
      const { secrets: _secrets, ...record } = aTask({ stage });
      expect(openRecordSchema.shape.stage.parse(record.stage)).toEqual(stage);
    }
  });
});
