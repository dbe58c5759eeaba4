import { describe, expect, it } from 'vitest';
import type { Evidence, Restore } from '../../../src/trials/chaos/evidence.ts';
import type { Stage, Task } from '../../../src/domain/tasks/task.ts';
import { TASK_ID, queued, running, submitting } from '../../fakes/a-task.ts';
import {
  aClip,
  aRepost,
  aTake,
  deliveredTask,
  endedAs,
  faultsOf,
  videoMessage,
} from './clean-evidence.ts';

const REPOST_ID = '1300000000000000051';

/** A copy in which the one task stood so was put back; undefined: the copy did not know of it. */
function restoredFrom(stage: Stage | undefined, changes: Partial<Restore> = {}): Restore {
  const copied = new Map<string, Task>();
  if (stage !== undefined) copied.set(TASK_ID, deliveredTask({ stage }));
  return {
    kind: 'hand',
    copied,
    forgotten: new Set(stage === undefined ? [TASK_ID] : []),
    posted: new Set([videoMessage().id]),
    isTold: true,
    ...changes,
  };
}

const heldAsRestored = (): Partial<Evidence> => ({
  ...endedAs({ kind: 'restored' }),
  messages: [],
  incidents: [{ what: 'gust:archive' }],
});

describe('the verdict on a round with a restore', () => {
  it('takes what waited in the copy and may have been sent for held, and nothing else', () => {
    const notified = { ...heldAsRestored(), ...endedAs({ kind: 'restored' }, false) };
    expect(faultsOf({ ...notified, restore: restoredFrom(queued()) })).toEqual([]);
    expect(faultsOf({ ...notified, restore: restoredFrom(running()) })).toEqual(['lost']);
    expect(faultsOf(notified)).toEqual(['lost']);
  });

  it('finds a task that was sent again', () => {
    const clips = [aClip(), aClip({ id: 'p-2' })];
    expect(faultsOf({ clips, restore: restoredFrom(queued()) })).toEqual(['doubled']);
    expect(faultsOf({ clips, restore: restoredFrom(undefined) })).toEqual(['doubled']);
  });

  it('takes a price that a person confirmed once more for a second request', () => {
    const take = aTake(videoMessage());
    const again = { ...take, handle: { ...take.handle, id: '1300000000000000009' } };
    const clips = [aClip(), aClip({ id: 'p-2' })];
    const takes = [again, take];
    const forgotten = new Set([again.handle.id]);
    const restore = restoredFrom(queued(), { forgotten });
    expect(faultsOf({ clips, takes, restore })).toEqual([]);
    const thrice = [...clips, aClip({ id: 'p-3' })];
    expect(faultsOf({ clips: thrice, takes, restore })).toEqual(['doubled']);
  });

  it('finds a new message of a task that the copy knew', () => {
    const messages = [videoMessage(), aRepost(REPOST_ID)];
    expect(faultsOf({ messages, restore: restoredFrom(running()) })).toEqual(['doubled']);
    const posted = new Set(messages.map(({ id }) => id));
    expect(faultsOf({ messages, restore: restoredFrom(running(), { posted }) })).toEqual([]);
  });

  it('takes the first new message where the bot cannot know of the copy, and no second one', () => {
    const { attachments } = videoMessage();
    const first = { ...videoMessage(), attachments: [] };
    const repost = { ...aRepost(REPOST_ID), attachments };
    const restore = restoredFrom(running(), { isTold: false });
    const told = { ...restore, isTold: true };
    const interactionId = TASK_ID;
    const one = [{ ...first, interactionId, deleted: true }, repost];
    expect(faultsOf({ messages: one, restore })).not.toContain('doubled');
    expect(faultsOf({ messages: one, restore: told })).toContain('doubled');
    const two = [...one, { ...aRepost('1300000000000000052') }];
    expect(faultsOf({ messages: two, restore })).toContain('doubled');
  });

  it('takes a video that stood on a new message before, and no other one twice', () => {
    const { attachments } = videoMessage();
    const first = videoMessage({ interactionId: TASK_ID });
    const messages = [first, { ...aRepost(REPOST_ID), attachments }];
    const posted = new Set(messages.map(({ id }) => id));
    expect(faultsOf({ messages, restore: restoredFrom(running(), { posted }) })).toEqual([]);
    expect(faultsOf({ messages })).toEqual(['doubled']);
  });

  it('misses no record that the copy did not have, and each that it had', () => {
    const nothing = { tasks: new Map(), records: new Map(), messages: [] };
    expect(faultsOf({ ...nothing, restore: restoredFrom(undefined) })).toEqual([]);
    const restore = restoredFrom(queued());
    expect(faultsOf({ ...nothing, clips: [], restore })).toEqual(['lost', 'lost']);
  });

  it('takes an unknown outcome of what was being sent in the copy, though it was looked at', () => {
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
      incidents: [{ what: 'gust:archive' }],
      providerRequests,
    };
    expect(faultsOf({ ...unknown, restore: restoredFrom(submitting()) })).toEqual([]);
    expect(faultsOf({ ...unknown, restore: restoredFrom(queued()) })).toEqual(['lost', 'lost']);
  });

  it('finds money given back for what was sent after the copy', () => {
    const incidents = [{ what: 'gust:pass-time' }];
    const changes = { messages: [], incidents, restore: restoredFrom(queued()) };
    expect(faultsOf({ ...endedAs({ kind: 'queue-expired' }, false), ...changes })).toEqual(['off']);
  });
});
