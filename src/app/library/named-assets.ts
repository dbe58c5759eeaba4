import { nameMedia, withoutNamed } from '../../domain/library/name-media.ts';
import type { VideoRequest } from '../../domain/routes/request.ts';
import type { KnownName } from '../../domain/library/name-media.ts';
import { slotOf } from '../../domain/slots.ts';
import { isSame, keyIn } from '../../domain/library/named-asset.ts';
import type { NamedAsset } from '../../domain/library/named-asset.ts';
import { namesIn } from '../../domain/library/prompt-names.ts';
import type { NamedAssets, OwnNamed } from '../ports/named-assets-port.ts';
import { addNamed } from './add-named.ts';
import type { AddNamedDeps } from './add-named.ts';
import { endUploads } from './named-charges.ts';
import { endUnnamedUses } from './named-uses.ts';
import { createNamedUploads } from './named-uploads.ts';
import type { NamedUploads, NamedUploadsDeps } from './named-uploads.ts';
import { viewOf } from './named-views.ts';

export type NamedAssetsDeps = AddNamedDeps & NamedUploadsDeps;

/** Creates the named media of guilds. */
export function createNamedAssets(deps: NamedAssetsDeps): NamedAssets {
  const { store } = deps;
  const uploads = createNamedUploads(deps);
  /** Slots whose uploads do not go on yet. */
  const taken = new Set<number>();
  return {
    async add(naming) {
      const answer = await addNamed(deps, naming);
      if (answer.kind !== 'added') return answer;
      const { asset, ...added } = answer;
      uploads.add(naming.guildId, asset);
      return added;
    },
    list: async (guildId) => {
      const assets = await store.of(guildId);
      return Promise.all(assets.map(async (asset) => viewOf(deps, guildId, asset)));
    },
    peek: (guildId) => peek(deps, guildId),
    ofMember: async (memberId) => ofMember(deps, memberId),
    async remove(guildId, name) {
      const asset = (await store.of(guildId)).find((one) => one.name === name);
      if (asset === undefined) return false;
      await remove(deps, uploads, { guildId, asset });
      return true;
    },
    nameMedia: async (guildId, request) => withNames(deps, guildId, request),
    async forgetMember(memberId, { guildId, until }) {
      for (const asset of await store.of(guildId)) {
        const isTheirs = asset.memberId === memberId && asset.addedAt <= until;
        if (isTheirs) await remove(deps, uploads, { guildId, asset });
      }
    },
    async forgetGuild(guildId) {
      for (const asset of await store.of(guildId)) await remove(deps, uploads, { guildId, asset });
    },
    resume(slots) {
      for (const slot of slots) taken.add(slot);
    },
    async letGo(slots) {
      for (const slot of slots) taken.delete(slot);
      await uploads.letGo(slots);
    },
    async goOn() {
      if (taken.size > 0) {
        const slots = new Set(taken);
        taken.clear();
        await resumeUploads(deps, uploads, slots);
      }
      uploads.goOn();
    },
    stop: async () => uploads.stop(),
  };
}

function peek({ store, log }: NamedAssetsDeps, guildId: string): readonly string[] {
  const known = store.peek(guildId);
  // For the next letter; the answer to this one does not wait for the store.
  if (known === undefined) {
    store.of(guildId).catch((cause: unknown) => {
      log.warn({ err: cause }, 'named media could not be read');
    });
  }
  return known?.map(({ name }) => name) ?? [];
}

async function ofMember({ store }: NamedAssetsDeps, memberId: string): Promise<OwnNamed[]> {
  const own: OwnNamed[] = [];
  for (const guildId of await store.guilds()) {
    for (const asset of await store.of(guildId)) {
      if (asset.memberId === memberId) own.push({ guildId, asset });
    }
  }
  return own;
}

/** Settles what its uploads cost, then removes the name, and then what keeps its assets. */
async function remove(
  deps: NamedAssetsDeps,
  uploads: Pick<NamedUploads, 'drop'>,
  { guildId, asset }: OwnNamed,
): Promise<void> {
  await uploads.drop(guildId, asset);
  // What it has become meanwhile: its content may have been read.
  const known = (await deps.store.of(guildId)).find((one) => isSame(one, asset));
  if (known === undefined) return;
  await endUploads(deps, guildId, known);
  await deps.store.decide(guildId, (assets) => {
    const after = assets.filter((one) => !isSame(one, known));
    return after.length === assets.length ? { result: undefined } : { result: undefined, after };
  });
  await endUnnamedUses(deps, guildId);
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

async function knownName(
  deps: NamedAssetsDeps,
  guildId: string,
  asset: NamedAsset,
): Promise<KnownName> {
  const { places } = await viewOf(deps, guildId, asset);
  const keys = [...places.keys()].flatMap((library) => {
    const key = keyIn(asset, guildId, library);
    return key === undefined ? [] : [[library, key] as const];
  });
  return {
    kind: asset.kind,
    file: asset.file,
    places: Object.fromEntries([...places].map(([library, { place }]) => [library, place])),
    keys: Object.fromEntries(keys),
  };
}

/** Resumes what an earlier process left. Never rejects. */
async function resumeUploads(
  deps: NamedAssetsDeps,
  uploads: Pick<NamedUploads, 'add'>,
  slots: ReadonlySet<number>,
): Promise<void> {
  const { store, ownership, log } = deps;
  try {
    for (const guildId of await store.guilds()) {
      if (!slots.has(slotOf(guildId))) continue;
      for (const asset of await store.of(guildId)) {
        const isOurs = ownership.tenureOf(guildId) !== undefined;
        if (isOurs && asset.source !== undefined) uploads.add(guildId, asset);
      }
    }
    await endUnnamedUses(deps, (guildId) => slots.has(slotOf(guildId)));
  } catch (cause) {
    log.warn({ err: cause }, 'uploads of an earlier process could not be resumed');
  }
}
