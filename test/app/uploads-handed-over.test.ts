import { expect, it } from 'vitest';
import { createOwnedSlots } from '../../src/app/slots/owned-slots.ts';
import { slotOf } from '../../src/domain/slots.ts';
import { GUILD_ID } from '../fakes/a-task.ts';
import { settle } from '../fakes/clock.ts';
import { held } from '../fakes/held.ts';
import { assetsIn, linesIn, namedProcess, namedWorld, naming, pass } from '../fakes/named-world.ts';
import type { NamedWorld } from '../fakes/named-world.ts';

const SLOT = slotOf(GUILD_ID);

/** A process whose uploads of a named picture are under way; `answers` lets them be answered. */
async function uploading(world: NamedWorld) {
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
  expect(uploadsIn(world)).toEqual([1, 1]);
  return { ...process, changes, answers };
}

const uploadsIn = ({ jimmy, anyfast }: NamedWorld): number[] => [
  jimmy.uploads.length,
  anyfast.uploads.length,
];

const endsIn = (world: NamedWorld) =>
  assetsIn(world).flatMap(({ uploads }) => uploads.map(({ end }) => end));

it('a hand-over waits for the answers of uploads, which are made and charged once', async () => {
  const world = namedWorld();
  const { changes, answers } = await uploading(world);
  const releasing = changes.release(SLOT);
  const stillUploading = settle().then(() => 'uploading');
  await expect(Promise.race([releasing, stillUploading])).resolves.toBe('uploading');
  answers.open();
  await releasing;
  expect(endsIn(world)).toEqual(['answered', 'answered']);
  const next = await namedProcess(world);
  await pass(world, next);
  expect(uploadsIn(world)).toEqual([1, 1]);
  expect(linesIn(world).map(({ state }) => state)).toEqual(['settled', 'settled']);
});

it('an answer that comes after the server was lost is left alone, and nothing waits for it', async () => {
  const world = namedWorld();
  const { changes, answers, desk } = await uploading(world);
  const losing = changes.onLost([SLOT]);
  answers.open();
  await losing;
  await desk.settled();
  expect(endsIn(world)).toEqual([undefined, undefined]);
  const next = await namedProcess(world);
  await pass(world, next);
  // What the library can be asked for is found.
  expect(uploadsIn(world)).toEqual([2, 1]);
  expect(world.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
});

it('a hand-over waits for no look, whose answer is left to the next owner', async () => {
  const world = namedWorld();
  const looks = held();
  world.jimmy.lookGate = looks.opened;
  world.anyfast.lookGate = looks.opened;
  const process = await uploading(world);
  const { changes, answers, desk } = process;
  answers.open();
  await pass(world, process);
  expect([world.jimmy.looks.length, world.anyfast.looks.length]).toEqual([1, 1]);
  await changes.release(SLOT);
  const before = assetsIn(world);
  looks.open();
  await desk.settled();
  expect(assetsIn(world)).toEqual(before);
  await pass(world, await namedProcess(world));
  expect(assetsIn(world).map(({ state }) => state.name)).toEqual(['active', 'active']);
  expect(world.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
});
