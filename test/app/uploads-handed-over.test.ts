import { expect, it } from 'vitest';
import { createOwnedSlots } from '../../src/app/slots/owned-slots.ts';
import { slotOf } from '../../src/domain/slots.ts';
import { GUILD_ID } from '../fakes/a-task.ts';
import { settle } from '../fakes/clock.ts';
import { held } from '../fakes/held.ts';
import { assetsIn, linesIn, namedProcess, namedWorld, naming, pass } from '../fakes/named-world.ts';

const SLOT = slotOf(GUILD_ID);

it('a hand-over waits for the answers of uploads, which are made and charged once', async () => {
  const world = namedWorld();
  const { ownership, changing } = createOwnedSlots({ isValidFor: () => true }, world.log);
  const process = await namedProcess(world, { ownership });
  const { named, store } = process;
  const changes = changing({
    resume: async () => undefined,
    endSteps: async () => undefined,
    async letGo(slots) {
      await named.letGo(slots);
      store.letGo(slots);
    },
    lose: () => undefined,
    takeLateAnswer: async () => true,
  });
  await changes.onGained([SLOT]);
  const answers = held();
  world.jimmy.gate = answers.opened;
  world.anyfast.gate = answers.opened;
  await named.add(naming());
  for (let rounds = 0; rounds < 5; rounds += 1) {
    await named.goOn();
    await settle();
  }
  const uploads = (): number[] => [world.jimmy.uploads.length, world.anyfast.uploads.length];
  expect(uploads()).toEqual([1, 1]);
  const releasing = changes.release(SLOT);
  const stillUploading = settle().then(() => 'uploading');
  await expect(Promise.race([releasing, stillUploading])).resolves.toBe('uploading');
  answers.open();
  await releasing;
  expect(assetsIn(world).flatMap(({ uploads: made }) => made.map(({ end }) => end))).toEqual([
    'answered',
    'answered',
  ]);
  const next = await namedProcess(world);
  await pass(world, next);
  expect(uploads()).toEqual([1, 1]);
  expect(linesIn(world).map(({ state }) => state)).toEqual(['settled', 'settled']);
});
