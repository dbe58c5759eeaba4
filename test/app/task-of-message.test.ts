import { describe, expect, it } from 'vitest';
import type { SomeMessage } from '../../src/app/second/task-of-message.ts';
import { taskOfMessage } from '../../src/app/second/task-of-message.ts';
import type { Task } from '../../src/domain/tasks/task.ts';
import { GUILD_ID, MESSAGE_ID, TASK_ID, aTask, anAddress } from '../fakes/a-task.ts';

const OTHER = '1300000000000000999';

const find = async (message: Partial<SomeMessage>, task: Task = aTask(), guildId = GUILD_ID) =>
  taskOfMessage(
    { tasks: { get: async (id) => (id === task.id ? task : undefined) } },
    { guildId },
    { id: MESSAGE_ID, forwardedId: undefined, customIds: [`again:${TASK_ID}`], ...message },
  );

describe('the task of a message', () => {
  it.each<[string, Partial<SomeMessage>]>([
    ['its own', {}],
    ['its own, by its menu alone', { customIds: ['x', 'y:z', `more:${TASK_ID}`] }],
    ['a forward of it', { id: OTHER, forwardedId: MESSAGE_ID }],
  ])('is found by %s', async (_what, message) => {
    expect((await find(message))?.id).toBe(TASK_ID);
  });

  it('is found by the message that replaced its first one', async () => {
    const task = aTask({ address: anAddress({ repostId: OTHER }) });
    expect((await find({ id: OTHER }, task))?.id).toBe(TASK_ID);
    expect(await find({}, task)).toBeUndefined();
  });

  it.each<[string, Partial<SomeMessage>]>([
    ['without buttons', { customIds: [] }],
    ['with a button that another bot made', { id: OTHER }],
    ['with buttons of something else', { customIds: ['again:../../etc', 'again:'] }],
    ['of a task that never was', { customIds: [`again:${OTHER}`] }],
  ])('is none of a message %s', async (_what, message) => {
    expect(await find(message)).toBeUndefined();
  });

  it('is none of another server’s message, or where its message is not known', async () => {
    expect(await find({}, aTask(), OTHER)).toBeUndefined();
    const { messageId: _, ...address } = anAddress();
    expect(await find({}, aTask({ address }))).toBeUndefined();
  });
});
