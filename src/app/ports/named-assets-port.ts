import type { NamedAsset } from '../../domain/library/named-asset.ts';
import type { Place } from '../../domain/library/asset-place.ts';
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

/** What became of a name that was given. */
export type NamingAnswer =
  | { readonly kind: 'added'; readonly libraries: readonly string[] }
  | { readonly kind: 'taken' | 'full' | 'no-library' | 'no-persons' }
  | { readonly kind: 'denied'; readonly denial: PolicyDenial };

/** Where a named medium stands in the libraries that are on. */
export interface NamedView {
  readonly asset: NamedAsset;
  readonly places: Readonly<Record<string, Place>>;
}

/** The named media of guilds. All calls reject if the store does not answer. */
export interface NamedAssets {
  /** Records a name, whose file is then uploaded in the background. */
  add(naming: Naming): Promise<NamingAnswer>;
  list(guildId: string): Promise<NamedView[]>;
  /** Whether there was such a name. What it stood for is deleted when no task uses it. */
  remove(guildId: string, name: string): Promise<boolean>;
  /** The request with the media that its prompt names, as they are now. */
  nameMedia(guildId: string, request: VideoRequest): Promise<VideoRequest>;
  /** Removes what a member has added, in all guilds. */
  forgetMember(memberId: string): Promise<void>;
  forgetGuild(guildId: string): Promise<void>;
  /** Brings what was added into the libraries, as far as a call is due. Never rejects. */
  goOn(signal: AbortSignal): Promise<void>;
  /** Resumes what an earlier process left. Never rejects. */
  start(): Promise<void>;
}
