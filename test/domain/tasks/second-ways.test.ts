import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../src/domain/tasks/outcome.ts';
import { REJECTION_CATEGORIES } from '../../../src/domain/tasks/provider-rejection.ts';
import { mayBeCharged, offeredActions } from '../../../src/domain/tasks/second-ways.ts';
import type { Task } from '../../../src/domain/tasks/task.ts';
import { aRefusal, aTask } from '../../fakes/a-task.ts';
import { NOON } from '../../fakes/clock.ts';

const amounts = { videos: 1n, seconds: 5n };
const MONEY = {
  held: { state: 'held', amounts },
  settled: { state: 'settled', amounts },
  released: { state: 'released', assumed: false },
  reserved: { state: 'reserved', amounts },
} as const satisfies Record<string, Task['money']>;

const FINISHED = ['again', 'edit', 'continue', 'higher'];
const NOT_DELIVERED = ['again', 'edit', 'other'];
const HELD = ['edit', 'other'];

describe('what a task that ended offers', () => {
  it.each<[string, Outcome, keyof typeof MONEY, readonly string[]]>([
    ['a clip', { kind: 'delivered', how: 'attachment' }, 'settled', FINISHED],
    ['a link', { kind: 'delivered', how: 'link', until: NOON }, 'settled', FINISHED],
    ['a clip of uncertain cost', { kind: 'delivered', how: 'attachment' }, 'held', FINISHED],
    [
      'a clip whose message is gone',
      { kind: 'delivered', how: 'message-gone' },
      'settled',
      NOT_DELIVERED,
    ],
    [
      'a lost result',
      { kind: 'result-lost', why: 'gone', showAddress: false },
      'settled',
      NOT_DELIVERED,
    ],
    ['an undeliverable one', { kind: 'undeliverable' }, 'settled', NOT_DELIVERED],
    ['a cancelled one', { kind: 'cancelled' }, 'released', NOT_DELIVERED],
    ['one that was never sent', { kind: 'queue-expired' }, 'released', NOT_DELIVERED],
    ['one that is held', { kind: 'timed-out' }, 'held', HELD],
    ['one about to be held', { kind: 'outcome-unknown' }, 'reserved', HELD],
    ['one whose hold was released', { kind: 'timed-out' }, 'released', NOT_DELIVERED],
    ['one whose hold was settled', { kind: 'timed-out' }, 'settled', NOT_DELIVERED],
  ])('after %s', (_what, outcome, money, actions) => {
    expect(offeredActions({ money: MONEY[money] }, outcome)).toEqual(actions);
  });

  it('after a rejection for its content is only to edit it', () => {
    const about = REJECTION_CATEGORIES.filter((category) => {
      const refusal = aRefusal({ category });
      const actions = offeredActions({ money: MONEY.released }, { kind: 'refused', refusal });
      return actions.length === 1 && actions[0] === 'edit';
    });
    expect(about).toEqual([
      'prompt-moderated',
      'image-moderated',
      'video-moderated',
      'audio-moderated',
      'result-moderated',
      'moderated',
      'real-person',
      'copyright',
    ]);
  });
});

describe('whether a video may be charged already', () => {
  it.each<[string, Outcome, keyof typeof MONEY, boolean]>([
    ['held', { kind: 'timed-out' }, 'held', true],
    ['released', { kind: 'timed-out' }, 'released', false],
    ['delivered, its cost held', { kind: 'delivered', how: 'attachment' }, 'held', false],
  ])('%s', (_what, outcome, money, expected) => {
    const stage = { name: 'ended', outcome, endedAt: NOON, notified: true } as const;
    expect(mayBeCharged(aTask({ stage, money: MONEY[money] }))).toBe(expected);
  });
});
