import { withoutMember } from '../../domain/library/asset-cleaning.ts';
import { guildOfAsset } from '../../domain/library/asset.ts';
import type { Asset } from '../../domain/library/asset.ts';
import type { AssetRegistry } from '../ports/asset-registry-port.ts';
import type { Clock, Log } from '../ports/core.ts';
import type { Erasure, ErasureMarks } from '../ports/erasure-marks-port.ts';
import type { NamedAssets } from '../ports/named-assets-port.ts';
import type { Ownership } from '../ports/ownership-port.ts';
import type { UploadLines } from '../ports/upload-lines-port.ts';
import { NotOurs } from '../slots/not-ours.ts';

export interface MemberErasureDeps {
  readonly marks: ErasureMarks;
  readonly namedAssets: Pick<NamedAssets, 'ofMember' | 'forgetMember'>;
  readonly uploadLines: UploadLines;
  readonly registry: Pick<AssetRegistry, 'keys' | 'get' | 'change' | 'noteForgotten'>;
  readonly ownership: Pick<Ownership, 'owns' | 'tenureOf'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
}

/** Deletes what members named, and their names on what lies in libraries; only a guild's process may. */
export interface MemberErasure {
  /**
   * Does it in the guilds of this process, and leaves a mark for the processes of the others. Resolves
   * with what there was in all of them.
   */
  erase(memberId: string): Promise<Erased>;
  /**
   * Does what is marked in the guilds of this process. Resolves with whether nothing of it failed; never
   * rejects.
   */
  goOn(signal: AbortSignal): Promise<boolean>;
}

/** How many names a member gave, and how many journal lines their uploads have. */
interface Erased {
  readonly named: number;
  readonly lines: number;
}

export function createMemberErasure(deps: MemberErasureDeps): MemberErasure {
  const { marks, namedAssets, uploadLines, registry, ownership, clock } = deps;
  return {
    async erase(memberId) {
      const named = await namedAssets.ofMember(memberId);
      const assets = await assetsOf(registry, memberId);
      const lines = await uploadLines.countOf(memberId);
      const guildIds = new Set([
        ...lines.keys(),
        ...named.map(({ guildId }) => guildId),
        ...assets.map(([key]) => guildOfAsset(key)),
      ]);
      const at = clock.now();
      const erasures = [...guildIds].map((guildId) => ({ guildId, memberId, at }));
      // First, so that a crash leaves none undone.
      if (erasures.length > 0) await marks.add(erasures);
      for (const one of erasures) if (ownership.owns(one.guildId)) await eraseOwn(deps, one);
      return { named: named.length, lines: [...lines.values()].reduce((sum, one) => sum + one, 0) };
    },
    async goOn(signal) {
      return isDone(deps, async () => {
        const ours = (await marks.all()).filter(({ guildId }) => ownership.owns(guildId));
        let failed = 0;
        for (const one of ours) {
          // One that fails holds up no other.
          const isErased = signal.aborted || (await isDone(deps, async () => eraseOwn(deps, one)));
          if (!isErased) failed += 1;
        }
        return failed === 0;
      });
    },
  };
}

/** Whether work was done to its end; a failure is logged, and the next pass does it again. */
async function isDone(
  { log }: Pick<MemberErasureDeps, 'log'>,
  work: () => Promise<boolean>,
): Promise<boolean> {
  try {
    return await work();
  } catch (cause) {
    log.warn({ err: cause }, 'what members deleted is not all gone yet; trying again');
    return false;
  }
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

/** Where the guild has gone to another process meanwhile, that one does it, and nothing failed here. */
async function eraseOwn(
  { marks, namedAssets, uploadLines, registry, ownership }: MemberErasureDeps,
  erasure: Erasure,
): Promise<true> {
  const { guildId, memberId, at } = erasure;
  try {
    await ownership.tenureOf(guildId)?.during(async () => {
      // Settles what is open, which writes the lines a last time.
      await namedAssets.forgetMember(memberId, { guildId, until: at });
      await uploadLines.forget(memberId, { guildId, until: at });
      for (const key of await registry.keys(guildId)) {
        await registry.change(key, (asset) =>
          asset?.memberId === memberId ? withoutMember(asset) : asset,
        );
      }
      registry.noteForgotten();
      await marks.remove(erasure);
    });
  } catch (cause) {
    if (!(cause instanceof NotOurs)) throw cause;
  }
  return true;
}
