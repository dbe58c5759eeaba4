import { expect, it } from 'vitest';
import { createIdentifyTurns } from '../../src/discord/identify-turns.ts';
import { fakeClock, settle } from '../fakes/clock.ts';

const never = new AbortController().signal;

it('lets the shards of a bucket begin more than five seconds apart, in their order', async () => {
  const clock = fakeClock();
  const awaitTurn = createIdentifyTurns(clock);
  const begun: [number, number][] = [];
  const turns = [0, 2, 1, 4].map(async (shard) => {
    await awaitTurn({ shard, bucket: shard % 2 }, never);
    begun.push([shard, clock.elapsed()]);
  });
  await clock.advance(20_000);
  await Promise.all(turns);
  expect(begun).toEqual([
    [0, 0],
    [1, 0],
    [2, 5500],
    [4, 11_000],
  ]);
});

it('lets one begin at once when the last one is long ago', async () => {
  const clock = fakeClock();
  const awaitTurn = createIdentifyTurns(clock);
  await awaitTurn({ shard: 0, bucket: 0 }, never);
  await clock.advance(5500);
  await awaitTurn({ shard: 0, bucket: 0 }, never);
  expect(clock.timersSet()).toBe(0);
});

it('ends the wait of a shard that is given up', async () => {
  const clock = fakeClock();
  const awaitTurn = createIdentifyTurns(clock);
  await awaitTurn({ shard: 0, bucket: 0 }, never);
  const givingUp = new AbortController();
  const turn = awaitTurn({ shard: 1, bucket: 0 }, givingUp.signal);
  const ended = turn.catch((cause: unknown) => cause);
  await settle();
  givingUp.abort(new Error('given up'));
  expect(await ended).toMatchObject({ message: 'given up' });
  expect(clock.timersSet()).toBe(0);
});
