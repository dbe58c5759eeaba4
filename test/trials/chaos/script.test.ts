import { describe, expect, it } from 'vitest';
import { createDice } from '../../../src/trials/chaos/dice.ts';
import { BRIEF, FULL } from '../../../src/trials/chaos/pace.ts';
import { writeScript } from '../../../src/trials/chaos/script.ts';
import type { ScriptStep } from '../../../src/trials/chaos/script-step.ts';

const SEEDS = Array.from({ length: 300 }, (_, number) => `script/${number}`);

const kindsOf = (seed: string, pace: typeof FULL): ScriptStep['kind'][] =>
  writeScript(createDice(seed), pace).map(({ step }) => step.kind);

describe('the script of a round', () => {
  it.each([
    ['full', FULL],
    ['brief', BRIEF],
  ])('in a %s round copies the store before it puts the copy back, once', (_, pace) => {
    const restored = SEEDS.map((seed) => kindsOf(seed, pace)).filter((kinds) =>
      kinds.some((kind) => kind === 'copy' || kind === 'restore'),
    );
    for (const kinds of restored) {
      const both = kinds.filter((kind) => kind === 'copy' || kind === 'restore');
      expect(both).toEqual(['copy', 'restore']);
    }
    expect(restored.length / SEEDS.length).toBeCloseTo(pace.restoreChance, 1);
  });

  it('makes copies of each kind, and restores after a stop and after a kill', () => {
    const steps = SEEDS.flatMap((seed) => writeScript(createDice(seed), BRIEF));
    const copies = new Set(steps.flatMap(({ step }) => (step.kind === 'copy' ? step.copy : [])));
    const ends = new Set(steps.flatMap(({ step }) => (step.kind === 'restore' ? step.after : [])));
    expect(copies).toEqual(new Set(['backup', 'hand', 'folder']));
    expect(ends).toEqual(new Set(['SIGKILL', 'SIGTERM']));
  });

  it('is the same for the same seed', () => {
    for (const seed of SEEDS.slice(0, 20)) {
      expect(writeScript(createDice(seed), FULL)).toEqual(writeScript(createDice(seed), FULL));
    }
  });
});
