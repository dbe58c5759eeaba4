import type { z } from 'zod';
import { assetSchema, isUsed } from '../../domain/library/asset.ts';
import type { Asset } from '../../domain/library/asset.ts';
import { namedAssetsSchema } from '../../domain/library/named-asset.ts';
import { ASSET_PREFIX } from '../../store/library/asset-registry.ts';
import type { RecordReader } from '../../app/ports/record-store-port.ts';
import { NAMED_PREFIX } from '../../store/library/named-asset-store.ts';
import type { SimulatedAsset } from '../../simulators/providers/library/simulated-asset.ts';
import { READY_MS } from './backstops.ts';
import { isInEndlessReview } from './endless-review.ts';
import { watchRecords } from './open-tasks.ts';
import { storeOf } from './read-store.ts';
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
    const isDone = async (records: RecordReader): Promise<boolean> =>
      isAllDone(records, testbed.providers.assets);
    if (await watchRecords(storeOf(testbed), CLEAN_MS, isDone)) return;
  }
}

async function isAllDone(
  records: RecordReader,
  simulated: readonly SimulatedAsset[],
): Promise<boolean> {
  const known = await records.getMany(await records.keysUnder(ASSET_PREFIX));
  const assets = known.flatMap((value) => assetSchema.safeParse(value).data ?? []);
  const keys = await records.keysUnder(NAMED_PREFIX);
  const values = await records.getMany(keys);
  const named = keys.map((key, index): NamedIn => ({
    guildId: key.slice(NAMED_PREFIX.length),
    media: namedAssetsSchema.safeParse(values[index]).data ?? [],
  }));
  const endless = assets.filter((asset) => isInEndlessReview(asset, simulated));
  return (
    assets.every((asset) => isClean(asset, named)) &&
    named.every(({ media }) => areSettled(media, endless))
  );
}

/** The named media of one guild. */
interface NamedIn {
  readonly guildId: string;
  readonly media: z.output<typeof namedAssetsSchema>;
}

/** Whether nothing is left to be deleted; what cannot be deleted stays. */
function isClean(asset: Asset, named: readonly NamedIn[]): boolean {
  if (asset.library !== 'anyfast/assets') return true;
  // The start of the bot ends the uses of names that are gone.
  const names = named.flatMap(({ guildId, media }) => (guildId === asset.guildId ? media : []));
  const isNamed = asset.uses.names.every((use) => names.some(({ name }) => name === use));
  return isUsed(asset) && isNamed && asset.doomed.length === 0;
}

/** Whether every upload of a guild's names is paid, or waits for a review that never ends. */
function areSettled(media: NamedIn['media'], endless: readonly Asset[]): boolean {
  return media.every(
    ({ sha256, charges }) =>
      charges.every(({ money }) => money.state !== 'reserved') ||
      endless.some((asset) => asset.sha256 === sha256),
  );
}
