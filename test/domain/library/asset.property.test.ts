import { array, assert, constantFrom, integer, oneof, property, record } from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { expect, it } from 'vitest';
import { afterDeletion, asDoomed, cleanStep } from '../../../src/domain/library/asset-cleaning.ts';
import {
  afterFind,
  afterLook,
  afterUpload,
  nextStep,
  withUpload,
} from '../../../src/domain/library/asset-transitions.ts';
import { idOf, isUsed, unclearUpload } from '../../../src/domain/library/asset.ts';
import type { Asset } from '../../../src/domain/library/asset.ts';
import { withUse, withoutUse } from '../../../src/domain/library/asset-uses.ts';
import { anAsset } from '../../fakes/an-asset.ts';
import { NOON } from '../../fakes/clock.ts';

/** A library and what the bot knows of one asset in it. */
interface World {
  asset: Asset;
  /** The ids in the library, by the names of their uploads. */
  readonly there: Map<string, string>;
  made: number;
  nowMs: number;
  isForgotten: boolean;
}

type Luck = 'good' | 'lost' | 'cut' | 'not-sent' | 'failed' | 'missing';
type Action =
  | { readonly kind: 'use' | 'release'; readonly task: number }
  | { readonly kind: 'step' | 'clean'; readonly luck: Luck };

const TRAITS = { canFind: true, canDelete: true };

const lucks = constantFrom<Luck>('good', 'good', 'lost', 'cut', 'not-sent', 'failed', 'missing');
const actions: Arbitrary<Action> = oneof(
  record({
    kind: constantFrom('use' as const, 'release' as const),
    task: integer({ min: 1, max: 3 }),
  }),
  record({
    kind: constantFrom('step' as const, 'step' as const, 'clean' as const),
    luck: lucks,
  }),
);

function run(world: World, action: Action): void {
  world.nowMs += 7000;
  if ('task' in action) {
    const use = { by: 'task', id: String(action.task) } as const;
    if (action.kind === 'use') {
      if (world.isForgotten) world.asset = anAsset();
      world.isForgotten = false;
      world.asset = withUse(world.asset, use);
    } else world.asset = withoutUse(world.asset, use, world.nowMs);
    return;
  }
  if (world.isForgotten) return;
  if (action.kind === 'clean') clean(world, action.luck);
  else if (isUsed(world.asset)) step(world, action.luck);
}

function step(world: World, luck: Luck): void {
  const next = nextStep(world.asset, world.nowMs, TRAITS.canFind);
  switch (next.do) {
    case 'upload':
      return upload(world, luck);
    case 'find':
      world.asset = afterFind(world.asset, world.there.get(next.name), world.nowMs);
      return;
    case 'look': {
      const isThere = [...world.there.values()].includes(next.id);
      if (luck === 'missing' && isThere) removeId(world, next.id);
      const fault = { why: 'failed', category: 'unknown' } as const;
      const look =
        luck === 'failed' ? ({ kind: 'failed', fault } as const) : ({ kind: 'active' } as const);
      const found = isThere && luck !== 'missing' ? look : ({ kind: 'missing' } as const);
      world.asset = afterLook(world.asset, found, world.nowMs);
      return;
    }
    case 'use':
    case 'refuse':
    case 'give-up':
      return;
  }
}

function upload(world: World, luck: Luck): void {
  // Nothing is uploaded while the answer to an earlier upload is known.
  expect(idOf(world.asset)).toBeUndefined();
  world.made += 1;
  const name = `n-${world.made}`;
  world.asset = withUpload(world.asset, { name, by: 'task' }, world.nowMs);
  if (luck === 'not-sent') {
    world.asset = afterUpload(world.asset, { kind: 'not-sent' }, world.nowMs);
    return;
  }
  const id = `a-${world.made}`;
  world.there.set(name, id);
  // Killed before the answer was recorded.
  if (luck === 'cut') return;
  const answer =
    luck === 'lost' ? ({ kind: 'lost' } as const) : ({ kind: 'uploaded', id } as const);
  world.asset = afterUpload(world.asset, answer, world.nowMs);
}

function clean(world: World, luck: Luck): void {
  const next = cleanStep(world.asset, TRAITS, false);
  switch (next.do) {
    case 'keep':
      return;
    case 'find':
      world.asset = afterFind(world.asset, world.there.get(next.name), world.nowMs);
      return;
    case 'doom':
      world.asset = asDoomed(world.asset);
      return;
    case 'delete':
      // What is used is never deleted.
      expect(isUsed(world.asset) && idOf(world.asset) === next.id).toBe(false);
      removeId(world, next.id);
      if (luck !== 'cut') world.asset = afterDeletion(world.asset, next.id);
      return;
    case 'forget':
      world.isForgotten = true;
  }
}

function removeId({ there }: World, id: string): void {
  for (const [name, known] of there) if (known === id) there.delete(name);
}

/** Whether the bot can still reach everything that lies in the library. */
function knowsAll({ asset, there, isForgotten }: World): boolean {
  const known = new Set([idOf(asset), ...asset.doomed]);
  return [...there].every(
    ([name, id]) => !isForgotten && (known.has(id) || unclearUpload(asset) === name),
  );
}

it('uploads nothing twice, deletes nothing that is used, and loses sight of nothing', () => {
  assert(
    property(array(actions, { maxLength: 60 }), (all) => {
      const world: World = {
        asset: anAsset(),
        there: new Map(),
        made: 0,
        nowMs: NOON,
        isForgotten: false,
      };
      for (const action of all) {
        run(world, action);
        expect(knowsAll(world)).toBe(true);
      }
    }),
  );
});
