import type { Asset } from '../../domain/library/asset.ts';

/** What the bot knows of media in providers' libraries, by `assetKey`. */
export interface AssetRegistry {
  get(key: string): Promise<Asset | undefined>;
  /**
   * Changes an asset, and resolves with what it is then. Changes of one asset follow one another, so
   * that none is lost. `undefined` removes it; the same object writes nothing.
   */
  change(
    key: string,
    update: (asset: Asset | undefined) => Asset | undefined,
  ): Promise<Asset | undefined>;
  /**
   * Works with the id of an asset of this library and API key while no other caller does. `holders`
   * are the keys of the assets that have it now.
   */
  byId<T>(
    id: { readonly library: string; readonly fingerprint: string; readonly id: string },
    work: (holders: readonly string[]) => Promise<T>,
  ): Promise<T>;
  /** The keys of all assets, or of those of a guild. */
  keys(guildId?: string): Promise<string[]>;
  /** Whether data was deleted since the last call, so that the cleaner has work. */
  takeForgotten(): boolean;
  /** Data was deleted of which assets may be left. */
  noteForgotten(): void;
  /** The group of a library that uploads of this API key go into; `undefined` before there is one. */
  group(library: string, fingerprint: string): Promise<string | undefined>;
  setGroup(library: string, fingerprint: string, groupId: string): Promise<void>;
}
