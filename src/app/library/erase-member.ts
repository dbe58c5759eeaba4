import { withoutMember } from '../../domain/library/asset-cleaning.ts';
import { guildOfAsset } from '../../domain/library/asset.ts';
import type { Asset } from '../../domain/library/asset.ts';
import type { AssetRegistry } from '../ports/asset-registry-port.ts';
import type { Log } from '../ports/core.ts';
import type { Erasure, ErasureMarks } from '../ports/erasure-marks-port.ts';
import type { NamedAssets } from '../ports/named-assets-port.ts';
import type { Ownership } from '../ports/ownership-port.ts';
import { NotOurs } from '../slots/not-ours.ts';

export interface MemberErasureDeps {
  readonly marks: ErasureMarks;
  readonly namedAssets: Pick<NamedAssets, 'ofMember' | 'forgetMember'>;
  readonly registry: Pick<AssetRegistry, 'keys' | 'get' | 'change' | 'noteForgotten'>;
  readonly ownership: Pick<Ownership, 'owns' | 'tenureOf'>;
  readonly log: Log;
}

/** Deletes what members named, and their names on what lies in libraries; only a guild's process may. */
export interface MemberErasure {
  /**
   * Does it in the guilds of this process, and leaves a mark for the processes of the others. Resolves
   * with how many names the member gave.
   */
  erase(memberId: string): Promise<number>;
  /** Does what is marked in the guilds of this process. Never rejects. */
  goOn(): Promise<void>;
}

export function createMemberErasure(deps: MemberErasureDeps): MemberErasure {
  const { marks, namedAssets, registry, ownership, log } = deps;
  return {
    async erase(memberId) {
      const named = await namedAssets.ofMember(memberId);
      const assets = await assetsOf(registry, memberId);
      const guildIds = new Set([
        ...named.map(({ guildId }) => guildId),
        ...assets.map(([key]) => guildOfAsset(key)),
      ]);
      const erasures = [...guildIds].map((guildId) => ({ guildId, memberId }));
      // First, so that a crash leaves none undone.
      if (erasures.length > 0) await marks.add(erasures);
      for (const one of erasures) if (ownership.owns(one.guildId)) await eraseOwn(deps, one);
      return named.length;
    },
    async goOn() {
      try {
        for (const one of await marks.all()) {
          if (ownership.owns(one.guildId)) await eraseOwn(deps, one);
        }
      } catch (cause) {
        log.warn({ err: cause }, 'what members deleted is not all gone yet; trying again');
      }
    },
  };
}

/** The assets that a member attached first, with their keys. */
export async function assetsOf(
  registry: Pick<AssetRegistry, 'keys' | 'get'>,
  memberId: string,
): Promise<[key: string, asset: Asset][]> {
  const found: [string, Asset][] = [];
  for (const key of await registry.keys()) {
    const asset = await registry.get(key);
    if (asset?.memberId === memberId) found.push([key, asset]);
  }
  return found;
}

/** Where the guild has gone to another process meanwhile, that one does it. */
async function eraseOwn(
  { marks, namedAssets, registry, ownership }: MemberErasureDeps,
  { guildId, memberId }: Erasure,
): Promise<void> {
  try {
    await ownership.tenureOf(guildId)?.during(async () => {
      await namedAssets.forgetMember(memberId, guildId);
      for (const key of await registry.keys(guildId)) {
        await registry.change(key, (asset) =>
          asset?.memberId === memberId ? withoutMember(asset) : asset,
        );
      }
      registry.noteForgotten();
      await marks.remove({ guildId, memberId });
    });
  } catch (cause) {
    if (!(cause instanceof NotOurs)) throw cause;
  }
}
