import { withoutUse } from '../../domain/library/asset-uses.ts';
import { nameMedia, withoutNamed } from '../../domain/library/name-media.ts';
import type { VideoRequest } from '../../domain/routes/request.ts';
import type { KnownName } from '../../domain/library/name-media.ts';
import { isSame, keyIn } from '../../domain/library/named-asset.ts';
import type { NamedAsset } from '../../domain/library/named-asset.ts';
import { namesIn } from '../../domain/library/prompt-names.ts';
import { chargeStep, withCharges } from '../../domain/library/upload-charges.ts';
import type { Asset } from '../../domain/library/asset.ts';
import { accountKeysFor } from '../admission.ts';
import type { NamedAssets } from '../ports/named-assets-port.ts';
import { addNamed } from './add-named.ts';
import type { AddNamedDeps } from './add-named.ts';
import { createNamedUploads } from './named-uploads.ts';
import type { NamedUploadsDeps } from './named-uploads.ts';
import { viewOf } from './named-views.ts';

export type NamedAssetsDeps = AddNamedDeps & Omit<NamedUploadsDeps, 'finish'>;

/** Creates the named media of guilds. */
export function createNamedAssets(deps: NamedAssetsDeps): NamedAssets {
  const { store } = deps;
  const uploads = createNamedUploads({
    ...deps,
    finish: async (guildId, asset) => finish(deps, guildId, asset),
  });
  const forget = async (guildId: string, asset: NamedAsset): Promise<void> => {
    uploads.drop(guildId, asset);
    await removeNamed(deps, guildId, asset);
  };
  return {
    async add(naming) {
      const answer = await addNamed(deps, naming);
      if (answer.kind === 'added') uploads.add(naming.guildId, answer.asset);
      if (answer.kind === 'added' && answer.replaced !== undefined) {
        await endUses(deps, naming.guildId, answer.replaced, answer.asset);
      }
      return answer;
    },
    list: async (guildId) => {
      const assets = await store.of(guildId);
      return Promise.all(assets.map(async (asset) => viewOf(deps, guildId, asset)));
    },
    async remove(guildId, name) {
      const asset = (await store.of(guildId)).find((one) => one.name === name);
      if (asset === undefined) return false;
      await forget(guildId, asset);
      return true;
    },
    nameMedia: async (guildId, request) => withNames(deps, guildId, request),
    async forgetMember(memberId) {
      for (const guildId of await store.guilds()) {
        for (const asset of await store.of(guildId)) {
          if (asset.memberId === memberId) await forget(guildId, asset);
        }
      }
    },
    async forgetGuild(guildId) {
      for (const asset of await store.of(guildId)) await forget(guildId, asset);
    },
    goOn: async (signal) => uploads.goOn(signal),
    start: async () => resumeUploads(deps, uploads),
  };
}

async function withNames(
  deps: NamedAssetsDeps,
  guildId: string,
  request: VideoRequest,
): Promise<VideoRequest> {
  if (!request.prompt.includes('{')) return withoutNamed(request);
  const assets = await deps.store.of(guildId);
  if (assets.length === 0) return withoutNamed(request);
  const known = new Map<string, KnownName>();
  for (const name of namesIn(request.prompt)) {
    const asset = assets.find((one) => one.name === name);
    if (asset !== undefined) known.set(name, await knownName(deps, guildId, asset));
  }
  return nameMedia(request, (name) => known.get(name));
}

/** Resumes what an earlier process left. Never rejects. */
async function resumeUploads(
  deps: NamedAssetsDeps,
  uploads: Pick<ReturnType<typeof createNamedUploads>, 'add'>,
): Promise<void> {
  const { store, log } = deps;
  try {
    for (const guildId of await store.guilds()) {
      for (const asset of await store.of(guildId)) {
        if (asset.source !== undefined) uploads.add(guildId, asset);
      }
    }
    await endUnnamedUses(deps);
  } catch (cause) {
    log.warn({ err: cause }, 'uploads of an earlier process could not be resumed');
  }
}

/** Ends the uses of names that a crash left between a removal and this. */
async function endUnnamedUses(deps: NamedAssetsDeps): Promise<void> {
  const { registry, store } = deps;
  for (const key of await registry.keys()) {
    const asset = await registry.get(key);
    if (asset === undefined) continue;
    const named = await store.of(asset.guildId);
    for (const name of asset.uses.names) {
      const isNamed = named.some(
        (one) => one.name === name && keyIn(one, asset.guildId, asset.library) === key,
      );
      if (!isNamed) await endUse(deps, key, name);
    }
  }
}

async function endUse(
  { registry, clock }: Pick<NamedAssetsDeps, 'registry' | 'clock'>,
  key: string,
  name: string,
): Promise<void> {
  await registry.change(
    key,
    (asset) => asset && withoutUse(asset, { by: 'name', name }, clock.now()),
  );
  registry.noteForgotten();
}

/** Ends the uses of what a name stood for, except where it stands for the same again. */
async function endUses(
  deps: NamedAssetsDeps,
  guildId: string,
  asset: NamedAsset,
  kept?: NamedAsset,
): Promise<void> {
  for (const library of deps.libraries.keys()) {
    const key = keyIn(asset, guildId, library);
    if (key === undefined || (kept && keyIn(kept, guildId, library)) === key) continue;
    await endUse(deps, key, asset.name);
  }
}

async function finish(deps: NamedAssetsDeps, guildId: string, asset: NamedAsset): Promise<void> {
  const { store, registry, ledger } = deps;
  const found = new Map<string, Asset | undefined>();
  for (const { library } of asset.charges) {
    const key = keyIn(asset, guildId, library);
    found.set(library, key === undefined ? undefined : await registry.get(key));
  }
  await ledger.load(accountKeysFor(guildId, asset.memberId));
  await store.decide(guildId, (assets) => ({
    result: undefined,
    after: assets.map((one) => {
      if (!isSame(one, asset)) return one;
      const { source: _, ...rest } = withCharges(one, ({ library, quoted }) =>
        chargeStep(found.get(library), one.addedAt, quoted),
      );
      return rest;
    }),
  }));
}

/** Settles what its uploads cost, then removes the name, and then what keeps its assets. */
async function removeNamed(
  deps: NamedAssetsDeps,
  guildId: string,
  asset: NamedAsset,
): Promise<void> {
  await finish(deps, guildId, asset);
  await deps.store.decide(guildId, (assets) => {
    const after = assets.filter((one) => !isSame(one, asset));
    return after.length === assets.length ? { result: undefined } : { result: undefined, after };
  });
  await endUses(deps, guildId, asset);
}

async function knownName(
  deps: NamedAssetsDeps,
  guildId: string,
  asset: NamedAsset,
): Promise<KnownName> {
  const { places } = await viewOf(deps, guildId, asset);
  const keys = Object.keys(places).flatMap((library) => {
    const key = keyIn(asset, guildId, library);
    return key === undefined ? [] : [[library, key] as const];
  });
  return { kind: asset.kind, file: asset.file, places, keys: Object.fromEntries(keys) };
}
