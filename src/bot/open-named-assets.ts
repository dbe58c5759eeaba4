import type { MemberErasure } from '../app/library/erase-member.ts';
import { createNamedAssets } from '../app/library/named-assets.ts';
import type { NamedAssetsDeps } from '../app/library/named-assets.ts';
import { startLoop } from '../app/loop.ts';
import type { NamedAssets } from '../app/ports/named-assets-port.ts';
import type { PersonalDataStore } from '../app/ports/personal-data-port.ts';
import type { Route } from '../domain/routes/route.ts';
import type { BotContext } from './bot-context.ts';
import type { Media } from './open-media.ts';
import type { Library } from './open-library.ts';
import type { Stores } from './open-store.ts';

interface NamedParts extends Pick<
  NamedAssetsDeps,
  'budgets' | 'grants' | 'calendar' | 'priceList' | 'newTaskId' | 'pauses' | 'notices'
> {
  readonly library: Library;
  readonly hash: Media['hash'];
  readonly routesOn: readonly Route[];
}

/** Opens the named media of servers, at the providers whose routes take them by name. */
export function openNamedAssets(
  { ownership, clock, log }: Pick<BotContext, 'ownership' | 'clock' | 'log'>,
  { namedAssetStore: store, assetRegistry: registry, ledger, guilds }: Stores,
  { library: { libraries, desk }, routesOn, ...parts }: NamedParts,
): NamedAssets {
  const taking = new Set(routesOn.map(({ assetLibrary }) => assetLibrary));
  const named = new Map([...libraries].filter(([id]) => taking.has(id)));
  return createNamedAssets({
    ...parts,
    store,
    registry,
    ledger,
    guilds,
    libraries: named,
    desk,
    ownership,
    clock,
    log,
  });
}

const LOOK_EVERY_MS = 250;

/** Starts bringing what was named into the libraries, once the time is known. */
export function startNamedUploads(
  { clock, resources }: Pick<BotContext, 'clock' | 'resources'>,
  { namedAssets }: { readonly namedAssets: NamedAssets },
): void {
  const uploads = startLoop(clock, async () => {
    if (!clock.isKnown()) return LOOK_EVERY_MS;
    await namedAssets.goOn();
    return LOOK_EVERY_MS;
  });
  resources.own('named media', async () => {
    await uploads.stop();
    await namedAssets.stop();
  });
}

/** Named media, and personal data with what a member has added. */
export function withNamed(
  { personalData }: Pick<Stores, 'personalData'>,
  namedAssets: NamedAssets,
  erasure: Pick<MemberErasure, 'erase'>,
): { readonly namedAssets: NamedAssets; readonly personalData: PersonalDataStore } {
  return {
    namedAssets,
    personalData: {
      async read(memberId) {
        return {
          ...(await personalData.read(memberId)),
          named: await namedAssets.ofMember(memberId),
        };
      },
      async delete(memberId) {
        const { named, lines } = await erasure.erase(memberId);
        const deleted = await personalData.delete(memberId);
        return { ...deleted, named, lines: deleted.lines + lines };
      },
    },
  };
}

/** What a guild has named is removed before its accounts. */
export function withNamedOfGuilds(
  stores: Stores,
  { namedAssets }: { readonly namedAssets: NamedAssets },
): Stores {
  return {
    ...stores,
    async deleteGuildData(guildId, active) {
      await namedAssets.forgetGuild(guildId);
      return stores.deleteGuildData(guildId, active);
    },
  };
}
