import type { Asset } from '../../domain/library/asset.ts';
import type { LibraryTraits } from '../../domain/library/asset-cleaning.ts';
import type { FileLimits } from '../../domain/library/file-limits.ts';
import type { ProviderRejection } from '../../domain/tasks/provider-rejection.ts';

/** A medium on its way into a library. */
export interface FileForLibrary extends Pick<Asset, 'kind' | 'way'> {
  /** Its name there, which no other upload has: letters, digits and hyphens. */
  readonly name: string;
  /** Where the provider fetches it; a data URI where its documents take one. */
  readonly url: string;
  /** The group it goes into, if the library has groups. */
  readonly groupId: string | undefined;
}

/**
 * What the answer to an upload means. `lost`: it may have arrived. Nothing of it is there after
 * `not-sent`, `busy` and `wrong-address`. `detail` is for the log: no key and no signed address.
 */
export type UploadAnswer =
  | { readonly kind: 'uploaded'; readonly id: string }
  | { readonly kind: 'refused'; readonly refusal: ProviderRejection }
  | { readonly kind: 'busy'; readonly retryAfterMs?: number; readonly detail: string }
  | { readonly kind: 'not-sent'; readonly detail: string }
  | { readonly kind: 'wrong-address'; readonly detail: string }
  | { readonly kind: 'lost'; readonly detail: string };

/** What a look at an asset found. `no-answer` says nothing about the asset. */
export type LookAnswer =
  | { readonly kind: 'active' | 'pending' | 'missing' }
  | { readonly kind: 'failed'; readonly refusal: ProviderRejection }
  | NoLibraryAnswer;

export type FindAnswer =
  | { readonly kind: 'found'; readonly id: string }
  | { readonly kind: 'absent' }
  | NoLibraryAnswer;

/** `gone`: it is not there any more, whether it was there before or not. */
export type DeleteAnswer = { readonly kind: 'gone' } | NoLibraryAnswer;

interface NoLibraryAnswer {
  readonly kind: 'no-answer';
  readonly retryAfterMs?: number;
  readonly detail: string;
}

/**
 * A provider's own library of media. An upload is made once per call and may be billed; all other
 * calls are free and may be repeated.
 */
export interface LibraryPort extends LibraryTraits {
  /** `provider/library`. */
  readonly id: string;
  /** Tells the assets of this API key from those of another one. Says nothing about the key. */
  readonly fingerprint: string;
  /** Whether an upload needs a group. */
  readonly hasGroups: boolean;
  /** Whether the portraits of real people have a way of their own. */
  readonly takesPersons: boolean;
  /** What files it takes by its documents; absent where they do not say. */
  readonly limits?: Readonly<Record<Asset['kind'], FileLimits>>;
  /** Makes a group. One that was made by a lost answer stays empty. */
  createGroup(name: string, signal: AbortSignal): Promise<UploadAnswer>;
  upload(file: FileForLibrary, signal: AbortSignal): Promise<UploadAnswer>;
  look(
    asset: Pick<Asset, 'way'> & { readonly id: string },
    signal: AbortSignal,
  ): Promise<LookAnswer>;
  /** Looks for an upload by its name; `no-answer` where `canFind` is false. */
  find(
    upload: { readonly name: string; readonly groupId: string | undefined },
    signal: AbortSignal,
  ): Promise<FindAnswer>;
  /** `no-answer` where `canDelete` is false. */
  delete(id: string, signal: AbortSignal): Promise<DeleteAnswer>;
}
