import type { NamedAsset } from '../../domain/library/named-asset.ts';

/** What a decision about the named media of a guild comes to. */
export interface NamingDecision<T> {
  readonly result: T;
  /** `undefined` if nothing changes; then nothing is written. */
  readonly after?: readonly NamedAsset[];
}

/** The named media of guilds, in memory after the first call for a guild. */
export interface NamedAssetStore {
  /** Rejects if the store does not answer. */
  of(guildId: string): Promise<readonly NamedAsset[]>;
  /** Those that are in memory. */
  peek(guildId: string): readonly NamedAsset[] | undefined;
  /** Forgets what is in memory of the guilds of these slots. */
  letGo(slots: ReadonlySet<number>): void;
  /** The guilds that have any. */
  guilds(): Promise<string[]>;
  /**
   * Decides a change from what there is when its turn comes, so that changes made at the same time
   * are decided one after the other. What it does to money is written in the same commit, and counted
   * without an await after the decision. The accounts of `accountKeysFor` must be loaded.
   */
  decide<T>(
    guildId: string,
    decision: (current: readonly NamedAsset[]) => NamingDecision<T>,
  ): Promise<T>;
  /** Encrypts an address. */
  seal(address: string, asset: Pick<NamedAsset, 'name'>): string;
  /** `undefined` if it cannot be read. */
  open(asset: NamedAsset): string | undefined;
}
