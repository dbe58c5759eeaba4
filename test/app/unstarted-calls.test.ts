import { describe, expect, it } from 'vitest';
import { createUnstartedCalls } from '../../src/app/unstarted-calls.ts';
import type { Intent } from '../../src/app/ports/intent-log-port.ts';
import type { MessageResult } from '../../src/app/ports/message-port.ts';
import { MINUTE_MS } from '../../src/domain/time-units.ts';
import { GUILD_ID, TASK_ID, aTask } from '../fakes/a-task.ts';
import { anIntent } from '../fakes/an-intent.ts';
import { NOON, fakeClock, settle } from '../fakes/clock.ts';
import { recordingLog } from '../fakes/log.ts';

const intentOf = (number: number): Intent => ({ ...anIntent(number), language: 'en', at: NOON });

interface World {
  readonly leftOver?: readonly Intent[];
  readonly claimed?: readonly string[];
  readonly stored?: readonly string[];
  /** Tasks that the attempt log knows. */
  readonly sent?: readonly string[];
  /** Answers of Discord in order; then `done`. */
  readonly answers?: MessageResult[];
  /** So many times its line cannot be written again. */
  readonly keepFailures?: number;
}

const DONE: MessageResult = { kind: 'done', messageId: '1' };
const ABSENT: MessageResult = { kind: 'unreached', why: 'token-refused', isAbsent: true };
const LATER: MessageResult = { kind: 'try-again', detail: '503' };

function world({
  leftOver = [],
  claimed = [],
  stored = [],
  sent = [],
  answers = [],
  keepFailures = 0,
}: World = {}) {
  const clock = fakeClock();
  const log = recordingLog();
  const notified: string[] = [];
  const closed: string[] = [];
  const kept: string[] = [];
  let failures = keepFailures;
  const stopping = new AbortController();
  const dropped = { times: 0 };
  const unstarted = createUnstartedCalls({
    clock,
    log,
    random: () => 0.5,
    stopping: stopping.signal,
    intents: {
      async keep({ interactionId }, guildId) {
        kept.push(`${interactionId} of ${guildId}`);
        if (failures > 0) {
          failures -= 1;
          throw new Error('the connection to the database is cut');
        }
      },
      close: (id) => void closed.push(id),
      leftOver: async () => [...leftOver],
      dropLeftOver: async () => {
        dropped.times += 1;
      },
    },
    messages: {
      async sayNotStarted({ interactionToken }) {
        notified.push(interactionToken);
        return answers.shift() ?? DONE;
      },
    },
    store: {
      isClaimed: async (id) => claimed.includes(id),
      get: async (id) => (stored.includes(id) ? aTask() : undefined),
    },
    attemptLog: {
      summary: async (ids) => ({
        hasLines: true,
        starts: 1,
        since: 0,
        traces: new Map(sent.filter((id) => ids.has(id)).map((id) => [id, { attempts: [] }])),
      }),
    },
  });
  return { unstarted, clock, log, notified, closed, kept, stopping, dropped };
}

describe('a start', () => {
  it('notifies each call that became no task, once, and drops what it found', async () => {
    const { unstarted, notified, closed, dropped } = world({
      leftOver: [intentOf(1), intentOf(2)],
    });
    await unstarted.notifyLeftOver();
    expect(notified.toSorted()).toEqual(['token-1', 'token-2']);
    expect(closed).toHaveLength(2);
    expect(dropped.times).toBe(1);
  });

  it.each<[what: string, known: World]>([
    ['is claimed', { claimed: [intentOf(1).interactionId] }],
    ['is stored', { stored: [intentOf(1).taskId] }],
    ['was sent, whatever a restored store says', { sent: [intentOf(1).taskId] }],
  ])('says nothing of a call whose task %s', async (_what, known) => {
    const { unstarted, notified } = world({ leftOver: [intentOf(1)], ...known });
    await unstarted.notifyLeftOver();
    expect(notified).toEqual([]);
  });

  it('tries again while Discord has trouble', async () => {
    const { unstarted, clock, notified } = world({
      leftOver: [intentOf(1)],
      answers: [LATER, LATER],
    });
    const notifying = unstarted.notifyLeftOver();
    await settle();
    while (await clock.advanceToNextTimer()) await settle();
    await notifying;
    expect(notified).toHaveLength(3);
  });

  it('does not notify a call that came again meanwhile and became a task', async () => {
    const claimed: string[] = [];
    const { unstarted, clock, notified, closed } = world({
      leftOver: [intentOf(1)],
      claimed,
      answers: [LATER],
    });
    const notifying = unstarted.notifyLeftOver();
    await settle();
    expect(notified).toEqual(['token-1']);
    claimed.push(intentOf(1).interactionId);
    await clock.advance(60_000);
    await notifying;
    expect([notified, closed]).toEqual([['token-1'], []]);
  });

  it('does not notify when the token has expired', async () => {
    const { unstarted, clock, notified, dropped } = world({ leftOver: [intentOf(1)] });
    await clock.advance(14 * MINUTE_MS);
    await unstarted.notifyLeftOver();
    expect([notified, dropped.times]).toEqual([[], 1]);
  });

  it('that Discord does not answer in time goes on in the background', async () => {
    const { unstarted, clock, closed, dropped } = world({
      leftOver: [intentOf(1)],
      answers: Array.from({ length: 12 }, () => LATER),
    });
    const notifying = unstarted.notifyLeftOver();
    await clock.advance(10_000);
    await notifying;
    expect([closed.length, dropped.times]).toEqual([0, 0]);
    await clock.advance(13 * MINUTE_MS);
    expect(closed).toEqual([intentOf(1).interactionId]);
  });

  it('does not wait for a reply that may still come, which is notified in the background', async () => {
    const { unstarted, clock, notified, closed, dropped } = world({
      leftOver: [intentOf(1), intentOf(2)],
      answers: [ABSENT, DONE, ABSENT],
    });
    await unstarted.notifyLeftOver();
    expect(closed).toEqual([intentOf(2).interactionId]);
    await clock.advance(5000);
    expect(closed).toEqual([2, 1].map((number) => intentOf(number).interactionId));
    expect(notified.filter((token) => token === 'token-1')).toHaveLength(3);
    // Found again by the next start, if this one had been killed before.
    expect(dropped.times).toBe(0);
  });

  it('that is stopped leaves the rest to the next one', async () => {
    const { unstarted, stopping, dropped } = world({
      leftOver: [intentOf(1)],
      answers: [LATER, LATER],
    });
    const notifying = unstarted.notifyLeftOver();
    await settle();
    stopping.abort();
    await notifying;
    expect(dropped.times).toBe(0);
  });

  it.each<MessageResult>([
    { kind: 'unreached', why: 'message-gone' },
    { kind: 'unreached', why: 'token-refused' },
    ABSENT,
    { kind: 'rejected', why: 'unknown', detail: '50006' },
  ])('takes %o for an answer', async (answer) => {
    const { unstarted, clock, notified, closed } = world({
      leftOver: [intentOf(1)],
      answers: [answer],
    });
    await clock.advance(5000);
    await unstarted.notifyLeftOver();
    expect([notified, closed]).toEqual([['token-1'], [intentOf(1).interactionId]]);
  });
});

describe('a call that began nothing', () => {
  it('is notified in the background until Discord takes it', async () => {
    const { unstarted, clock, notified, closed } = world({ answers: [LATER] });
    unstarted.notify({ ...intentOf(1), taskId: TASK_ID }, GUILD_ID);
    await settle();
    expect(closed).toEqual([]);
    await clock.advanceToNextTimer();
    await settle();
    expect([notified.length, closed.length]).toEqual([2, 1]);
    expect(clock.timersSet()).toBe(0);
  });

  it('has its line written again before each further try, and does not wait for that', async () => {
    const { unstarted, clock, closed, kept } = world({ answers: [LATER, LATER], keepFailures: 1 });
    unstarted.notify(intentOf(1), GUILD_ID);
    await settle();
    // The first try follows the line at once.
    expect(kept).toEqual([]);
    while (closed.length === 0) await clock.advanceToNextTimer();
    const again = `${intentOf(1).interactionId} of ${GUILD_ID}`;
    expect(kept).toEqual([again, again]);
  });

  it('is notified when its reply comes after all, which was given up', async () => {
    const { unstarted, clock, notified, closed } = world({ answers: [ABSENT, ABSENT] });
    unstarted.notify(intentOf(1), GUILD_ID);
    await clock.advance(4000);
    expect([notified.length, closed.length]).toEqual([3, 1]);
  });

  it('has no message where none came for five seconds', async () => {
    const answers = Array.from({ length: 20 }, () => ABSENT);
    const { unstarted, clock, notified, closed } = world({ answers });
    unstarted.notify(intentOf(1), GUILD_ID);
    await clock.advance(MINUTE_MS);
    expect(closed).toEqual([intentOf(1).interactionId]);
    expect(notified.length).toBeGreaterThan(2);
    expect(notified.length).toBeLessThan(7);
    expect(clock.timersSet()).toBe(0);
  });

  it('is waited for by a stop, until the stop gives up', async () => {
    const { unstarted, clock, notified, stopping } = world({ answers: [LATER, LATER] });
    unstarted.notify({ ...intentOf(1), taskId: TASK_ID }, GUILD_ID);
    let isSettled = false;
    const settling = (async () => {
      await unstarted.settled();
      isSettled = true;
    })();
    await clock.advanceToNextTimer();
    await settle();
    expect([notified.length, isSettled]).toEqual([2, false]);
    stopping.abort();
    await settling;
    expect(notified).toHaveLength(2);
  });
});
