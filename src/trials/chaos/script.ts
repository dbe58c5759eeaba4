import { pick, pickFrom } from './dice.ts';
import type { Dice, Weighted } from './dice.ts';
import type { CopyKind } from './evidence.ts';
import type { Disturbance, ScriptStep } from './script-step.ts';

const DISTURBANCES: Weighted<Disturbance> = [
  [3, 'kill'],
  [2, 'stop'],
  [2, 'hand-over'],
  [2, 'cut-gateway'],
  [1, 'reconnect'],
  [1, 'invalidate'],
  [5, 'deliver-again'],
  [4, 'delete-message'],
  [2, 'delete-repost'],
  [1, 'deny-view'],
  [1, 'deny-send'],
  [2, 'deny-attach'],
  [1, 'archive'],
  [3, 'restore-permissions'],
  [5, 'pass-time'],
  [2, 'flicker'],
];

/** Priced per task, per second, without a known price, and by tokens. */
const MODELS = [
  'jimmy/seedance2.0-mini-sp',
  'jimmy/seedance2.0-sp',
  'jimmy/seedance2.0-fast-i2v',
  'anyfast/seedance-2.0-mini',
] as const;

/** How many steps of each kind a round has. */
export interface Extent {
  readonly videos: Span;
  readonly clicks: Span;
  readonly bursts: Span;
  readonly edits: Span;
  readonly cancels: Span;
  readonly disturbances: Span;
  readonly holdEnds: Span;
  /** The chance that a copy of the store is restored, from 0 to 1. */
  readonly restoreChance: number;
  /** The longest pause before a step, in milliseconds. */
  readonly maxPauseMs: number;
}

/** At least `min`, and up to `extra` more. */
interface Span {
  readonly min: number;
  readonly extra: number;
}

/** Writes the steps of a round, shuffled, each with the pause before it in milliseconds. */
export function writeScript(
  dice: Dice,
  {
    videos,
    bursts,
    clicks,
    edits,
    cancels,
    disturbances,
    holdEnds,
    restoreChance,
    maxPauseMs,
  }: Extent,
): readonly { readonly pauseMs: number; readonly step: ScriptStep }[] {
  const between = ({ min, extra }: Span, label: string): number =>
    min + Math.floor(dice(label) * (extra + 1));
  const videoSteps = Array.from({ length: between(videos, 'videos') }, (_, number): ScriptStep => {
    if (dice('wrong', number) < 0.1) return { kind: 'invalid-video', number };
    const model = pickFrom(MODELS, dice('model', number)) ?? MODELS[0];
    return { kind: 'video', number, model, hasPicture: dice('picture', number) < 0.2 };
  });
  const clickSteps = Array.from({ length: between(clicks, 'clicks') }, (_, number): ScriptStep => {
    return { kind: 'click', times: dice('double click', number) < 0.4 ? 2 : 1 };
  });
  const burstSteps = Array.from({ length: between(bursts, 'bursts') }, (_, index): ScriptStep => {
    return {
      kind: 'burst',
      number: 100 * (index + 1),
      size: 3 + Math.floor(dice('size', index) * 3),
    };
  });
  const cancelSteps = Array.from({ length: between(cancels, 'cancels') }, (): ScriptStep => {
    return { kind: 'cancel' };
  });
  const disturbanceSteps = Array.from(
    { length: between(disturbances, 'gusts') },
    (_, number): ScriptStep => ({
      kind: 'disturbance',
      disturbance: pick(DISTURBANCES, dice('gust', number)),
    }),
  );
  const holdSteps = Array.from({ length: between(holdEnds, 'hold ends') }, (): ScriptStep => {
    return { kind: 'end-hold' };
  });
  const steps = [
    ...videoSteps,
    ...burstSteps,
    ...clickSteps,
    ...editSteps(dice, between(edits, 'edits')),
    ...cancelSteps,
    ...disturbanceSteps,
    ...holdSteps,
  ]
    .map((step, index) => ({ step, order: dice('order', index) }))
    .toSorted((a, b) => a.order - b.order)
    .map(({ step }) => step);
  const all = dice('restored') < restoreChance ? withRestore(dice, steps) : steps;
  return all.map((step, index) => ({ pauseMs: dice('pause', index) ** 2 * maxPauseMs, step }));
}

function editSteps(dice: Dice, count: number): ScriptStep[] {
  return Array.from({ length: count }, (_, index) => ({
    kind: 'edit',
    number: 700 + index,
    times: dice('sent twice', index) < 0.5 ? 2 : 1,
  }));
}

const COPIES: readonly CopyKind[] = ['backup', 'hand', 'folder'];

/** Inserts a copy of the store at some place, and its restore at a later one, often the last. */
function withRestore(dice: Dice, steps: readonly ScriptStep[]): ScriptStep[] {
  const copyAt = Math.floor(dice('copied at') * steps.length);
  const left = steps.length - copyAt;
  const restoreAt = copyAt + Math.min(Math.floor(dice('restored at') * 2 * (left + 1)), left);
  const copy: ScriptStep = {
    kind: 'copy',
    number: 900,
    copy: pickFrom(COPIES, dice('copied by')) ?? 'hand',
    someWait: dice('some wait') < 0.7,
  };
  const restore: ScriptStep = {
    kind: 'restore',
    after: dice('restored after') < 0.5 ? 'SIGKILL' : 'SIGTERM',
  };
  return [
    ...steps.slice(0, copyAt),
    copy,
    ...steps.slice(copyAt, restoreAt),
    restore,
    ...steps.slice(restoreAt),
  ];
}
