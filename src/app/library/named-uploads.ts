import { DAY_MS, SECOND_MS } from '../../domain/time-units.ts';
import { newAsset } from '../../domain/library/asset.ts';
import { withUse } from '../../domain/library/asset-uses.ts';
import { isSame, keyIn } from '../../domain/library/named-asset.ts';
import type { NamedAsset } from '../../domain/library/named-asset.ts';
import type { AssetRegistry } from '../ports/asset-registry-port.ts';
import type { Clock, Log } from '../ports/core.ts';
import type { LibraryPort } from '../ports/library-port.ts';
import type { NamedAssetStore } from '../ports/named-asset-store-port.ts';
import type { AssetProgress } from '../ports/task-assets-port.ts';
import type { AssetDesk } from './asset-desk.ts';

export interface NamedUploadsDeps {
  readonly store: NamedAssetStore;
  readonly registry: AssetRegistry;
  readonly libraries: ReadonlyMap<string, LibraryPort>;
  readonly desk: Pick<AssetDesk, 'progress'>;
  /** The hash of a file, in hex; rejects if it cannot be read. */
  readonly hash: (
    file: { readonly url: string; readonly bytes: number },
    signal: AbortSignal,
  ) => Promise<string>;
  /** Ends the work on a medium, and settles its uploads. */
  readonly finish: (guildId: string, asset: NamedAsset) => Promise<void>;
  readonly clock: Clock;
  readonly log: Log;
}

/** How long a review is waited for; a person may have to look at a portrait. */
const REVIEWED_WITHIN_MS = DAY_MS;
/** Failed reads of a file after which it counts as gone. */
const MAX_FAILURES = 5;
const AGAIN_MS = 5 * SECOND_MS;

interface Waiting {
  readonly guildId: string;
  readonly asset: NamedAsset;
  dueElapsed: number;
  failures: number;
}

/** Brings named media into the libraries, in the background. */
export function createNamedUploads(deps: NamedUploadsDeps) {
  const waiting = new Map<string, Waiting>();
  return {
    add(guildId: string, asset: NamedAsset): void {
      waiting.set(workName(guildId, asset), { guildId, asset, dueElapsed: 0, failures: 0 });
    },
    /** Its upload may be in flight; nothing follows it. */
    drop(guildId: string, asset: NamedAsset): void {
      waiting.delete(workName(guildId, asset));
    },
    /** Makes what is due. Never rejects. */
    async goOn(signal: AbortSignal): Promise<void> {
      for (const [name, one] of waiting) {
        if (signal.aborted) return;
        if (deps.clock.elapsed() < one.dueElapsed) continue;
        if (await isDone(deps, one, signal)) waiting.delete(name);
      }
    },
  };
}

function workName(guildId: string, { name, addedAt }: NamedAsset): string {
  return `${guildId}:${name}:${addedAt}`;
}

/** Goes one step on; resolves with whether nothing is left to do. Never rejects. */
async function isDone(deps: NamedUploadsDeps, one: Waiting, signal: AbortSignal): Promise<boolean> {
  const { clock, log } = deps;
  try {
    const { guildId } = one;
    const asset = (await deps.store.of(guildId)).find((known) => isSame(known, one.asset));
    if (asset?.source === undefined) return true;
    const untilMs = await step(deps, guildId, asset, signal);
    if (untilMs === undefined) {
      await deps.finish(guildId, asset);
      return true;
    }
    one.dueElapsed = clock.elapsed() + Math.max(untilMs - clock.now(), 0);
    return false;
  } catch {
    one.failures += 1;
    one.dueElapsed = clock.elapsed() + AGAIN_MS;
    // The message of a failed read may name the address.
    log.warn({ asset: one.asset.name, failures: one.failures }, 'named medium not uploaded yet');
    if (one.failures < MAX_FAILURES) return false;
    return finished(deps, one);
  }
}

/** Gives up a file that cannot be read. Never rejects. */
async function finished({ finish, log }: NamedUploadsDeps, one: Waiting): Promise<boolean> {
  try {
    await finish(one.guildId, one.asset);
    return true;
  } catch (cause) {
    log.warn({ err: cause }, 'the end of an upload could not be recorded; trying again');
    return false;
  }
}

/** When to look again, by the clock; `undefined` if everything has ended. */
async function step(
  deps: NamedUploadsDeps,
  guildId: string,
  asset: NamedAsset,
  signal: AbortSignal,
): Promise<number | undefined> {
  const url = deps.store.open(asset);
  if (url === undefined) return undefined;
  if (asset.sha256 === undefined) {
    const sha256 = await deps.hash({ url, bytes: asset.file.bytes }, signal);
    await deps.store.decide(guildId, (assets) => ({
      result: undefined,
      after: assets.map((known) => (isSame(known, asset) ? { ...known, sha256 } : known)),
    }));
    return deps.clock.now();
  }
  const waits: number[] = [];
  for (const { library } of asset.charges) {
    const port = deps.libraries.get(library);
    if (port === undefined) continue;
    const progress = await progressIn(deps, guildId, { asset, port, url });
    if (progress?.kind === 'waits') waits.push(progress.untilMs);
  }
  const isTooLate = deps.clock.now() >= asset.addedAt + REVIEWED_WITHIN_MS;
  return waits.length === 0 || isTooLate ? undefined : Math.min(...waits);
}

/** The use is recorded before anything is looked up, so that the cleaner does not delete it meanwhile. */
async function progressIn(
  { registry, desk }: NamedUploadsDeps,
  guildId: string,
  {
    asset,
    port,
    url,
  }: { readonly asset: NamedAsset; readonly port: LibraryPort; readonly url: string },
): Promise<AssetProgress | undefined> {
  const { kind, way, sha256, memberId, name } = asset;
  const key = keyIn(asset, guildId, port.id);
  if (sha256 === undefined || key === undefined) return undefined;
  const identity = { guildId, library: port.id, kind, way, sha256 };
  await registry.change(key, (found) =>
    withUse(found ?? newAsset(identity, { memberId, fingerprint: port.fingerprint }), {
      by: 'name',
      name,
    }),
  );
  return desk.progress(key, port, {
    askerId: workName(guildId, asset),
    source: async () => ({ kind: 'address', url }),
  });
}
