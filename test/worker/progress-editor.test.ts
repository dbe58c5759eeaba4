import { describe, expect, it } from 'vitest';
import { OWNS_ALL } from '../../src/app/owns-all.ts';
import { NO_LATE_EDITS } from '../../src/app/ports/late-edits-port.ts';
import type { MessagePort, MessageResult, TaskView } from '../../src/app/ports/message-port.ts';
import type { Task } from '../../src/domain/tasks/task.ts';
import { createProgressEditor } from '../../src/worker/progress-editor.ts';
import {
  MESSAGE_ID,
  TASK_ID,
  aTask,
  anAddress,
  queued,
  running,
  submitting,
} from '../fakes/a-task.ts';
import { NOON, fakeClock, settle } from '../fakes/clock.ts';
import { recordingLog } from '../fakes/log.ts';
import { memoryChannel } from '../fakes/memory-channel.ts';

const EVERY = 5000;
const SECOND = 1000;
const MINUTE = 60_000;

type Alter = (port: MessagePort) => Partial<MessagePort>;

function editorAt(startMs = NOON, alter: Alter = () => ({})) {
  const clock = fakeClock(startMs);
  const channel = memoryChannel(clock);
  const log = recordingLog();
  /** As the tasks stand now: what a later look finds. */
  const now = new Map<string, TaskView>();
  const refusals = { left: Infinity };
  const editor = createProgressEditor({
    messages: { ...channel.port, ...alter(channel.port) },
    loadView: async (taskId) => now.get(taskId),
    clock,
    log,
    editEveryMs: EVERY,
    ownership: OWNS_ALL,
    lateEdits: NO_LATE_EDITS,
    refusalsLeft: () => refusals.left,
  });
  const show = (view: TaskView): void => {
    now.set(view.task.id, view);
    editor.show(view);
  };
  return { clock, channel, log, editor, show, now, refusals };
}

/** Edits that the test lets through one by one. */
function heldEdits() {
  const held: (() => void)[] = [];
  const alter: Alter = (port) => ({
    editByToken: async (...given) => {
      await new Promise<void>((resolve) => {
        held.push(resolve);
      });
      return port.editByToken(...given);
    },
  });
  return { held, alter };
}

const at = (progressPercent: number, changes: Partial<Task> = {}): TaskView => ({
  task: aTask({ stage: running({ progressPercent }), ...changes }),
});
const waiting = (place: number): TaskView => ({
  task: aTask({ stage: queued() }),
  queuePosition: place,
});
const begun: TaskView = { task: aTask({ stage: running() }) };

describe('progress edits', () => {
  it('are made after a second, then not before they are due, with the newest word', async () => {
    const { clock, channel, show } = editorAt();
    show(begun);
    await clock.advance(SECOND - 1);
    expect(channel.calls).toEqual([]);
    await clock.advance(1);
    expect(channel.calls).toEqual(['editByToken @original running']);
    for (const percent of [10, 20, 30]) show(at(percent));
    await clock.advance(EVERY - 1);
    expect(channel.calls).toHaveLength(1);
    await clock.advance(1);
    expect(channel.calls).toHaveLength(2);
    expect(channel.messages[0]?.views.at(-1)).toEqual(at(30));
    await clock.advance(10 * EVERY);
    expect(channel.calls).toHaveLength(2);
  });

  it('that only count on wait three times as long', async () => {
    const { clock, channel, show } = editorAt();
    show(at(10));
    await clock.advance(SECOND);
    show(at(20));
    await clock.advance(3 * EVERY - 1);
    expect(channel.calls).toHaveLength(1);
    await clock.advance(1);
    expect(channel.calls).toHaveLength(2);
  });

  it('say first what is being sent only where sending takes a second', async () => {
    const quick = editorAt();
    quick.show({ task: aTask({ stage: queued() }) });
    quick.show({ task: aTask({ stage: submitting() }) });
    await quick.clock.advance(SECOND - 1);
    expect(quick.channel.calls).toEqual([]);
    quick.show(begun);
    await quick.clock.advance(MINUTE);
    expect(quick.channel.calls).toEqual(['editByToken @original running']);

    const slow = editorAt();
    slow.show({ task: aTask({ stage: queued() }) });
    slow.show({ task: aTask({ stage: submitting() }) });
    await slow.clock.advance(SECOND);
    expect(slow.channel.calls).toEqual(['editByToken @original submitting']);
  });

  it('tell a place in the queue that stands for a second, and where it moved when that is due', async () => {
    const { clock, channel, editor, show, now } = editorAt();
    show(waiting(4));
    now.set(TASK_ID, waiting(3));
    editor.refresh(TASK_ID);
    await clock.advance(SECOND - 1);
    expect(channel.calls).toEqual([]);
    await clock.advance(1);
    expect(channel.calls).toHaveLength(1);
    expect(channel.messages[0]?.views.at(-1)).toEqual(waiting(3));
    now.set(TASK_ID, waiting(2));
    editor.refresh(TASK_ID);
    await clock.advance(MINUTE);
    expect(channel.calls).toHaveLength(2);
    expect(channel.messages[0]?.views.at(-1)).toEqual(waiting(2));
    expect(clock.timersSet()).toBe(0);
  });

  it('are not made where nothing would change', async () => {
    const { clock, channel, editor, show } = editorAt();
    show(at(10));
    await clock.advance(MINUTE);
    show(at(10));
    editor.refresh(TASK_ID);
    await clock.advance(MINUTE);
    expect(channel.calls).toHaveLength(1);
    expect(clock.timersSet()).toBe(0);
  });

  it('are one at a time a message, however slow Discord is', async () => {
    const { held, alter } = heldEdits();
    const { clock, show } = editorAt(NOON, alter);
    show(begun);
    await clock.advance(SECOND);
    show(at(2));
    await clock.advance(MINUTE);
    expect(held).toHaveLength(1);
    held[0]?.();
    await settle();
    // Counted from the end of the slow one, or the two might arrive together.
    expect(held).toHaveLength(1);
    await clock.advance(EVERY);
    expect(held).toHaveLength(2);
  });

  it('are put off by a 429 on that message alone', async () => {
    const { clock, channel, show } = editorAt();
    channel.scripted.editByToken.push({ kind: 'try-again', afterMs: MINUTE, detail: '429' });
    show(at(1));
    await clock.advance(SECOND);
    show({ task: aTask({ id: '1300000000000000002', stage: running() }) });
    await clock.advance(SECOND);
    expect(channel.calls).toHaveLength(2);
    await clock.advance(MINUTE - SECOND - 1);
    expect(channel.calls).toHaveLength(2);
    await clock.advance(1);
    expect(channel.calls).toHaveLength(3);
    expect(channel.messages[0]?.shown).toBe('running');
  });

  it('end after an hour', async () => {
    const { clock, channel, show } = editorAt(NOON + 60 * MINUTE + 1);
    const address = anAddress({ deliveryPath: 'channel' });
    show(at(1, { address }));
    await clock.advance(MINUTE);
    show(at(2, { address }));
    await clock.advance(MINUTE);
    expect(channel.calls).toEqual([]);
    expect(clock.timersSet()).toBe(0);
  });

  it('go by the channel message where the token is 14 minutes old', async () => {
    const { clock, channel, show } = editorAt(NOON + 14 * MINUTE);
    show(at(1));
    await clock.advance(SECOND);
    expect(channel.calls).toEqual([`editInChannel ${MESSAGE_ID} running`]);
    expect(channel.unauthorized).toEqual([]);
  });

  it('learn from a refused token and do not repeat it', async () => {
    const { clock, channel, editor, show } = editorAt();
    channel.scripted.editByToken.push({ kind: 'unreached', why: 'token-refused' });
    show(at(1));
    await clock.advance(MINUTE);
    show(at(2));
    await clock.advance(MINUTE);
    expect(channel.unauthorized).toHaveLength(1);
    expect(channel.calls.filter((call) => call.startsWith('editByToken'))).toHaveLength(1);
    expect(editor.knownAddress(TASK_ID)).toMatchObject({ deliveryPath: 'channel' });
    expect(channel.messages[0]?.shown).toBe('running');
  });

  it('post no new message where theirs is deleted', async () => {
    const { clock, channel, editor, show } = editorAt();
    for (const message of channel.messages) message.isDeleted = true;
    show(at(1));
    await clock.advance(MINUTE);
    show(at(2));
    await clock.advance(MINUTE);
    expect(channel.calls).toHaveLength(1);
    expect(channel.messages).toHaveLength(1);
    await expect(editor.finish(TASK_ID)).resolves.toMatchObject({ deliveryPath: 'repost' });
  });

  it('are logged and not repeated where they break', async () => {
    let calls = 0;
    const { clock, log, show } = editorAt(NOON, () => ({
      async editByToken() {
        calls += 1;
        throw new Error('bug');
      },
    }));
    show(at(1));
    await clock.advance(MINUTE);
    expect(calls).toBe(1);
    expect(log.lines).toMatchObject([{ level: 'error' }]);
  });

  it('are dropped where the store does not tell how the task stands', async () => {
    const clock = fakeClock();
    const channel = memoryChannel(clock);
    const log = recordingLog();
    const editor = createProgressEditor({
      messages: channel.port,
      loadView: async () => Promise.reject(new Error('disk')),
      clock,
      log,
      editEveryMs: EVERY,
      ownership: OWNS_ALL,
      lateEdits: NO_LATE_EDITS,
      refusalsLeft: () => Infinity,
    });
    editor.refresh(TASK_ID);
    await clock.advance(MINUTE);
    expect(channel.calls).toEqual([]);
    expect(log.lines).toMatchObject([{ level: 'warn' }]);
    editor.show(begun);
    await settle();
    expect(channel.calls).toHaveLength(1);
  });
});

const refusal: MessageResult = { kind: 'try-again', detail: 'code 40999', isRefusal: true };
const fault: MessageResult = { kind: 'try-again', detail: 'HTTP 500' };

describe('progress edits that fail in a row', () => {
  it('wait twice as long each time, at most five minutes', async () => {
    const { clock, channel, show } = editorAt();
    channel.scripted.editByToken.push(...Array.from({ length: 8 }, () => fault));
    const called: number[] = [];
    show(at(1));
    await clock.advance(SECOND);
    for (let seconds = 0; seconds < 13 * 60; seconds += 1) {
      if (channel.calls.length > called.length) called.push(seconds);
      await clock.advance(SECOND);
    }
    expect(called).toEqual([0, 10, 30, 70, 150, 310, 610]);
  });

  it('begin anew after one that works', async () => {
    const { clock, channel, show } = editorAt();
    channel.scripted.editByToken.push(fault, fault);
    show(at(1));
    await clock.advance(MINUTE);
    expect(channel.calls).toHaveLength(3);
    channel.scripted.editByToken.push(fault);
    show(waiting(3));
    await clock.advance(2 * EVERY);
    expect(channel.calls).toHaveLength(5);
  });

  it('by a code that may never change leave the last try to the last edit', async () => {
    const { clock, channel, editor, show } = editorAt();
    channel.scripted.editByToken.push(...Array.from({ length: 9 }, () => refusal));
    for (let minutes = 0; minutes < 13; minutes += 1) {
      show(at(minutes));
      await clock.advance(MINUTE);
    }
    expect(channel.calls).toHaveLength(4);
    expect(clock.timersSet()).toBe(0);
    await expect(editor.finish(TASK_ID)).resolves.toMatchObject({
      deliveryPath: 'webhook',
      refusals: 4,
    });
  });

  it('by such a code, and then work, forget the refusals', async () => {
    const { clock, channel, editor, show } = editorAt();
    channel.scripted.editByToken.push(refusal, refusal);
    show(at(1));
    await clock.advance(MINUTE);
    await expect(editor.finish(TASK_ID)).resolves.toEqual(anAddress());
    expect(channel.calls).toHaveLength(3);
  });
});

describe('progress edits while Discord refuses too much', () => {
  it('pause for all messages, and go on when it is over', async () => {
    const { clock, channel, show, refusals } = editorAt();
    refusals.left = 0;
    show(begun);
    show({ task: aTask({ id: '1300000000000000002', stage: running() }) });
    await clock.advance(5 * MINUTE);
    expect(channel.calls).toEqual([]);
    refusals.left = 2;
    await clock.advance(10 * SECOND);
    expect(channel.calls).toHaveLength(2);
  });

  it('are not more at once than may still be refused', async () => {
    const { held, alter } = heldEdits();
    const { clock, show, refusals } = editorAt(NOON, alter);
    refusals.left = 1;
    show(begun);
    show({ task: aTask({ id: '1300000000000000002', stage: running() }) });
    await clock.advance(SECOND);
    expect(held).toHaveLength(1);
    held[0]?.();
    await clock.advance(10 * SECOND);
    expect(held).toHaveLength(2);
  });
});

describe('the end of progress edits', () => {
  it('waits for the one under way, and lets none follow', async () => {
    const { held, alter } = heldEdits();
    const { clock, channel, editor, show } = editorAt(NOON, alter);
    show(at(1));
    await clock.advance(SECOND);
    show(at(2));
    let isFinished = false;
    const finishing = editor.finish(TASK_ID).finally(() => {
      isFinished = true;
    });
    await clock.advance(MINUTE);
    expect(isFinished).toBe(false);
    held[0]?.();
    await finishing;
    await clock.advance(MINUTE);
    expect(channel.messages[0]?.history).toEqual(['running']);
  });

  it('drops an edit that waits for its time', async () => {
    const { clock, channel, editor, show } = editorAt();
    show(at(1));
    await clock.advance(SECOND);
    show(at(2));
    await expect(editor.finish(TASK_ID)).resolves.toBeUndefined();
    await clock.advance(MINUTE);
    expect(channel.calls).toHaveLength(1);
    expect(clock.timersSet()).toBe(0);
  });

  it('is no trouble for a task that was never shown', async () => {
    await expect(editorAt().editor.finish(TASK_ID)).resolves.toBeUndefined();
  });

  it('of them all lets no timer and no edit follow', async () => {
    const { clock, channel, editor, show } = editorAt();
    show(at(1));
    await clock.advance(SECOND);
    show(at(2));
    editor.stop();
    show(at(3));
    await clock.advance(MINUTE);
    expect(channel.calls).toHaveLength(1);
    expect(clock.timersSet()).toBe(0);
  });

  it('of them all leaves the edit in flight to Discord until the very end', async () => {
    const signals: AbortSignal[] = [];
    const { held, alter } = heldEdits();
    const { clock, editor, show } = editorAt(NOON, (port) => {
      const edits = { ...port, ...alter(port) };
      return {
        editByToken: async (...given) => {
          signals.push(given[4]);
          return edits.editByToken(...given);
        },
      };
    });
    show(at(1));
    await clock.advance(SECOND);
    editor.stop();
    // Given up, it might still be made, after the final edit that waits for it.
    expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
    editor.cut();
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
    held[0]?.();
  });
});
