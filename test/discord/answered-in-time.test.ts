import { describe, expect, it } from 'vitest';
import { answeredInTime } from '../../src/discord/answered-in-time.ts';
import { createReplies } from '../../src/discord/replies.ts';
import type { Replies } from '../../src/discord/replies.ts';
import { APPLICATION_ID } from '../fakes/a-task.ts';
import { fakeClock, settle } from '../fakes/clock.ts';
import { held } from '../fakes/held.ts';
import { recordingLog } from '../fakes/log.ts';

/** A call that has just arrived, and the kinds of the answers to it that reach Discord. */
function aCall(takesMs = 0) {
  const clock = fakeClock();
  const log = recordingLog();
  const sent: unknown[] = [];
  const replies = createReplies({
    async direct({ body }) {
      sent.push(body !== undefined && 'type' in body ? body.type : undefined);
      if (takesMs === 0) return undefined;
      return new Promise((resolve) => {
        clock.after(takesMs, () => resolve(undefined));
      });
    },
  });
  const call = {
    id: '1300000000000000500',
    applicationId: APPLICATION_ID,
    token: 'a-token',
    language: 'en',
    receivedElapsed: clock.elapsed(),
  } as const;
  const run = async (work: (replies: Replies) => Promise<void>) =>
    answeredInTime(call, { replies, clock, log }, work);
  return { call, clock, log, sent, run };
}

describe('a call that has 2 s', () => {
  it('is waited for where its answer has begun by then', async () => {
    const { call, clock, sent, run } = aCall(1000);
    const slow = held();
    let isDone = false;
    const running = run(async (replies) => {
      await slow.opened;
      await replies.deferPublicly(call);
      isDone = true;
    });
    await clock.advance(1900);
    slow.open();
    await clock.advance(1000);
    await running;
    expect(isDone).toBe(true);
    expect(sent).toEqual([5]);
  });

  it.each<[string, (replies: Replies, call: Parameters<Replies['privately']>[0]) => unknown]>([
    ['a message', async (replies, call) => replies.privately(call, 'late')],
    ['a deferred message', async (replies, call) => replies.deferPrivately(call)],
    ['a form', async (replies, call) => replies.openModal(call, EMPTY_FORM)],
    ['an update', async (replies, call) => replies.update(call, { content: 'late' })],
    ['a deferred update', async (replies, call) => replies.deferUpdate(call)],
  ])('has one answer, not also %s that comes later', async (_what, answer) => {
    const { call, clock, log, sent, run } = aCall();
    const slow = held();
    let went = false;
    const running = run(async (replies) => {
      await slow.opened;
      await answer(replies, call);
      went = true;
    });
    await clock.advance(2000);
    await running;
    slow.open();
    await settle();
    expect(went).toBe(false);
    expect(sent).toEqual([4]);
    expect(log.lines.map(({ level }) => level)).toEqual(['warn']);
  });

  it('is not acknowledged after that, and what breaks then is in the log', async () => {
    const { call, clock, log, sent, run } = aCall();
    const slow = held();
    const running = run(async (replies) => {
      await slow.opened;
      expect(await replies.deferPublicly(call)).toMatchObject({ kind: 'refused' });
      throw new Error('disk gone');
    });
    await clock.advance(2000);
    await running;
    slow.open();
    await settle();
    expect(sent).toEqual([4]);
    expect(log.lines.map(({ level }) => level)).toEqual(['warn', 'error']);
  });

  it('that breaks in time breaks', async () => {
    const { run } = aCall();
    const breaking = run(async () => {
      throw new Error('disk gone');
    });
    await expect(breaking).rejects.toThrow('disk gone');
  });
});

const EMPTY_FORM = { title: 'a', custom_id: 'a', components: [] };
