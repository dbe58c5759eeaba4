import type { AssetFate } from '../answers.ts';

export type AssetKind = 'image' | 'video' | 'audio' | 'person';

/** A medium that was put into a provider's library. */
export interface SimulatedAsset {
  readonly id: string;
  readonly provider: string;
  readonly name: string;
  readonly kind: AssetKind;
  /** Where its content was. */
  readonly url: string;
  readonly groupId?: string;
  /** Milliseconds since the epoch. */
  readonly createdMs: number;
  /** Decided at its upload. */
  readonly fate: AssetFate;
  /** Whether it was deleted, or vanished. */
  isGone?: true;
}

/** What a look at an asset finds. */
export type AssetStatus = 'processing' | 'active' | 'failed' | 'rejected' | 'missing';

/** The status of an asset by its fate. */
export function statusOf({ fate, createdMs, isGone }: SimulatedAsset, nowMs: number): AssetStatus {
  if (isGone === true) return 'missing';
  const ageMs = nowMs - createdMs;
  switch (fate.kind) {
    case 'active':
      return ageMs >= (fate.afterMs ?? 0) ? 'active' : 'processing';
    case 'stuck':
      return 'processing';
    case 'failed':
      return 'failed';
    case 'rejected':
      return 'rejected';
    case 'never-there':
      return 'missing';
    case 'vanishes':
      return ageMs >= fate.afterMs ? 'missing' : 'active';
    case 'anothers':
      return 'active';
  }
}
