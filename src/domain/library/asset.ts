import { z } from 'zod';
import { instantSchema } from '../instant.ts';
import { storedRecord } from '../stored-record.ts';
import { snowflakeSchema } from '../tasks/snowflake.ts';
import { REJECTION_CATEGORIES } from '../tasks/provider-rejection.ts';

/** Why a library does not take a medium; without the provider's message, which may quote an address. */
const assetFaultSchema = z.object({
  /**
   * `refused`: its upload. `failed`: its review. `never-there`: its id never existed. `mixed-up`: its
   * id is that of another content.
   */
  why: z.enum(['refused', 'failed', 'never-there', 'mixed-up']),
  category: z.enum(REJECTION_CATEGORIES),
  code: z.string().max(200).optional(),
});
export type AssetFault = Readonly<z.output<typeof assetFaultSchema>>;

/** What is known of an asset at its provider. An id is opaque. */
const assetStateSchema = z.discriminatedUnion('name', [
  /** Nothing is known to be there. */
  z.object({ name: z.literal('new') }),
  z.object({ name: z.literal('submitted'), id: z.string(), at: instantSchema }),
  z.object({
    name: z.literal('active'),
    id: z.string(),
    /** When the provider last said so. */
    seenAt: instantSchema,
  }),
  z.object({ name: z.literal('failed'), id: z.string().optional(), fault: assetFaultSchema }),
  /** It was there, and is not any more, or belongs to another key. */
  z.object({ name: z.literal('lost'), why: z.enum(['gone', 'key-changed']) }),
  z.object({ name: z.literal('deleted') }),
]);
export type AssetState = Readonly<z.output<typeof assetStateSchema>>;

/** One upload, recorded before it is sent. Without an end its answer is not known. */
const uploadSchema = z.object({
  /** Its name in the library, which no other upload has. */
  name: z.string(),
  at: instantSchema,
  end: z.enum(['answered', 'lost', 'refused', 'absent']).optional(),
  /** Who needed it: a task, or a name. Absent in records of an earlier version. */
  by: z.string().optional(),
});

/** How a medium goes into a library: as a file, or as the portrait of a real person. */
const ASSET_WAYS = ['file', 'person'] as const;

/** Which medium it is: the same content is one asset of a guild, from every member. */
const assetIdentitySchema = storedRecord({
  guildId: snowflakeSchema,
  /** `provider/library`. */
  library: z.string(),
  kind: z.enum(['image', 'video', 'audio']),
  way: z.enum(ASSET_WAYS),
  /** Of the content, in hex. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type AssetIdentity = Readonly<z.output<typeof assetIdentitySchema>>;

/** A medium in a provider's own library. */
export const assetSchema = assetIdentitySchema.extend({
  /** Who attached it first; `undefined` once their data was deleted. */
  memberId: snowflakeSchema.optional(),
  /** Of the API key to which the id belongs. */
  fingerprint: z.string(),
  state: assetStateSchema,
  /** The uploads since it was last new, after the last answered ones of before; the oldest first. */
  uploads: z.array(uploadSchema),
  /** Ids that are to be deleted at the provider, as soon as it can delete. */
  doomed: z.array(z.string()),
  uses: z.object({ tasks: z.array(z.string()), names: z.array(z.string()) }),
  /** When it lost its last use; `undefined` while it has one. */
  unusedSince: instantSchema.optional(),
});
export type Asset = Readonly<z.output<typeof assetSchema>>;

/** What keeps an asset: an unfinished task, or a name that admins gave it. */
export type AssetUse =
  | { readonly by: 'task'; readonly id: string }
  | { readonly by: 'name'; readonly name: string };

/** The key of an asset among those of all guilds. */
export function assetKey({ guildId, library, kind, way, sha256 }: AssetIdentity): string {
  return [guildId, library, kind, way, sha256].join(':');
}

/** The guild of the asset with this key. */
export function guildOfAsset(key: string): string {
  const [guildId = ''] = key.split(':');
  return guildId;
}

/** Whether two keys of assets are of the same content. */
export function isSameContent(key: string, other: string): boolean {
  return key.split(':').at(-1) === other.split(':').at(-1);
}

/** An asset of which nothing is known yet. */
export function newAsset(
  identity: AssetIdentity,
  { memberId, fingerprint }: Pick<Asset, 'memberId' | 'fingerprint'>,
): Asset {
  return {
    ...identity,
    memberId,
    fingerprint,
    state: { name: 'new' },
    uploads: [],
    doomed: [],
    uses: { tasks: [], names: [] },
  };
}

/** Whether a task or a name uses it. */
export function isUsed({ uses }: Pick<Asset, 'uses'>): boolean {
  return uses.tasks.length + uses.names.length > 0;
}

/** The id by which the provider knows it; `undefined` if it has none. */
export function idOf({ state }: Pick<Asset, 'state'>): string | undefined {
  return 'id' in state ? state.id : undefined;
}

/** Whether something of it is known to be in the library. */
export function isThere(asset: Pick<Asset, 'state' | 'doomed'>): boolean {
  return idOf(asset) !== undefined || asset.doomed.length > 0;
}

/** The name of the last upload if its answer is not known, so that it may lie there. */
export function unclearUpload({ uploads }: Pick<Asset, 'uploads'>): string | undefined {
  const last = uploads.at(-1);
  return last !== undefined && hasNoAnswer(last) ? last.name : undefined;
}

/** How many uploads were not answered, even if a list did not have them afterwards. */
export function unansweredUploads({ uploads }: Pick<Asset, 'uploads'>): number {
  return uploads.filter((upload) => hasNoAnswer(upload) || upload.end === 'absent').length;
}

function hasNoAnswer({ end }: Asset['uploads'][number]): boolean {
  return end === undefined || end === 'lost';
}
