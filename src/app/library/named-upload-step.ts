import { USABLE_WITHIN_MS } from '../../domain/library/asset-timing.ts';
import { newAsset } from '../../domain/library/asset.ts';
import type { Asset, AssetFault } from '../../domain/library/asset.ts';
import { withUse } from '../../domain/library/asset-uses.ts';
import { askerOf, isSame, keyIn } from '../../domain/library/named-asset.ts';
import type { NamedAsset, UploadCharge } from '../../domain/library/named-asset.ts';
import { isAboutAccount } from '../../domain/tasks/provider-rejection.ts';
import { DAY_MS, MINUTE_MS } from '../../domain/time-units.ts';
import type { AssetRegistry } from '../ports/asset-registry-port.ts';
import type { Clock } from '../ports/core.ts';
import type { Ledger } from '../ports/ledger-port.ts';
import type { LibraryPort } from '../ports/library-port.ts';
import type { NamedAssetStore } from '../ports/named-asset-store-port.ts';
import type { Notices } from '../ports/notice-port.ts';
import type { Ownership } from '../ports/ownership-port.ts';
import type { ProviderPauses } from '../ports/provider-pauses-port.ts';
import type { AssetProgress } from '../ports/task-assets-port.ts';
import type { AssetDesk } from './asset-desk.ts';
import { settleSoFar } from './named-charges.ts';
import { endUnnamedUses } from './named-uses.ts';

export interface NamedStepDeps {
  readonly store: NamedAssetStore;
  readonly registry: AssetRegistry;
  readonly ledger: Pick<Ledger, 'load' | 'operator'>;
  readonly libraries: ReadonlyMap<string, LibraryPort>;
  readonly desk: Pick<AssetDesk, 'progress'>;
  readonly pauses: ProviderPauses;
  readonly notices: Pick<Notices, 'providerPaused'>;
  /** The hash of a file, in hex; rejects if it cannot be read. */
  readonly hash: (
    file: { readonly url: string; readonly bytes: number },
    signal: AbortSignal,
  ) => Promise<string>;
  readonly ownership: Pick<Ownership, 'tenureOf'>;
  readonly clock: Clock;
}

/** How long a review is waited for, in milliseconds; a person may have to look at a portrait. */
const REVIEWED_WITHIN_MS = { file: DAY_MS, person: 7 * DAY_MS } as const;
/** How often a medium that takes longer than usual is checked, in milliseconds. */
const LATE_LOOKS_MS = 5 * MINUTE_MS;

/**
 * What one step came to. `waits`: until then, by the clock. `unread`: its file could not be read.
 * `ended`: nothing more will come of it.
 */
export type StepEnd =
  | { readonly kind: 'waits'; readonly untilMs: number }
  | { readonly kind: 'unread' | 'ended' };

/** Goes one step on with a named medium. Never waits for a provider. */
export async function namedUploadStep(
  deps: NamedStepDeps,
  guildId: string,
  asset: NamedAsset,
  signal: AbortSignal,
): Promise<StepEnd> {
  const { store, clock } = deps;
  const url = store.open(asset);
  if (url === undefined) return { kind: 'ended' };
  if (asset.sha256 === undefined) return identify(deps, guildId, { asset, url }, signal);
  const settled = await settleSoFar(deps, guildId, asset);
  const waits: number[] = [];
  for (const charge of settled?.charges ?? []) {
    const untilMs = await bringInto(deps, guildId, { asset, charge, url, signal });
    if (untilMs !== undefined) waits.push(untilMs);
  }
  const age = clock.now() - asset.addedAt;
  if (waits.length === 0 || age >= REVIEWED_WITHIN_MS[asset.way]) return { kind: 'ended' };
  const leastMs = age >= USABLE_WITHIN_MS ? clock.now() + LATE_LOOKS_MS : 0;
  return { kind: 'waits', untilMs: Math.max(leastMs, Math.min(...waits)) };
}

async function identify(
  deps: NamedStepDeps,
  guildId: string,
  { asset, url }: { readonly asset: NamedAsset; readonly url: string },
  signal: AbortSignal,
): Promise<StepEnd> {
  const { store, hash, clock } = deps;
  const sha256 = await hash({ url, bytes: asset.file.bytes }, signal).catch(() => undefined);
  if (sha256 === undefined) return { kind: 'unread' };
  await store.decide(guildId, (assets) => ({
    result: undefined,
    after: assets.map((known) => (isSame(known, asset) ? { ...known, sha256 } : known)),
  }));
  // What the name stood for before may be deleted now, unless it is the same.
  await endUnnamedUses(deps, guildId);
  return { kind: 'waits', untilMs: clock.now() };
}

/** When to look again; `undefined` if nothing more will come of it in this library. */
async function bringInto(
  deps: NamedStepDeps,
  guildId: string,
  medium: {
    readonly asset: NamedAsset;
    readonly charge: UploadCharge;
    readonly url: string;
    readonly signal: AbortSignal;
  },
): Promise<number | undefined> {
  const { clock, pauses, libraries } = deps;
  const { asset, charge } = medium;
  const library = libraries.get(charge.library);
  const key = keyIn(asset, guildId, charge.library);
  if (library === undefined || key === undefined) return undefined;
  const [provider = ''] = library.id.split('/');
  const pausedUntil = pauses.until(provider);
  if (pausedUntil !== undefined) return pausedUntil;
  // An upload that is settled is not made once more.
  const mayUpload = charge.money.state === 'reserved';
  if (!mayUpload && !isThere(await deps.registry.get(key))) return undefined;
  const progress = await progressIn(deps, guildId, { ...medium, key, library });
  if (progress.kind === 'waits') return progress.untilMs;
  if (progress.kind !== 'unusable' || !isAboutAccount(progress.fault.category)) return undefined;
  void pause(deps, guildId, provider, progress.fault);
  return clock.now() + LATE_LOOKS_MS;
}

function isThere(asset: Asset | undefined): boolean {
  return asset?.state.name === 'submitted' || asset?.state.name === 'active';
}

/** The use is recorded before anything is looked up, so that the cleaner does not delete it meanwhile. */
async function progressIn(
  { registry, desk }: NamedStepDeps,
  guildId: string,
  {
    asset,
    key,
    library,
    url,
    signal,
  }: {
    readonly asset: NamedAsset;
    readonly key: string;
    readonly library: LibraryPort;
    readonly url: string;
    readonly signal: AbortSignal;
  },
): Promise<AssetProgress> {
  const { kind, way, sha256 = '', memberId, name } = asset;
  const { id, fingerprint } = library;
  await registry.change(key, (found) => {
    const known =
      found ?? newAsset({ guildId, library: id, kind, way, sha256 }, { memberId, fingerprint });
    return withUse(known, { by: 'name', name });
  });
  return desk.progress(key, library, {
    askerId: askerOf(guildId, asset),
    isDropped: () => signal.aborted,
    source: async () => ({ kind: 'address', url }),
  });
}

/** Pauses a provider, at once; resolves when the admins were notified of a new pause. Never rejects. */
async function pause(
  { pauses, notices }: NamedStepDeps,
  guildId: string,
  provider: string,
  { category }: AssetFault,
): Promise<void> {
  const begun = await pauses.pauseOnAccountRefusal(provider, category);
  if (begun !== undefined) await notices.providerPaused(guildId, begun);
}
