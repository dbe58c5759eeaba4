import { createMemberErasure } from '../app/library/erase-member.ts';
import type { MemberErasure } from '../app/library/erase-member.ts';
import { startLoop } from '../app/loop.ts';
import type { NamedAssets } from '../app/ports/named-assets-port.ts';
import { DAY_MS, SECOND_MS } from '../domain/time-units.ts';
import { createErasureMarks } from '../store/privacy/erasure-marks.ts';
import type { BotContext } from './bot-context.ts';
import type { Stores } from './open-store.ts';

/**
 * How often marks are checked, in milliseconds: those of other processes, and those that a crash has
 * left where there are none.
 */
const EVERY_MS = { shared: 5 * SECOND_MS, alone: DAY_MS, unknown: SECOND_MS };

/** Opens the deletion of what members have in guilds, and starts doing what others have marked. */
export function openMemberErasure(
  { ownership, clock, log, resources }: BotContext,
  { records, assetRegistry: registry, shared }: Stores,
  namedAssets: NamedAssets,
): MemberErasure {
  const marks = createErasureMarks(records);
  const erasure = createMemberErasure({ marks, namedAssets, registry, ownership, log });
  const erasing = startLoop(clock, async () => {
    if (!clock.isKnown()) return EVERY_MS.unknown;
    await erasure.goOn();
    return shared === undefined ? EVERY_MS.alone : EVERY_MS.shared;
  });
  resources.own('erasures', async () => erasing.stop());
  return erasure;
}
