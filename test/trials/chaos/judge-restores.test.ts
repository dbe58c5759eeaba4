import { describe, expect, it } from 'vitest';
import type { Evidence, Restore } from '../../../src/trials/chaos/evidence.ts';
import type { Stage, Task } from '../../../src/domain/tasks/task.ts';
import { TASK_ID, ended, queued, running, submitting } from '../../fakes/a-task.ts';
import { taskText } from '../../fakes/task-texts.ts';
import {
  aClip,
  aRepost,
  aCommand,
  deliveredTask,
  endedAs,
  findingsOf,
  videoMessage,
} from './clean-evidence.ts';

const REPOST_ID = '1300000000000000051';

/** A restore of a copy with the one task at this stage; without it when `undefined`. */
function restoredFrom(stage: Stage | undefined, changes: Partial<Restore> = {}): Restore {
  const copied = new Map<string, Task>();
  if (stage !== undefined) copied.set(TASK_ID, deliveredTask({ stage }));
  return {
    kind: 'hand',
    copiedAtMs: 0,
    restoredAtMs: 0,
    copied,
    forgotten: new Set(stage === undefined ? [TASK_ID] : []),
    posted: new Set([videoMessage().id]),
    isDetectable: true,
    ...changes,
  };
}

const heldAsRestored = (): Partial<Evidence> => ({
  ...endedAs({ kind: 'restored' }),
  messages: [],
  incidents: [{ what: 'disturbance:archive' }],
});

describe('the verdict on a round with a restore', () => {
  it('accepts a hold of what waited in the copy and may have been sent, and nothing else', () => {
    const notified = { ...heldAsRestored(), ...endedAs({ kind: 'restored' }, false) };
    expect(findingsOf({ ...notified, restore: restoredFrom(queued()) })).toEqual([]);
    expect(findingsOf({ ...notified, restore: restoredFrom(running()) })).toEqual(['lost']);
    expect(findingsOf(notified)).toEqual(['lost']);
  });

  it('finds a task that was sent again', () => {
    const clips = [aClip(), aClip({ id: 'p-2' })];
    expect(findingsOf({ clips, restore: restoredFrom(queued()) })).toEqual(['doubled']);
    expect(findingsOf({ clips, restore: restoredFrom(undefined) })).toEqual(['doubled']);
  });

  it('counts a price that a person confirmed again as a second request', () => {
    const command = aCommand(videoMessage());
    const again = { ...command, handle: { ...command.handle, id: '1300000000000000009' } };
    const clips = [aClip(), aClip({ id: 'p-2' })];
    const commands = [again, command];
    const forgotten = new Set([again.handle.id]);
    const restore = restoredFrom(queued(), { forgotten });
    expect(findingsOf({ clips, commands, restore })).toEqual([]);
    const thrice = [...clips, aClip({ id: 'p-3' })];
    expect(findingsOf({ clips: thrice, commands, restore })).toEqual(['doubled']);
  });

  it('finds a new message of a task that the copy knew', () => {
    const messages = [videoMessage(), aRepost(REPOST_ID)];
    expect(findingsOf({ messages, restore: restoredFrom(running()) })).toEqual(['doubled']);
    const posted = new Set(messages.map(({ id }) => id));
    expect(findingsOf({ messages, restore: restoredFrom(running(), { posted }) })).toEqual([]);
  });

  it('accepts one new message where the bot cannot detect the restore, and no second one', () => {
    const { attachments } = videoMessage();
    const first = { ...videoMessage(), attachments: [] };
    const repost = { ...aRepost(REPOST_ID), attachments };
    const restore = restoredFrom(running(), { isDetectable: false });
    const detectable = { ...restore, isDetectable: true };
    const interactionId = TASK_ID;
    const one = [{ ...first, interactionId, deleted: true }, repost];
    expect(findingsOf({ messages: one, restore })).not.toContain('doubled');
    expect(findingsOf({ messages: one, restore: detectable })).toContain('doubled');
    const two = [...one, { ...aRepost('1300000000000000052') }];
    expect(findingsOf({ messages: two, restore })).toContain('doubled');
  });

  it('accepts a video that a new message already had, and no other one twice', () => {
    const { attachments } = videoMessage();
    const first = videoMessage({ interactionId: TASK_ID });
    const messages = [first, { ...aRepost(REPOST_ID), attachments }];
    const posted = new Set(messages.map(({ id }) => id));
    expect(findingsOf({ messages, restore: restoredFrom(running(), { posted }) })).toEqual([]);
    expect(findingsOf({ messages })).toEqual(['doubled']);
  });

  it('misses every record that the copy had, and no other', () => {
    const nothing = { tasks: new Map(), records: new Map(), messages: [] };
    expect(findingsOf({ ...nothing, restore: restoredFrom(undefined) })).toEqual([]);
    const restore = restoredFrom(queued());
    expect(findingsOf({ ...nothing, clips: [], restore })).toEqual(['lost', 'lost']);
  });

  it('accepts an unknown outcome of what was being sent in the copy, even if it was polled', () => {
    const providerRequests = [
      {
        provider: 'jimmy',
        purpose: 'query',
        method: 'GET',
        path: '/',
        headers: {},
        body: undefined,
        atMs: 0,
        taskId: aClip().id,
      },
    ] as const;
    const unknown = {
      ...endedAs({ kind: 'outcome-unknown' }, false),
      messages: [],
      incidents: [{ what: 'disturbance:archive' }],
      providerRequests,
    };
    expect(
      findingsOf({ ...unknown, restore: restoredFrom(submitting(), { restoredAtMs: 1 }) }),
    ).toEqual([]);
    const heldInCopy = deliveredTask({
      stage: ended({ kind: 'outcome-unknown' }),
      attempts: [{ route: 'jimmy/seedance2.0-sp', at: 0, outcome: 'unknown' }],
    });
    const restoredAt = (restoredAtMs: number): Restore =>
      restoredFrom(queued(), { restoredAtMs, copied: new Map([[TASK_ID, heldInCopy]]) });
    // Its message is judged by other rules.
    expect(findingsOf({ ...unknown, restore: restoredAt(1) })).toEqual(['lost']);
    expect(findingsOf({ ...unknown, restore: restoredAt(0) })).toEqual(['lost', 'lost']);
    expect(findingsOf({ ...unknown, restore: restoredFrom(queued()) })).toEqual(['lost', 'lost']);
  });

  it('finds released money of a task that was sent after the copy', () => {
    const incidents = [{ what: 'disturbance:pass-time' }];
    const changes = { messages: [], incidents, restore: restoredFrom(queued()) };
    expect(findingsOf({ ...endedAs({ kind: 'queue-expired' }, false), ...changes })).toEqual([
      'off',
    ]);
  });

  it('accepts what a message says of the end of a hold that the restore undid', () => {
    const outcome = { kind: 'outcome-unknown' } as const;
    const released = deliveredTask({ money: { state: 'released', assumed: false } });
    const message = videoMessage({ content: taskText({ task: released, outcome }) });
    const said: Partial<Evidence> = {
      ...endedAs(outcome),
      messages: [{ ...message, attachments: [] }],
      incidents: [{ what: 'disturbance:archive' }],
      holdEnds: [{ by: 'admin', taskId: released.id, end: { kind: 'release' } }],
    };
    const restore = restoredFrom(submitting());
    expect(findingsOf({ ...said, restore })).not.toContain('lost');
    expect(findingsOf(said)).toContain('lost');
    expect(findingsOf({ ...said, restore, holdEnds: [] })).toContain('lost');
  });
});
