import { describe, expect, it } from 'vitest';
import type { Task } from '../../src/domain/tasks/task.ts';
import { TASK_ID, aTask, anAddress, telling } from '../fakes/a-task.ts';
import { work, workerWorld } from '../fakes/worker-world.ts';

const OUTCOME = { kind: 'outcome-unknown' } as const;

/** A task that ended held, and whose hold was ended since. */
const retold = (changes: Partial<Task> = {}): Task =>
  aTask({
    stage: telling(OUTCOME, { isReNotified: true }),
    money: { state: 'released', assumed: false },
    operatorMoney: { state: 'held', amounts: { videos: 1n, seconds: 5n } },
    address: anAddress({ deliveryPath: 'channel' }),
    ...changes,
  });

describe('how a hold was ended', () => {
  it('is said in the message of its task, and moves no money', async () => {
    const world = workerWorld(retold());
    await work(world);
    const { address, money, operatorMoney } = retold();
    expect(world.channel.messages[0]?.views.at(-1)?.task.money).toEqual(money);
    const task = world.tasks.byId.get(TASK_ID);
    expect(task).toMatchObject({ stage: { name: 'ended', notified: true }, address, money });
    expect(task?.operatorMoney).toEqual(operatorMoney);
  });

  it.each([
    ['was deleted', anAddress({ deliveryPath: 'channel' })],
    ['was a new message', anAddress({ deliveryPath: 'repost', repostId: '1300000000000000041' })],
  ])(
    'is no new message where the old one %s, and the way to it stays known',
    async (_, address) => {
      const world = workerWorld(retold({ address }));
      for (const message of world.channel.messages) message.isDeleted = true;
      await work(world);
      expect(world.channel.calls.filter((call) => call.startsWith('post'))).toEqual([]);
      expect(world.tasks.byId.get(TASK_ID)).toMatchObject({
        stage: { name: 'ended', notified: false },
        address,
      });
    },
  );

  it('is no second ping or notice, however the task had ended', async () => {
    const world = workerWorld(
      retold({ stage: telling({ kind: 'undeliverable' }, { isReNotified: true }) }),
    );
    await work(world);
    expect(world.notified).toEqual([]);
  });
});
