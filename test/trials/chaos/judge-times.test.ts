import { describe, expect, it } from 'vitest';
import { deliveredTask, ledgerRecordsOf, cleanEvidence, findingsOf } from './clean-evidence.ts';

const DAY_MS = 86_400_000;

describe('the verdict on times', () => {
  it('finds a task that counts in another day than the one in which it was called', () => {
    const { windows } = deliveredTask();
    const dayBefore = new Date(Date.parse(windows.operator.day) - DAY_MS).toISOString();
    const task = deliveredTask({
      windows: { ...windows, operator: { ...windows.operator, day: dayBefore } },
    });
    const tasks = new Map([[task.id, task]]);
    expect(findingsOf({ tasks, records: ledgerRecordsOf([task]) })).toEqual(['off']);
  });

  it('finds a task that was accepted before or after its call', () => {
    for (const byMs of [-DAY_MS / 2, DAY_MS / 2]) {
      const task = deliveredTask({ acceptedAt: deliveredTask().acceptedAt + byMs });
      const tasks = new Map([[task.id, task]]);
      expect(findingsOf({ tasks, records: ledgerRecordsOf([task]) })).toEqual(['off']);
    }
  });

  it.each([
    ['a year behind', -365],
    ['500 days ahead', 500],
  ])('finds a record that is dated %s', (_, days) => {
    const { records, time } = cleanEvidence();
    const at = (days < 0 ? time.started : time.ended) + days * DAY_MS;
    const value = { restore: { found: at } };
    expect(findingsOf({ records: new Map([...records, ['meta:store', value]]) })).toEqual(['off']);
  });
});
