import type { Feature } from '../../../src/providers/features.ts';
import type { Row } from './rows.ts';
import type { Scene } from './scene.ts';

/** One thing that every provider does, or must not do. */
export interface ContractCase {
  /** Unique; what a provider does. */
  readonly name: string;
  readonly row: Row;
  /** What its documents must have for it. Where its descriptor says that they lack it, it is left out. */
  readonly needs?: Feature;
  /** Rejects if the provider does otherwise. */
  readonly check: (scene: Scene) => Promise<void> | void;
}
