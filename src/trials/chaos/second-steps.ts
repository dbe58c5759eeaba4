import type { Clicker } from './clickers.ts';
import type { Deed } from './deeds.ts';
import { pick } from './dice.ts';
import type { Dice, Weighted } from './dice.ts';
import type { ScriptStep, SecondWay } from './script-step.ts';

const SECOND_WAYS: Weighted<SecondWay> = [
  [6, 'again'],
  [3, 'higher'],
  [3, 'other'],
  [3, 'continue'],
  [2, 'pictures'],
  [2, 'animate-picture'],
  [1, 'animate-video'],
  [3, 'mend'],
];

const DEEDS: Weighted<Deed['kind']> = [
  [3, 'share'],
  [2, 'report'],
  [3, 'delete'],
];

const CLICKERS: Weighted<Clicker> = [
  [5, 'caller'],
  [2, 'another'],
  [2, 'outsider'],
];

/** "Edit" is played most: a form that is sent twice is what a claim is for. */
export function editStep(dice: Dice, index: number): ScriptStep {
  return {
    kind: 'second',
    way: 'edit',
    number: 700 + index,
    times: dice('sent twice', index) < 0.5 ? 2 : 1,
    by: pick(CLICKERS, dice('edited by', index)),
  };
}

export function secondStep(dice: Dice, index: number): ScriptStep {
  return {
    kind: 'second',
    way: pick(SECOND_WAYS, dice('second way', index)),
    number: 500 + index,
    times: dice('twice', index) < 0.5 ? 2 : 1,
    by: pick(CLICKERS, dice('second by', index)),
  };
}

export function menuStep(dice: Dice, number: number): ScriptStep {
  return {
    kind: 'menu',
    deed: pick(DEEDS, dice('deed', number)),
    number,
    times: dice('deed twice', number) < 0.4 ? 2 : 1,
    by: pick(CLICKERS, dice('deed by', number)),
  };
}

export function undoStep(dice: Dice, index: number): ScriptStep {
  return {
    kind: 'undo',
    times: dice('undone twice', index) < 0.5 ? 2 : 1,
  };
}
