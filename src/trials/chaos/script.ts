import { ARK_MODEL } from './send-videos.ts';
import { hasRivals } from './certain-noes.ts';
import { pick, pickFrom } from './dice.ts';
import type { Dice, Weighted } from './dice.ts';
import type { CopyKind } from './evidence.ts';
import {
  forgetStep,
  hasLibrary,
  hasNames,
  nameStep,
  removeNameStep,
  shareStep,
  useNameStep,
} from './library-steps.ts';
import { editStep, menuStep, secondStep, undoStep } from './second-steps.ts';
import type { CompanyDisturbance, Disturbance, ScriptStep } from './script-step.ts';

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

const COMPANY_DISTURBANCES: Weighted<CompanyDisturbance> = [
  [4, 'kill-owner'],
  [2, 'kill-gateway'],
  [3, 'suspend'],
  [4, 'suspend-owner'],
  [2, 'cut-line'],
  [3, 'cut-commit'],
  [2, 'silent-line'],
  [3, 'silent-commit'],
  [2, 'crash-database'],
  [2, 'rolling'],
];

/**
 * By provider: priced per task, per second, without a known price and by tokens, with what is billed
 * reported or not; and the choice of the bot. Libraries and names give more to the first two.
 */
const MODELS: Weighted<readonly [string, ...string[]]> = [
  [2, ['jimmy/seedance2.0-mini-sp', 'jimmy/seedance2.0-sp', 'jimmy/seedance2.0-fast-i2v']],
  [2, ['anyfast/seedance-2.0-mini']],
  [4, [ARK_MODEL]],
  [5, ['openrouter/alibaba/wan-2.6', 'openrouter/alibaba/wan-2.6', 'openrouter/runway/gen-4.5']],
  [5, ['gpu/wan-2.2-5b']],
  [2, ['auto']],
];

/** Several lengths, so that a lost create differs from another. */
const ARK_SECONDS = [5, 5, 6, 7, 8] as const;

/** How often a video is left to `auto` beside those, in rounds in which it has a next route. */
const RIVALS_CHANCE = 0.4;

/** How many steps of each kind a round has. */
export interface Extent {
  readonly videos: Span;
  readonly clicks: Span;
  readonly bursts: Span;
  readonly edits: Span;
  /** Videos from others by any other button, or from pictures. */
  readonly seconds: Span;
  readonly menus: Span;
  readonly undos: Span;
  readonly cancels: Span;
  /** Videos that are cancelled in their provider's queue. */
  readonly queued: Span;
  readonly disturbances: Span;
  /** Where several processes share a database. */
  readonly companyDisturbances: Span;
  readonly holdEnds: Span;
  /** In the rounds in which a library is on. */
  readonly shares: Span;
  readonly forgets: Span;
  /** In the rounds in which files get names. */
  readonly names: Span;
  readonly nameUses: Span;
  readonly nameRemovals: Span;
  readonly namesChance: number;
  /** The chance that a library is on, from 0 to 1. */
  readonly libraryChance: number;
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
  extent: Extent,
  processes = 1,
): readonly { readonly pauseMs: number; readonly step: ScriptStep }[] {
  const { restoreChance, maxPauseMs } = extent;
  const steps = [...stepsOf(dice, extent), ...companySteps(dice, extent, processes)]
    .map((step, index) => ({ step, order: orderOf(step, dice('order', index)) }))
    .toSorted((a, b) => a.order - b.order)
    .map(({ step }) => step);
  const all = dice('restored') < restoreChance ? withRestore(dice, steps) : steps;
  return all.map((step, index) => ({ pauseMs: dice('pause', index) ** 2 * maxPauseMs, step }));
}

function stepsOf(dice: Dice, extent: Extent): ScriptStep[] {
  const between = ({ min, extra }: Span, label: string): number =>
    min + Math.floor(dice(label) * (extra + 1));
  const times = (span: Span, label: string, stepOf: (index: number) => ScriptStep): ScriptStep[] =>
    Array.from({ length: between(span, label) }, (_, index) => stepOf(index));
  return [
    ...times(extent.videos, 'videos', (number) => videoStep(dice, number)),
    ...times(extent.bursts, 'bursts', (index) => ({
      kind: 'burst',
      number: 100 * (index + 1),
      size: 3 + Math.floor(dice('size', index) * 3),
    })),
    ...times(extent.clicks, 'clicks', (number) => ({
      kind: 'click',
      times: dice('double click', number) < 0.4 ? 2 : 1,
    })),
    ...times(extent.undos, 'undos', (index) => undoStep(dice, index)),
    ...times(extent.cancels, 'cancels', () => ({ kind: 'cancel' })),
    ...times(extent.queued, 'queued', (index) => ({
      kind: 'cancel-queued',
      number: 950 + index,
      seconds: pickFrom(ARK_SECONDS, dice('queued seconds', index)) ?? 5,
      begins: dice('begins', index) < 0.3,
    })),
    ...times(extent.disturbances, 'gusts', (number) => ({
      kind: 'disturbance',
      disturbance: pick(DISTURBANCES, dice('gust', number)),
    })),
    ...times(extent.holdEnds, 'hold ends', () => ({ kind: 'end-hold' })),
    ...times(extent.edits, 'edits', (index) => editStep(dice, index)),
    ...times(extent.seconds, 'seconds', (index) => secondStep(dice, index)),
    ...times(extent.menus, 'menus', (number) => menuStep(dice, number)),
    ...(hasLibrary(dice, extent)
      ? [
          ...times(extent.shares, 'shares', (index) => shareStep(dice, index)),
          ...times(extent.forgets, 'forgets', forgetStep),
          ...times(extent.cancels, 'cancels of shared', () => ({ kind: 'cancel' as const })),
        ]
      : []),
    ...(hasNames(dice, extent)
      ? [
          ...times(extent.names, 'namings', (index) => nameStep(dice, index)),
          ...times(extent.nameUses, 'uses of names', (index) => useNameStep(dice, index)),
          ...times(extent.nameRemovals, 'removals of names', removeNameStep),
        ]
      : []),
  ];
}

function companySteps(
  dice: Dice,
  { companyDisturbances: { min, extra } }: Extent,
  processes: number,
): ScriptStep[] {
  const count = processes > 1 ? min + Math.floor(dice('company') * (extra + 1)) : 0;
  return Array.from({ length: count }, (_, number) => ({
    kind: 'company',
    disturbance: pick(COMPANY_DISTURBANCES, dice('company gust', number)),
  }));
}

function videoStep(dice: Dice, number: number): ScriptStep {
  if (dice('wrong', number) < 0.1) return { kind: 'invalid-video', number };
  const isRivals = hasRivals(dice) && dice('of rivals', number) < RIVALS_CHANCE;
  const model = isRivals ? 'auto' : modelOf(dice, number);
  const seconds = model === ARK_MODEL ? pickFrom(ARK_SECONDS, dice('seconds', number)) : undefined;
  return {
    kind: 'video',
    number,
    model,
    hasPicture: dice('picture', number) < 0.2,
    ...(seconds === undefined ? {} : { seconds }),
  };
}

function modelOf(dice: Dice, number: number): string {
  const ofProvider = pick(MODELS, dice('provider', number));
  return pickFrom(ofProvider, dice('model', number)) ?? ofProvider[0];
}

/** What needs a video that ended comes rather late. */
function orderOf({ kind }: ScriptStep, roll: number): number {
  // Names come early, so that there is something to use.
  if (kind === 'name') return roll ** 2;
  return kind === 'second' || kind === 'menu' ? Math.sqrt(roll) : roll;
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
