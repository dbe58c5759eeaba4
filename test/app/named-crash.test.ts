import { expect, it } from 'vitest';
import { guildAccountKey, memberAccountKey } from '../../src/domain/ledger/account-key.ts';
import { countedCost, isCounted } from '../../src/domain/ledger/usage-sums.ts';
import { GUILD_ID, MEMBER_ID } from '../fakes/a-task.ts';
import { dyingAt } from '../fakes/dying-process.ts';
import {
  addReady,
  assetsIn,
  linesIn,
  namedProcess,
  namedWorld,
  naming,
  pass,
  places,
  sumsIn,
} from '../fakes/named-world.ts';
import type { NamedWorld } from '../fakes/named-world.ts';

const INSTANTS = Array.from({ length: 40 }, (_, index) => index + 1);

/** Faults in the money: every line ended, and every account what the lines say. */
function moneyFaults(world: NamedWorld): string[] {
  const lines = linesIn(world);
  const sum = lines
    .filter(isCounted)
    .reduce((total, line) => total + (countedCost(line) ?? 0n), 0n);
  const expected = `${sum} used, 0 reserved, 0 videos`;
  const keys = [undefined, guildAccountKey(GUILD_ID), memberAccountKey(GUILD_ID, MEMBER_ID)];
  return [
    ...lines.filter(({ state }) => state === 'reserved').map(({ route }) => `${route} is open`),
    ...keys
      .map((key) => sumsIn(world, key))
      .filter((one) => one !== expected)
      .map((one) => `${one}, not ${expected}`),
  ];
}

function uploadFaults(world: NamedWorld): string[] {
  const states = new Map(linesIn(world).map(({ route, state }) => [route, state]));
  const { jimmy, anyfast } = world;
  return [
    ...(anyfast.uploads.length <= 1 ? [] : ['uploaded twice although there is a list']),
    ...(jimmy.uploads.length <= 2 ? [] : ['uploaded three times']),
    ...[jimmy, anyfast].flatMap(({ uploads, port }) => {
      const state = states.get(`${port.id.split('/')[0] ?? ''}/upload`);
      const isFree = state === undefined || state.startsWith('released');
      return uploads.length > 0 && isFree ? [`${port.id} has it, and the money is ${state}`] : [];
    }),
  ];
}

it.each(['before', 'after'] as const)(
  'killed at any effect of an addition, %s it took hold, it uploads once and loses no charge',
  async (when) => {
    let kills = 0;
    for (const nth of INSTANTS) {
      const world = namedWorld();
      const { guard, isDead } = dyingAt(nth, when);
      const dying = await namedProcess(world, { guard });
      void dying.named.add(naming());
      await pass(world, dying);
      if (isDead()) kills += 1;
      const process = await namedProcess(world);
      await pass(world, process, 60_000);
      const found = await places(process);
      const isReady = found.every((place) => place.endsWith(' usable'));
      const faults = [...(isReady ? [] : found), ...uploadFaults(world), ...moneyFaults(world)];
      const at = `killed ${when} effect ${nth}`;
      expect({ at, faults }).toEqual({ at, faults: [] });
    }
    expect(kills).toBeGreaterThan(8);
    expect(kills).toBeLessThan(INSTANTS.length);
  },
);

it.each(['before', 'after'] as const)(
  'killed at any effect of a removal, %s it took hold, it leaves nothing where it can be deleted',
  async (when) => {
    let kills = 0;
    for (const nth of INSTANTS.slice(0, 20)) {
      const world = namedWorld();
      const first = await namedProcess(world);
      await addReady(world, first);
      await first.named.stop();
      const { guard, isDead } = dyingAt(nth, when);
      const dying = await namedProcess(world, { guard });
      void dying.named.remove(GUILD_ID, 'hero');
      await pass(world, dying, 2000);
      if (isDead()) kills += 1;
      const process = await namedProcess(world);
      const isKept = (await places(process)).length > 0;
      if (isKept) await process.named.remove(GUILD_ID, 'hero');
      await process.cleaner.sweep(new AbortController().signal);
      const at = `killed ${when} effect ${nth}`;
      const names = assetsIn(world).flatMap(({ uses }) => uses.names);
      const faults = [
        ...(world.anyfast.there.size === 0 ? [] : ['left at AnyFast']),
        ...names,
        ...moneyFaults(world),
      ];
      expect({ at, faults }).toEqual({ at, faults: [] });
    }
    expect(kills).toBeGreaterThan(1);
  },
);
