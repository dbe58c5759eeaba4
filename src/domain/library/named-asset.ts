import { z } from 'zod';
import { instantSchema } from '../instant.ts';
import { storedRecord } from '../stored-record.ts';
import { windowKeysSchema } from '../ledger/windows.ts';
import { microsSchema } from '../ledger/money.ts';
import { taskMoneySchema } from '../ledger/task-money.ts';
import { attachmentSchema } from '../routes/request.ts';
import { snowflakeSchema } from '../tasks/snowflake.ts';
import { taskIdSchema } from '../tasks/task-id.ts';
import { assetKey } from './asset.ts';
import { ASSET_NAME } from './prompt-names.ts';

/** The most named media of a guild. */
export const MAX_NAMED = 100;

/** What an upload into one library costs; its id is its line in the journal. */
const chargeSchema = storedRecord({
  id: taskIdSchema,
  /** `provider/library`. */
  library: z.string(),
  /** Its price key. */
  priceKey: z.string(),
  quoted: microsSchema.optional(),
  currency: z.string().optional(),
  money: taskMoneySchema,
  windows: z.object({ guild: windowKeysSchema, operator: windowKeysSchema }),
  journalMonth: z.string(),
});
export type UploadCharge = Readonly<z.output<typeof chargeSchema>>;

/** A picture, clip or sound of a guild that prompts can name. */
const namedAssetSchema = storedRecord({
  name: z.string().regex(ASSET_NAME),
  kind: z.enum(['image', 'video', 'audio']),
  /** As a file, or as the portrait of a real person. */
  way: z.enum(['file', 'person']),
  /** Who added it. */
  memberId: snowflakeSchema,
  addedAt: instantSchema,
  file: attachmentSchema.omit({ url: true, kept: true, named: true }),
  /** Its address at Discord, sealed; only until it lies where it belongs. */
  source: z.string().optional(),
  /** Of the content, in hex; `undefined` until it was read. */
  sha256: z.string().optional(),
  /** One for each library that it goes into. */
  charges: z.array(chargeSchema),
});
export type NamedAsset = Readonly<z.output<typeof namedAssetSchema>>;

/** The named media of a guild, in the order in which they were added; without any there is no record. */
export const namedAssetsSchema = z.array(namedAssetSchema).min(1);

/** The key of its asset in a library; `undefined` until its content is known. */
export function keyIn(
  { kind, way, sha256 }: NamedAsset,
  guildId: string,
  library: string,
): string | undefined {
  return sha256 === undefined ? undefined : assetKey({ guildId, library, kind, way, sha256 });
}

/** What its uploads are recorded for, unlike those of tasks and of other names. */
export function askerOf(guildId: string, { name, addedAt }: NamedAsset): string {
  return `${guildId}:${name}:${addedAt}`;
}

/** Whether the same file was added under that name: two calls at once made two uploads of it. */
export function isSame(one: NamedAsset, other: NamedAsset): boolean {
  return one.name === other.name && one.addedAt === other.addedAt;
}
