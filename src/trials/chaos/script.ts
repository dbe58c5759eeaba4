import { pick, pickFrom } from './dice.ts';
import type { Dice, Weighted } from './dice.ts';
import type { CopyKind } from './evidence.ts';

/** What happens beside single requests, in the round's order. */
export type Beat =
  | {
      readonly kind: 'video';
      readonly number: number;
      readonly model: string;
      readonly hasPicture: boolean;
    }
  | { readonly kind: 'wrong-video'; readonly number: number }
  /** One member asks for several at the same moment. */
  | { readonly kind: 'burst'; readonly number: number; readonly size: number }
  /** Somebody takes a waiting video back, if one waits. */
  | { readonly kind: 'cancel' }
  /** Some price is confirmed, if one waits to be. */
  | { readonly kind: 'click'; readonly times: number }
  | { readonly kind: 'gust'; readonly gust: Gust }
  /** Whoever may ends an unconfirmed charge, if there is one. */
  | { readonly kind: 'end-hold' }
  /** The store is copied; where some are to wait, while two videos wait for their provider. */
  | {
      readonly kind: 'copy';
      readonly number: number;
      readonly copy: CopyKind;
      readonly someWait: boolean;
    }
  /** The bot is ended, and the copy put back. */
  | { readonly kind: 'restore'; readonly after: 'SIGKILL' | 'SIGTERM' };

export type Gust =
  | 'kill'
  | 'stop'
  | 'hand-over'
  | 'cut-gateway'
  | 'reconnect'
  | 'invalidate'
  | 'deliver-again'
  | 'delete-message'
  | 'delete-repost'
  | 'take-view'
  | 'take-send'
  | 'take-attach'
  | 'archive'
  | 'give-back'
  | 'pass-time'
  | 'flicker';

const GUSTS: Weighted<Gust> = [
  [3, 'kill'],
  [2, 'stop'],
  [2, 'hand-over'],
  [2, 'cut-gateway'],
  [1, 'reconnect'],
  [1, 'invalidate'],
  [5, 'deliver-again'],
  [4, 'delete-message'],
  [2, 'delete-repost'],
  [1, 'take-view'],
  [1, 'take-send'],
  [2, 'take-attach'],
  [1, 'archive'],
  [3, 'give-back'],
  [5, 'pass-time'],
  [2, 'flicker'],
];

/** Priced a task, priced a second, without a known price; priced by tokens. */
const MODELS = [
  'jimmy/seedance2.0-mini-sp',
  'jimmy/seedance2.0-sp',
  'jimmy/seedance2.0-fast-i2v',
  'anyfast/seedance-2.0-mini',
] as const;

/** How much a round holds: of each kind of beat at least so many, and up to so many more. */
export interface Extent {
  readonly videos: Span;
  readonly clicks: Span;
  readonly bursts: Span;
  readonly cancels: Span;
  readonly gusts: Span;
  readonly holdEnds: Span;
  /** How often a copy of the store is put back, from 0 to 1. */
  readonly restoreChance: number;
  /** Before a beat, in milliseconds. */
  readonly longestPauseMs: number;
}

interface Span {
  readonly least: number;
  readonly more: number;
}

/** The round's beats, shuffled, each with the pause before it in milliseconds. */
export function writeScript(
  dice: Dice,
  { videos, bursts, clicks, cancels, gusts, holdEnds, restoreChance, longestPauseMs }: Extent,
): readonly { readonly pauseMs: number; readonly beat: Beat }[] {
  const between = ({ least, more }: Span, label: string): number =>
    least + Math.floor(dice(label) * (more + 1));
  const calls = Array.from({ length: between(videos, 'videos') }, (_, number): Beat => {
    if (dice('wrong', number) < 0.1) return { kind: 'wrong-video', number };
    const model = pickFrom(MODELS, dice('model', number)) ?? MODELS[0];
    return { kind: 'video', number, model, hasPicture: dice('picture', number) < 0.2 };
  });
  const confirmations = Array.from({ length: between(clicks, 'clicks') }, (_, number): Beat => {
    return { kind: 'click', times: dice('double click', number) < 0.4 ? 2 : 1 };
  });
  const crowds = Array.from({ length: between(bursts, 'bursts') }, (_, index): Beat => {
    return {
      kind: 'burst',
      number: 100 * (index + 1),
      size: 3 + Math.floor(dice('size', index) * 3),
    };
  });
  const second = Array.from({ length: between(cancels, 'cancels') }, (): Beat => {
    return { kind: 'cancel' };
  });
  const weather = Array.from({ length: between(gusts, 'gusts') }, (_, number): Beat => ({
    kind: 'gust',
    gust: pick(GUSTS, dice('gust', number)),
  }));
  const desk = Array.from({ length: between(holdEnds, 'hold ends') }, (): Beat => {
    return { kind: 'end-hold' };
  });
  const beats = [...calls, ...crowds, ...confirmations, ...second, ...weather, ...desk]
    .map((beat, index) => ({ beat, order: dice('order', index) }))
    .toSorted((a, b) => a.order - b.order)
    .map(({ beat }) => beat);
  const all = dice('restored') < restoreChance ? withRestore(dice, beats) : beats;
  return all.map((beat, index) => ({ pauseMs: dice('pause', index) ** 2 * longestPauseMs, beat }));
}

const COPIES: readonly CopyKind[] = ['backup', 'hand', 'folder'];

/** A copy is made at some time, and put back at a later one, often the last. */
function withRestore(dice: Dice, beats: readonly Beat[]): Beat[] {
  const copyAt = Math.floor(dice('copied at') * beats.length);
  const left = beats.length - copyAt;
  const restoreAt = copyAt + Math.min(Math.floor(dice('restored at') * 2 * (left + 1)), left);
  const copy: Beat = {
    kind: 'copy',
    number: 900,
    copy: pickFrom(COPIES, dice('copied by')) ?? 'hand',
    someWait: dice('some wait') < 0.7,
  };
  const restore: Beat = {
    kind: 'restore',
    after: dice('restored after') < 0.5 ? 'SIGKILL' : 'SIGTERM',
  };
  return [
    ...beats.slice(0, copyAt),
    copy,
    ...beats.slice(copyAt, restoreAt),
    restore,
    ...beats.slice(restoreAt),
  ];
}
