import { assetSchema, isUsed } from '../../domain/library/asset.ts';
import { namedAssetsSchema } from '../../domain/library/named-asset.ts';
import { ASSET_PREFIX } from '../../store/library/asset-registry.ts';
import type { SqliteRecords } from '../../store/records/sqlite-records.ts';
import { NAMED_PREFIX } from '../../store/library/named-asset-store.ts';
import { READY_MS } from './backstops.ts';
import { watchRecords } from './open-tasks.ts';
import { storePathOf } from './read-store.ts';
import type { RoundContext } from './round-context.ts';

/** How long it is waited for after each start, and the most starts. */
const CLEAN_MS = 5000;
const MAX_STARTS = 5;

/**
 * Starts the bot again, which then deletes what nothing uses, until it has, and until what names stand
 * for is uploaded and paid. What was given a name ten minutes ago goes a step on with each start, and
 * else once in five minutes.
 */
export async function cleanLibraries({
  testbed,
  supervisor,
  namings,
}: RoundContext): Promise<void> {
  if (namings.length === 0) return;
  for (let starts = 0; starts < MAX_STARTS; starts += 1) {
    await supervisor.close();
    supervisor.open();
    await supervisor.ready(READY_MS);
    if (await watchRecords(storePathOf(testbed), CLEAN_MS, isAllDone)) return;
  }
}

async function isAllDone(records: SqliteRecords): Promise<boolean> {
  const assets = await records.getMany(await records.keysUnder(ASSET_PREFIX));
  const named = await records.getMany(await records.keysUnder(NAMED_PREFIX));
  return assets.every(isClean) && named.every(areSettled);
}

/** Whether nothing is left to be deleted; what cannot be deleted stays. */
function isClean(value: unknown): boolean {
  const asset = assetSchema.safeParse(value).data;
  return asset?.library !== 'anyfast/assets' || (isUsed(asset) && asset.doomed.length === 0);
}

function areSettled(value: unknown): boolean {
  const named = namedAssetsSchema.safeParse(value).data ?? [];
  return named.every(({ charges }) => charges.every(({ money }) => money.state !== 'reserved'));
}
