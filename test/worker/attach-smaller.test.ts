import { describe, expect, it } from 'vitest';
import { RESULT_URL, TASK_ID, aTask, anAddress, delivering } from '../fakes/a-task.ts';
import { NOON, settle } from '../fakes/clock.ts';
import { work, workerWorld } from '../fakes/worker-world.ts';

const MIB = 1_048_576;

const tooLarge = (changes = {}) =>
  aTask({
    stage: delivering(),
    secrets: { ...aTask().secrets, resultUrl: RESULT_URL },
    attachmentLimitBytes: 25 * MIB,
    ...changes,
  });

/** A world in which a clip that is too large was delivered by its address. */
async function delivered(changes = {}) {
  const world = workerWorld(tooLarge(changes));
  world.video.answers.push({ kind: 'too-large', bytes: 30 * MIB });
  await work(world);
  const [smaller] = world.smaller;
  if (smaller === undefined) throw new Error('no smaller clip is asked for');
  return { world, smaller };
}

describe('a smaller clip', () => {
  it('is edited into the message that has the address, once', async () => {
    const { world, smaller } = await delivered();
    expect(smaller.maxBytes).toBe(25 * MIB);
    await smaller.attach(new Blob(['small']));
    expect(world.channel.calls.slice(1)).toEqual([
      'editByToken @original delivered-link clapper-seedance2-0-sp-000001.mp4',
    ]);
    expect(world.tasks.byId.get(TASK_ID)?.stage.name).toBe('ended');
  });

  it('is as small as any channel takes, where the token will be too old', async () => {
    const { world, smaller } = await delivered({
      address: anAddress({ tokenSince: NOON - 10 * 60_000 }),
    });
    expect(smaller.maxBytes).toBe(10 * MIB);
    await smaller.attach(new Blob(['small']));
    expect(world.channel.calls).toHaveLength(2);
  });

  it.each([
    ['once it is attached', true, [`delivered ${TASK_ID} smaller`]],
    ['without it where none could be made', false, [`delivered ${TASK_ID}`]],
  ])('is shown in the gallery %s, not before', async (_what, isMade, shown) => {
    const { world, smaller } = await delivered();
    expect(world.notified).toEqual([]);
    if (isMade) await smaller.attach(new Blob(['small']));
    smaller.ended();
    await settle();
    expect(world.notified).toEqual(shown);
  });

  it('is shown nowhere once the task is deleted', async () => {
    const { world, smaller } = await delivered();
    world.tasks.byId.delete(TASK_ID);
    smaller.ended();
    await settle();
    expect(world.notified).toEqual([]);
  });

  it('is attached nowhere once the task is deleted', async () => {
    const { world, smaller } = await delivered();
    world.tasks.byId.delete(TASK_ID);
    await smaller.attach(new Blob(['small']));
    expect(world.channel.calls).toHaveLength(1);
  });

  it('that Discord does not take leaves the address, and no new message', async () => {
    const { world, smaller } = await delivered();
    for (const message of world.channel.messages) message.isDeleted = true;
    await smaller.attach(new Blob(['small']));
    expect(world.channel.messages).toHaveLength(1);
  });
});
