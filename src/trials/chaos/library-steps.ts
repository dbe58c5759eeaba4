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
