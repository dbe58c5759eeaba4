import { askerOf, isSame, keyIn } from '../../domain/library/named-asset.ts';
import type { NamedAsset, UploadCharge } from '../../domain/library/named-asset.ts';
import { chargeAtEnd, chargeSoFar, withCharges } from '../../domain/library/upload-charges.ts';
import type { Asset } from '../../domain/library/asset.ts';
import type { MoneyStep } from '../../domain/ledger/task-money.ts';
import { accountKeysFor } from '../admission.ts';
import type { AssetRegistry } from '../ports/asset-registry-port.ts';
import type { Ledger } from '../ports/ledger-port.ts';
import type { LibraryPort } from '../ports/library-port.ts';
import type { NamedAssetStore } from '../ports/named-asset-store-port.ts';

interface ChargeDeps {
  readonly store: NamedAssetStore;
  readonly ledger: Pick<Ledger, 'load' | 'operator'>;
}

interface SettleDeps extends ChargeDeps {
  readonly registry: Pick<AssetRegistry, 'change'>;
  readonly libraries: ReadonlyMap<string, Pick<LibraryPort, 'fingerprint'>>;
}

/**
 * Settles the uploads of a name whose cost is known while its medium is still looked after. Resolves
 * with what the name is then; `undefined` if it was removed.
 */
export async function settleSoFar(
  deps: SettleDeps,
  guildId: string,
  asset: NamedAsset,
): Promise<NamedAsset | undefined> {
  if (!hasReserved(asset)) return asset;
  const found = await assetsOf(deps, guildId, asset);
  const askerId = askerOf(guildId, asset);
  await change(deps, guildId, asset, (known) =>
    withCharges(known, ({ library, quoted }) => {
      const fingerprint = deps.libraries.get(library)?.fingerprint ?? '';
      return chargeSoFar(found.get(library), fingerprint, { askerId, quoted });
    }),
  );
  return (await deps.store.of(guildId)).find((known) => isSame(known, asset));
}

/** Settles all uploads of a name and forgets where its file was: nothing more is done for it. */
export async function endUploads(
  deps: SettleDeps,
  guildId: string,
  asset: NamedAsset,
): Promise<void> {
  const found = await assetsOf(deps, guildId, asset);
  const askerId = askerOf(guildId, asset);
  await change(deps, guildId, asset, (known) => {
    const { source, ...rest } = withCharges(known, ({ library, quoted }) =>
      chargeAtEnd(found.get(library), { askerId, quoted }),
    );
    return source === undefined ? known : rest;
  });
}

/**
 * Settles every upload that is not settled, as probably charged: a restored store does not know
 * which were made. What is settled is not uploaded any more.
 */
export async function endUnknownUploads(deps: ChargeDeps): Promise<void> {
  for (const guildId of await deps.store.guilds()) {
    for (const asset of await deps.store.of(guildId)) {
      if (!hasReserved(asset)) continue;
      await change(deps, guildId, asset, (known) => withCharges(known, assumedStep));
    }
  }
}

function assumedStep({ quoted }: UploadCharge): MoneyStep {
  return { kind: 'settle', assumed: true, ...(quoted === undefined ? {} : { cost: quoted }) };
}

function hasReserved({ charges }: NamedAsset): boolean {
  return charges.some(({ money }) => money.state === 'reserved');
}

/** Changes one of the named media; writes nothing if it is not there any more or stays the same. */
async function change(
  { store, ledger }: ChargeDeps,
  guildId: string,
  asset: NamedAsset,
  update: (known: NamedAsset) => NamedAsset,
): Promise<void> {
  await ledger.load(accountKeysFor(ledger, guildId, asset.memberId));
  await store.decide(guildId, (assets) => {
    const after = assets.map((one) => (isSame(one, asset) ? update(one) : one));
    const isChanged = after.some((one, index) => one !== assets[index]);
    return isChanged ? { result: undefined, after } : { result: undefined };
  });
}

/** As they are after every change that has begun: an upload may just be recorded. */
async function assetsOf(
  { registry }: Pick<SettleDeps, 'registry'>,
  guildId: string,
  asset: NamedAsset,
): Promise<ReadonlyMap<string, Asset | undefined>> {
  const assets = new Map<string, Asset | undefined>();
  for (const { library } of asset.charges) {
    const key = keyIn(asset, guildId, library);
    const known = key === undefined ? undefined : await registry.change(key, (found) => found);
    assets.set(library, known);
  }
  return assets;
}
