import { describe, expect, it } from 'vitest';
import type { TaskView } from '../../src/app/message-port.ts';
import type { Task } from '../../src/domain/tasks/task.ts';
import { createProgressEditor } from '../../src/worker/progress-editor.ts';
import { MESSAGE_ID, TASK_ID, aTask, anAddress, queued, running } from '../fakes/a-task.ts';
import { NOON, fakeClock, settle } from '../fakes/clock.ts';
import { recordingLog } from '../fakes/log.ts';
import { memoryChannel } from '../fakes/memory-channel.ts';

const EVERY = 5000;
const MINUTE = 60_000;

function editorAt(startMs = NOON) {
  const clock = fakeClock(startMs);
  const channel = memoryChannel(clock);
  const log = recordingLog();
  const editor = createProgressEditor({ messages: channel.port, clock, log, editEveryMs: EVERY });
  return { clock, channel, log, editor };
}

const at = (progressPercent: number, changes: Partial<Task> = {}): TaskView => ({
  task: aTask({ stage: running({ progressPercent }), ...changes }),
});

describe('progress edits', () => {
  it('are made at once, then not before they are due, with the newest word', async () => {
    const { clock, channel, editor } = editorAt();
    editor.show({ task: aTask({ stage: queued() }) });
    await settle();
    expect(channel.calls).toEqual(['editByToken @original queued']);
    for (const percent of [10, 20, 30]) editor.show(at(percent));
    await clock.advance(EVERY - 1);
    expect(channel.calls).toHaveLength(1);
    await clock.advance(1);
    expect(channel.calls).toEqual([
      'editByToken @original queued',
      'editByToken @original running',
    ]);
    await clock.advance(10 * EVERY);
    expect(channel.calls).toHaveLength(2);
  });

  it('are not made where nothing would change', async () => {
    const { clock, channel, editor } = editorAt();
    editor.show(at(10));
    await clock.advance(MINUTE);
    editor.show(at(10));
    await clock.advance(MINUTE);
    expect(channel.calls).toHaveLength(1);
    expect(clock.timersSet()).toBe(0);
  });

  it('are one at a time a message, however slow Discord is', async () => {
    const { clock, channel, log } = editorAt();
    const held: (() => void)[] = [];
    const port = {
      ...channel.port,
      editByToken: async (...given: Parameters<typeof channel.port.editByToken>) => {
        await new Promise<void>((resolve) => {
          held.push(resolve);
        });
        return channel.port.editByToken(...given);
      },
    };
    const editor = createProgressEditor({ messages: port, clock, log, editEveryMs: EVERY });
    editor.show(at(1));
    editor.show(at(2));
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
    const { clock, channel, editor } = editorAt();
    channel.scripted.editByToken.push({ kind: 'try-again', afterMs: MINUTE, detail: '429' });
    editor.show(at(1));
    await settle();
    editor.show({ task: aTask({ id: '1300000000000000002', stage: running() }) });
    await settle();
    expect(channel.calls).toHaveLength(2);
    await clock.advance(MINUTE - 1);
    expect(channel.calls).toHaveLength(2);
    await clock.advance(1);
    expect(channel.calls).toHaveLength(3);
    expect(channel.messages[0]?.shown).toBe('running');
  });

  it('end after an hour', async () => {
    const { clock, channel, editor } = editorAt(NOON + 60 * MINUTE + 1);
    const address = anAddress({ rung: 'channel' });
    editor.show(at(1, { address }));
    await clock.advance(MINUTE);
    editor.show(at(2, { address }));
    await clock.advance(MINUTE);
    expect(channel.calls).toEqual([]);
  });

  it('go by the channel message where the token is 14 minutes old', async () => {
    const { channel, editor } = editorAt(NOON + 14 * MINUTE);
    editor.show(at(1));
    await settle();
    expect(channel.calls).toEqual([`editInChannel ${MESSAGE_ID} running`]);
    expect(channel.unauthorized).toEqual([]);
  });

  it('learn from a refused token and do not repeat it', async () => {
    const { clock, channel, editor } = editorAt();
    channel.scripted.editByToken.push({ kind: 'unreached', why: 'token-refused' });
    editor.show(at(1));
    await clock.advance(MINUTE);
    editor.show(at(2));
    await clock.advance(MINUTE);
    expect(channel.unauthorized).toHaveLength(1);
    expect(channel.calls.filter((call) => call.startsWith('editByToken'))).toHaveLength(1);
    expect(editor.learnt(TASK_ID)).toMatchObject({ rung: 'channel' });
    expect(channel.messages[0]?.shown).toBe('running');
  });

  it('post no new message where theirs is deleted', async () => {
    const { clock, channel, editor } = editorAt();
    for (const message of channel.messages) message.isDeleted = true;
    editor.show(at(1));
    await clock.advance(MINUTE);
    editor.show(at(2));
    await clock.advance(MINUTE);
    expect(channel.calls).toHaveLength(1);
    expect(channel.messages).toHaveLength(1);
    await expect(editor.finish(TASK_ID)).resolves.toMatchObject({ rung: 'repost' });
  });

  it('are logged and not repeated where they break', async () => {
    const { clock, channel, log } = editorAt();
    let calls = 0;
    const editByToken = async (): Promise<never> => {
      calls += 1;
      throw new Error('bug');
    };
    const messages = { ...channel.port, editByToken };
    const editor = createProgressEditor({ messages, clock, log, editEveryMs: EVERY });
    editor.show(at(1));
    await clock.advance(MINUTE);
    expect(calls).toBe(1);
    expect(log.lines).toMatchObject([{ level: 'error' }]);
  });
});

describe('the end of progress edits', () => {
  it('waits for the one under way, and lets none follow', async () => {
    const { clock, channel, log } = editorAt();
    let answer: (() => void) | undefined;
    const port = {
      ...channel.port,
      editByToken: async (...given: Parameters<typeof channel.port.editByToken>) => {
        await new Promise<void>((resolve) => {
          answer = resolve;
        });
        return channel.port.editByToken(...given);
      },
    };
    const editor = createProgressEditor({ messages: port, clock, log, editEveryMs: EVERY });
    editor.show(at(1));
    await settle();
    editor.show(at(2));
    let isFinished = false;
    const finishing = editor.finish(TASK_ID).finally(() => {
      isFinished = true;
    });
    await clock.advance(MINUTE);
    expect(isFinished).toBe(false);
    answer?.();
    await finishing;
    await clock.advance(MINUTE);
    expect(channel.messages[0]?.history).toEqual(['running']);
  });

  it('drops an edit that waits for its time', async () => {
    const { clock, channel, editor } = editorAt();
    editor.show(at(1));
    await settle();
    editor.show(at(2));
    await expect(editor.finish(TASK_ID)).resolves.toBeUndefined();
    await clock.advance(MINUTE);
    expect(channel.calls).toHaveLength(1);
    expect(clock.timersSet()).toBe(0);
  });

  it('is no trouble for a task that was never shown', async () => {
    await expect(editorAt().editor.finish(TASK_ID)).resolves.toBeUndefined();
  });

  it('of them all lets no timer and no edit follow', async () => {
    const { clock, channel, editor } = editorAt();
    editor.show(at(1));
    await settle();
    editor.show(at(2));
    editor.stop();
    editor.show(at(3));
    await clock.advance(MINUTE);
    expect(channel.calls).toHaveLength(1);
    expect(clock.timersSet()).toBe(0);
  });
});
