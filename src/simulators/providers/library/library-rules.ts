import type { JsonReply } from '../json-reply.ts';
import type { AssetKind, AssetStatus, SimulatedAsset } from './simulated-asset.ts';

/** A request to a library that was understood. */
export type LibraryCall =
  | {
      readonly call: 'upload';
      readonly kind: AssetKind;
      readonly name: string;
      readonly url: string;
      readonly groupId?: string;
    }
  | { readonly call: 'group' }
  | { readonly call: 'look'; readonly ids: readonly string[]; readonly isList: boolean }
  | { readonly call: 'list'; readonly name: string | undefined }
  | { readonly call: 'delete'; readonly id: string }
  | { readonly call: 'invalid'; readonly reason: string };

/** An asset as a look finds it. */
export interface SeenAsset {
  readonly asset: SimulatedAsset;
  readonly status: AssetStatus;
  /** The id that the answer names; another one if the library mixes them up. */
  readonly id: string;
}

/** How a provider's libraries are called and answer, by its documents. */
export interface LibraryRules {
  readonly newId: () => string;
  /** `undefined` if the path is none of a library. */
  readonly read: (request: {
    readonly method: string;
    readonly url: URL;
    readonly body: unknown;
  }) => LibraryCall | undefined;
  readonly uploaded: (asset: SimulatedAsset) => JsonReply;
  readonly group: (id: string) => JsonReply;
  readonly seen: (assets: readonly SeenAsset[], isList: boolean) => JsonReply;
  readonly listed: (assets: readonly SeenAsset[]) => JsonReply;
  readonly deleted: (id: string) => JsonReply;
  readonly missing: JsonReply;
}
