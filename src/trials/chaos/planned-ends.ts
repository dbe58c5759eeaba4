import type { HoldAction, HoldEnd } from '../../app/hold-actions.ts';
import type { Weighted } from './dice.ts';

type PlannedEnd =
  | { readonly by: 'admin'; readonly end: HoldAction }
  | { readonly by: 'operator'; readonly end: HoldEnd };

/** An amount beyond every limit. */
const TOO_MUCH = '99999999999999999999';

const byAdmin = (end: HoldAction): PlannedEnd => ({ by: 'admin', end });

const byOperator = (end: HoldEnd): PlannedEnd => ({ by: 'operator', end });

const RELEASE = { kind: 'release' } as const;

const AT_QUOTE = { kind: 'settle-at-quote' } as const;

/** Requests that arrive at once for one charge, by weight. */
export const PLANNED_ENDS: Weighted<readonly PlannedEnd[]> = [
  [3, []],
  [5, [byAdmin(RELEASE)]],
  [2, [byAdmin(AT_QUOTE)]],
  [2, [byAdmin({ kind: 'settle', amount: '0.05' })]],
  [1, [byAdmin({ kind: 'settle', amount: TOO_MUCH })]],
  [1, [byAdmin({ kind: 'ask-again' })]],
  [2, [byOperator(RELEASE)]],
  [2, [byOperator(AT_QUOTE)]],
  [1, [byOperator({ kind: 'settle', amount: '0.05' })]],
  [1, [byOperator({ kind: 'settle', amount: TOO_MUCH })]],
  [1, [byAdmin(RELEASE), byAdmin(AT_QUOTE)]],
  [1, [byOperator(RELEASE), byOperator({ kind: 'settle', amount: '0.05' })]],
  [3, [byAdmin(RELEASE), byOperator(AT_QUOTE)]],
  [1, [byAdmin(AT_QUOTE), byOperator(RELEASE)]],
];
