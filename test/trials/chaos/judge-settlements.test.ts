import { describe, expect, it } from 'vitest';
import type { Quote } from '../../../src/domain/ledger/quote.ts';
import type { TaskMoney } from '../../../src/domain/ledger/task-money.ts';
import { planOf } from '../../../src/domain/tasks/plan.ts';
import type { Evidence } from '../../../src/trials/chaos/evidence.ts';
import type { FindingKind } from '../../../src/trials/chaos/finding.ts';
import { SETTINGS } from '../../fakes/a-task.ts';
import { NOON } from '../../fakes/clock.ts';
import { anAnswer, deliveredTask, findingsOf, ledgerRecordsOf } from './clean-evidence.ts';

const quoted = (per: 'task' | 'million_tokens'): Quote => ({
  kind: 'priced',
  micros: 100_000n,
  currency: 'USD',
  price: { amount: '1.50', currency: 'USD', per },
});
const UNKNOWN: Quote = { kind: 'unknown' };

const settledAt = (cost?: bigint): TaskMoney => ({
  state: 'settled',
  amounts: { videos: 1n, seconds: 5n, ...(cost === undefined ? {} : { cost }) },
});
const HELD: TaskMoney = { state: 'held', amounts: { videos: 1n, seconds: 5n, cost: 600_000n } };

const said = (cost: number, atMs: number) =>
  anAnswer({ status: 'completed', usage: { cost } }, { atMs });

/** The findings about a delivered task at this quote, whose provider reported this usage. */
function found(
  quote: Quote,
  usage: object | undefined,
  money: TaskMoney,
  changes: Partial<Evidence> = {},
): FindingKind[] {
  const task = deliveredTask({ plan: planOf({ ...SETTINGS, quote }), money });
  const marker = money.state === 'held' ? [[`held:${task.guildId}:${task.id}`, 1] as const] : [];
  return findingsOf({
    tasks: new Map([[task.id, task]]),
    records: new Map([...ledgerRecordsOf([task]), ...marker]),
    messages: [],
    incidents: [{ what: 'disturbance:archive' }],
    deleted: new Set(),
    providerRequests: usage === undefined ? [] : [anAnswer({ status: 'completed', usage })],
    ...changes,
  }).filter((kind) => kind === 'off');
}

describe('the verdict on what a video cost', () => {
  it.each<[string, Quote, object | undefined, bigint | undefined]>([
    ['its quote, where nothing is reported', quoted('task'), undefined, 100_000n],
    ['what is reported, rounded up', quoted('task'), { cost: 0.1234561 }, 123_457n],
    ['what is reported as text', quoted('task'), { cost: '0.31' }, 310_000n],
    ['nothing, as is reported', quoted('task'), { cost: 0, is_byok: false }, 0n],
    [
      'its quote, where a fee alone is reported',
      quoted('task'),
      { cost: 1, is_byok: true },
      100_000n,
    ],
    ['its quote, where nonsense is reported', quoted('task'), { cost: -1 }, 100_000n],
    [
      'by tokens, where they are billed',
      quoted('million_tokens'),
      { completion_tokens: 101 },
      152n,
    ],
    [
      'its quote, although tokens are reported',
      quoted('task'),
      { completion_tokens: 101 },
      100_000n,
    ],
    ['what is reported, without a quote', UNKNOWN, { cost: 2 }, 2_000_000n],
    ['nothing that is known', UNKNOWN, {}, undefined],
  ])('is %s, and finds anything else', (_what, quote, usage, cost) => {
    expect(found(quote, usage, settledAt(cost))).toEqual([]);
    expect(found(quote, usage, settledAt((cost ?? 0n) + 1n))).toEqual(['off']);
    expect(found(quote, usage, HELD)).toContain('off');
  });

  it('is held where what is reported is too high to believe', () => {
    const usage = { cost: 0.600001 };
    expect(found(quoted('task'), usage, HELD)).toEqual([]);
    expect(found(quoted('task'), usage, settledAt(600_001n))).toContain('off');
    expect(found(UNKNOWN, { cost: 1e300 }, HELD)).toEqual([]);
  });

  it('is what a restored store was told, whatever was said before', () => {
    const changes = {
      providerRequests: [said(9.5, NOON - 1), said(0.11, NOON)],
      restore: {
        kind: 'folder',
        copiedAtMs: NOON - 2,
        restoredAtMs: NOON,
        copied: new Map(),
        forgotten: new Set<string>(),
        posted: new Set<string>(),
        isDetectable: true,
      },
    } as const;
    const anyUsage = {};
    expect(found(quoted('task'), anyUsage, settledAt(110_000n), changes)).toEqual([]);
    expect(found(quoted('task'), anyUsage, HELD, changes)).toContain('off');
    const neverRestored = { ...changes, restore: undefined };
    // A process may be killed with either answer in hand.
    expect(found(quoted('task'), anyUsage, settledAt(110_000n), neverRestored)).toEqual([]);
    expect(found(quoted('task'), anyUsage, HELD, neverRestored)).toEqual([]);
    expect(found(quoted('task'), anyUsage, settledAt(100_000n), neverRestored)).toContain('off');
  });
});
