import type { NamedAsset } from '../../domain/library/named-asset.ts';
import type { UnfitReason } from '../../domain/library/file-limits.ts';
import type { Standing } from '../../domain/library/asset-place.ts';
import type { Attachment, VideoRequest } from '../../domain/routes/request.ts';
import type { PolicyDenial } from '../admission.ts';

/** What a member gives a name. */
export interface Naming {
  readonly guildId: string;
  readonly memberId: string;
  readonly roleIds: readonly string[];
  readonly name: string;
  readonly kind: NamedAsset['kind'];
  readonly way: NamedAsset['way'];
  readonly file: Attachment;
}

/** Why a library does not take a file, by its documents. */
export interface UnfitFile {
  readonly library: string;
  readonly reasons: readonly UnfitReason[];
}

/** What became of a name that was given. */
export type NamingAnswer =
  | {
      readonly kind: 'added';
      readonly libraries: readonly string[];
      /** Libraries that do not take this file. */
      readonly unfit: readonly UnfitFile[];
    }
  | { readonly kind: 'unfit'; readonly unfit: readonly UnfitFile[] }
  | { readonly kind: 'taken' | 'full' | 'no-library' | 'no-persons' }
  | { readonly kind: 'denied'; readonly denial: PolicyDenial };

/** Where a named medium stands in the libraries that are on. */
export interface NamedView {
  readonly asset: NamedAsset;
  /** By library. */
  readonly places: ReadonlyMap<string, Standing>;
}

/** A named medium, and the guild that has it. */
export interface OwnNamed {
  readonly guildId: string;
  readonly asset: NamedAsset;
}

/** The named media of guilds. All calls reject if the store does not answer. */
export interface NamedAssets {
  /** Records a name, whose file is then uploaded in the background. */
  add(naming: Naming): Promise<NamingAnswer>;
  list(guildId: string): Promise<NamedView[]>;
  /** The names of a guild, as far as they are in memory; afterwards they are. */
  peek(guildId: string): readonly string[];
  /** What a member has added, in all guilds. */
  ofMember(memberId: string): Promise<OwnNamed[]>;
  /** Whether there was such a name. What it stood for is deleted when no task uses it. */
  remove(guildId: string, name: string): Promise<boolean>;
  /** The request with the media that its prompt names, as they are now. */
  nameMedia(guildId: string, request: VideoRequest): Promise<VideoRequest>;
  /** Removes what a member has added to a guild until then, in milliseconds. */
  forgetMember(
    memberId: string,
    until: { readonly guildId: string; readonly until: number },
  ): Promise<void>;
  forgetGuild(guildId: string): Promise<void>;
  /** Goes on with what another process left in these slots, from the next `goOn`. */
  resume(slots: ReadonlySet<number>): void;
  /** Begins nothing more in these slots; resolves when nothing of it runs. */
  letGo(slots: ReadonlySet<number>): Promise<void>;
  /**
   * Begins what is due of bringing names into the libraries, and waits for none of it. Once the time is
   * known. Never rejects.
   */
  goOn(): Promise<void>;
  /** Begins nothing more; resolves when nothing of it runs. */
  stop(): Promise<void>;
}
