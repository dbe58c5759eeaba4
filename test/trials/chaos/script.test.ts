import { describe, expect, it } from 'vitest';
import { createDice } from '../../../src/trials/chaos/dice.ts';
import { hasLibrary } from '../../../src/trials/chaos/library-steps.ts';
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

  it('plays every way to a second video, every use of a menu, and everyone who clicks', () => {
    const steps = SEEDS.flatMap((seed) => writeScript(createDice(seed), BRIEF)).map(
      ({ step }) => step,
    );
    const seconds = steps.filter((step) => step.kind === 'second');
    const menus = steps.filter((step) => step.kind === 'menu');
    expect(new Set(seconds.map(({ way }) => way))).toEqual(
      new Set<string>(
        'again edit higher other continue pictures animate-picture animate-video mend'.split(' '),
      ),
    );
    expect(new Set(menus.map(({ deed }) => deed))).toEqual(new Set(['share', 'report', 'delete']));
    for (const clicks of [seconds, menus]) {
      expect(new Set(clicks.map(({ by, times }) => `${by} ${times}`)).size).toBe(6);
    }
    expect(steps.some(({ kind }) => kind === 'undo')).toBe(true);
  });

  it('brings media into libraries in half of the rounds, and gives files names in half of them', () => {
    const ofRounds = SEEDS.map((seed) => new Set(kindsOf(seed, BRIEF)));
    for (const kind of ['share-media', 'use-name'] as const) {
      const share = ofRounds.filter((kinds) => kinds.has(kind)).length / SEEDS.length;
      expect(share).toBeCloseTo(0.5, 1);
    }
    const kinds = new Set(ofRounds.flatMap((one) => [...one]));
    for (const kind of ['forget', 'name', 'remove-name'] as const) expect(kinds).toContain(kind);
    // What needs the setting is not played without it.
    for (const seed of SEEDS) {
      const isOn = hasLibrary(createDice(seed), BRIEF);
      expect(kindsOf(seed, BRIEF).includes('share-media')).toBe(isOn);
    }
  });

  it('gives each command a number of its own, which is in its label', () => {
    for (const seed of SEEDS) {
      const numbers = writeScript(createDice(seed), FULL).flatMap(({ step }) =>
        'number' in step && step.kind !== 'menu' ? step.number : [],
      );
      expect(new Set(numbers).size).toBe(numbers.length);
    }
  });

  it('is the same for the same seed', () => {
    for (const seed of SEEDS.slice(0, 20)) {
      expect(writeScript(createDice(seed), FULL)).toEqual(writeScript(createDice(seed), FULL));
    }
  });
});
