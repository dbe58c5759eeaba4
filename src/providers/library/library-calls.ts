import type { FileForLibrary, LibraryPort } from '../../app/ports/library-port.ts';
import type { Asset } from '../../domain/library/asset.ts';

/** One request to a library. */
export type LibraryRequest =
  | { readonly method: 'GET'; readonly path: string }
  | { readonly method: 'POST'; readonly path: string; readonly body: object };

/** How one of a provider's libraries is called, from its documents. `createLibrary` makes the calls. */
export interface LibraryCalls {
  /** Unique at its provider; `provider/name` is the library's id. */
  readonly name: string;
  /** The setting that switches it on; `undefined` if it is always on. */
  readonly switchedBy?: string;
  readonly takesPersons: boolean;
  readonly limits?: LibraryPort['limits'];
  readonly group?: (name: string) => LibraryRequest;
  readonly upload: (file: FileForLibrary) => LibraryRequest;
  /** Where the id is in the answers to uploads and groups, most likely first. */
  readonly idPaths: readonly string[];
  /** Whether an answer to an upload says that this file was not taken, although it declares no error. */
  readonly isTurnedDown?: (answer: unknown) => boolean;
  /** The requests that ask for the status, in the order in which they are tried. */
  readonly look: (asset: Pick<Asset, 'way'> & { readonly id: string }) => readonly LibraryRequest[];
  /** The object of this asset in the answer; `undefined` if the answer is about another one. */
  readonly assetIn: (answer: unknown, id: string) => unknown;
  readonly find?: (upload: {
    readonly name: string;
    readonly groupId: string | undefined;
  }) => LibraryRequest;
  /**
   * The id of the asset of exactly this name, empty if the list has none; `undefined` if the answer
   * is no list.
   */
  readonly idOfName?: (answer: unknown, name: string) => string | undefined;
  readonly delete?: (id: string) => LibraryRequest;
  /** Codes that say that the asset does not exist. */
  readonly missingCodes: readonly string[];
}
