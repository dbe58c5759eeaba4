import { pick } from './dice.ts';
import type { Dice, Weighted } from './dice.ts';
import type { CreateTrouble } from './trouble-tables.ts';

/** Answers to a command's creates, one after the other, which certainly say that no task was made. */
interface CertainNoes {
  readonly kind: 'none' | 'busy' | 'refused' | 'wrong-address';
  readonly times: number;
}

/** What the first creates of a command meet in a round of rivals: what makes `auto` go on. */
const CERTAIN_NOES: Weighted<CertainNoes> = [
  [60, { kind: 'none', times: 0 }],
  // A task leaves its route after three in a row.
  [14, { kind: 'busy', times: 3 }],
  [14, { kind: 'refused', times: 1 }],
  // By two providers, or on two routes of one.
  [5, { kind: 'refused', times: 2 }],
  [7, { kind: 'wrong-address', times: 1 }],
];

/** By the code with which each provider says that it does not take a request. */
const TROUBLES: Readonly<Record<Exclude<CertainNoes['kind'], 'none'>, CreateTrouble>> = {
  busy: { name: 'rate-limited', answer: { kind: 'rate-limited', retryAfterSeconds: 0 } },
  refused: {
    name: 'refused',
    answer: { kind: 'refused', reason: 'this channel does not take it' },
  },
  'wrong-address': { name: 'wrong-address', answer: { kind: 'raw', status: 308, body: '' } },
};

/**
 * Whether several providers make the cheapest video for the same price in this round, so that `auto`
 * has a next route that costs no more.
 */
export function hasRivals(dice: Dice): boolean {
  return dice('rivals') < 0.6;
}

/** The certain "no" to a command's create after so many; `undefined` if it meets none. */
export function certainNo(dice: Dice, label: string, times: number): CreateTrouble | undefined {
  if (!hasRivals(dice)) return undefined;
  const noes = pick(CERTAIN_NOES, dice('certain no', label));
  return noes.kind === 'none' || times >= noes.times ? undefined : TROUBLES[noes.kind];
}
