import { z } from 'zod';
import { tenureToWrite } from '../../app/slots/not-ours.ts';
import type { Ownership } from '../../app/ports/ownership-port.ts';
import { createInOrder } from '../../app/in-order.ts';
import type { AssetRegistry } from '../../app/ports/asset-registry-port.ts';
import type { Clock, Log } from '../../app/ports/core.ts';
import type { RecordStore } from '../../app/ports/record-store-port.ts';
import { assetKey, assetSchema, guildOfAsset, idOf } from '../../domain/library/asset.ts';
import type { Asset } from '../../domain/library/asset.ts';
import { describeDamage, quarantineRecord } from '../records/quarantine.ts';

export const ASSET_PREFIX = 'asset:';
export const ASSET_GROUP_PREFIX = 'asset-group:';
/** Followed by library, key, id, and the key of the asset that has it. */
export const ASSET_ID_PREFIX = 'asset-id:';

/** The record of a group, an object so that damage of it is seen. */
export const assetGroupSchema = z.strictObject({ id: z.string() });

interface AssetRegistryDeps {
  readonly records: RecordStore;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
  /** A change is written only where this process is responsible; without it, everywhere. */
  readonly ownership?: Pick<Ownership, 'tenureOf'>;
}

/** Creates the registry. One asset is one record; changes of it queue up in memory. */
export function createAssetRegistry(deps: AssetRegistryDeps): AssetRegistry {
  const { records, ownership } = deps;
  let hasForgotten = false;
  const inTurn = createInOrder();

  return {
    get: async (key) => read(deps, key),
    change: async (key, update) =>
      inTurn(key, async () => {
        const before = await read(deps, key);
        const after = update(before);
        if (after === before) return after;
        if (ownership !== undefined) tenureToWrite(ownership, guildOfAsset(key));
        await write(records, key, before, after);
        return after;
      }),
    byId: async ({ library, fingerprint, id }, work) => {
      const prefix = idPrefix({ library, fingerprint }, id);
      return inTurn(prefix, async () => {
        const keys = await records.keysUnder(prefix);
        return work(keys.map((key) => key.slice(prefix.length)));
      });
    },
    async keys(guildId) {
      const prefix = guildId === undefined ? ASSET_PREFIX : `${ASSET_PREFIX}${guildId}:`;
      const keys = await records.keysUnder(prefix);
      return keys.map((key) => key.slice(ASSET_PREFIX.length));
    },
    takeForgotten() {
      const had = hasForgotten;
      hasForgotten = false;
      return had;
    },
    noteForgotten() {
      hasForgotten = true;
    },
    async group(library, fingerprint) {
      const group = await records.get(groupKey(library, fingerprint));
      return assetGroupSchema.safeParse(group).data?.id;
    },
    setGroup: async (library, fingerprint, groupId) =>
      records.write([{ key: groupKey(library, fingerprint), value: { id: groupId } }]),
  };
}

/** Writes an asset and which id it has, at once. */
async function write(
  records: RecordStore,
  key: string,
  before: Asset | undefined,
  after: Asset | undefined,
): Promise<void> {
  const had = before && idRecordKey(before);
  const has = after && idRecordKey(after);
  const written = [
    ...(after === undefined ? [] : [{ key: ASSET_PREFIX + key, value: after }]),
    ...(has === undefined ? [] : [{ key: has, value: true }]),
  ];
  const removed = [
    ...(after === undefined ? [ASSET_PREFIX + key] : []),
    ...(had === undefined || had === has ? [] : [had]),
  ];
  await records.write(written, removed);
}

function idRecordKey(asset: Asset): string | undefined {
  const id = idOf(asset);
  return id === undefined ? undefined : idPrefix(asset, id) + assetKey(asset);
}

function idPrefix(
  { library, fingerprint }: Pick<Asset, 'library' | 'fingerprint'>,
  id: string,
): string {
  return `${ASSET_ID_PREFIX}${library}:${fingerprint}:${encodeURIComponent(id)}:`;
}

function groupKey(library: string, fingerprint: string): string {
  return `${ASSET_GROUP_PREFIX}${library}:${fingerprint}`;
}

/** A damaged record is quarantined: its medium is uploaded anew when it is needed next. */
async function read(
  { records, clock, log }: AssetRegistryDeps,
  key: string,
): Promise<Asset | undefined> {
  const value = await records.get(ASSET_PREFIX + key);
  if (value === undefined) return undefined;
  const parsed = assetSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const damaged = { key: ASSET_PREFIX + key, value };
  await records.write([quarantineRecord(damaged, clock.now())], [damaged.key]);
  log.error(
    { record: damaged.key, fault: describeDamage(parsed.error) },
    'damaged record quarantined',
  );
  return undefined;
}
