import { pickFrom } from './dice.ts';
import type { Dice } from './dice.ts';
import type { ScriptStep } from './script-step.ts';
import { ATTACHED } from './shared-media.ts';

/** Priced per second, and without a known price. */
const FULL_MODELS = ['jimmy/sd2_mx', 'jimmy/sd2_mx', 'jimmy/sd2_mx_fast'] as const;

/** Whether Jimmy AI's library for its Full models is on in a round. */
export function hasLibrary(dice: Dice, { libraryChance }: { readonly libraryChance: number }) {
  return dice('library') < libraryChance;
}

/** Up to three members of a guild ask for videos with the same files, at once or not. */
export function shareStep(dice: Dice, index: number): ScriptStep {
  return {
    kind: 'share-media',
    number: 300 + 10 * index,
    model: pickFrom(FULL_MODELS, dice('full model', index)) ?? FULL_MODELS[0],
    attached: pickFrom(ATTACHED, dice('attached', index)) ?? {},
    size: 1 + Math.floor(dice('sharing', index) * 3),
    isAtOnce: dice('shared at once', index) < 0.6,
  };
}

export function forgetStep(): ScriptStep {
  return { kind: 'forget' };
}

/** Whether admins give files names in a round. */
export function hasNames(dice: Dice, { namesChance }: { readonly namesChance: number }): boolean {
  return dice('names') < namesChance;
}

const NAMED_WORDS = ['sun', 'moon', 'star', 'walk'] as const;
/** AnyFast's library alone has a deletion. */
const NAMED_MODELS = [
  'anyfast/seedance-2.0-mini',
  'anyfast/seedance-2.0-mini',
  'jimmy/seedance2.0-sp',
] as const;

export function nameStep(dice: Dice, index: number): ScriptStep {
  const word = pickFrom(NAMED_WORDS, dice('named', index)) ?? 'sun';
  return {
    kind: 'name',
    word,
    times: dice('named twice', index) < 0.3 ? 2 : 1,
    isPerson: word !== 'walk' && dice('portrait', index) < 0.15,
  };
}

export function useNameStep(dice: Dice, index: number): ScriptStep {
  return {
    kind: 'use-name',
    number: 400 + 10 * index,
    model: pickFrom(NAMED_MODELS, dice('named model', index)) ?? NAMED_MODELS[0],
    size: 1 + Math.floor(dice('naming', index) * 3),
    isRemoved: dice('removed meanwhile', index) < 0.5,
  };
}

export function removeNameStep(): ScriptStep {
  return { kind: 'remove-name' };
}
