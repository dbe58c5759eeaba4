import { createMemberErasure } from '../app/library/erase-member.ts';
import type { MemberErasure } from '../app/library/erase-member.ts';
import { startLoop } from '../app/loop.ts';
import type { NamedAssets } from '../app/ports/named-assets-port.ts';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../domain/time-units.ts';
import { createErasureMarks } from '../store/privacy/erasure-marks.ts';
import type { BotContext } from './bot-context.ts';
import type { Stores } from './open-store.ts';

/**
 * How often marks are checked, in milliseconds: those of other processes, those that a crash has left
 * where there are none, and those that could not be done.
 */
const EVERY_MS = {
  shared: 5 * SECOND_MS,
  alone: DAY_MS,
  failed: MINUTE_MS,
  unknown: SECOND_MS,
};

/** Opens the deletion of what members have in guilds, and starts doing what others have marked. */
export function openMemberErasure(
  { ownership, clock, log, resources }: BotContext,
  { records, assetRegistry: registry, uploadLines, shared }: Stores,
  namedAssets: NamedAssets,
): MemberErasure {
  const marks = createErasureMarks(records);
  const deps = { marks, namedAssets, uploadLines, registry, ownership, clock, log };
  const erasure = createMemberErasure(deps);
  const erasing = startLoop(clock, async (signal) => {
    if (!clock.isKnown()) return EVERY_MS.unknown;
    const isDone = await erasure.goOn(signal);
    if (shared !== undefined) return EVERY_MS.shared;
    return isDone ? EVERY_MS.alone : EVERY_MS.failed;
  });
  resources.own('erasures', async () => erasing.stop());
  return erasure;
}
