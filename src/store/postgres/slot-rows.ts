import { z } from 'zod';
import type { Ask } from './schema.ts';

/**
 * A slot is free whose owner is no member, and stays free until its row is written: no id comes twice.
 * So it is enough that its row still has the owner that was seen. One that another member is about to
 * write is skipped.
 */
const TAKE = `
  WITH fence AS MATERIALIZED (SELECT 1 FROM member WHERE id = $1 FOR KEY SHARE),
  seen AS MATERIALIZED (
    SELECT n, owner FROM slot
    WHERE NOT EXISTS (SELECT 1 FROM member WHERE member.id = slot.owner)
  ),
  chosen AS MATERIALIZED (
    SELECT slot.n FROM slot
      JOIN seen ON seen.n = slot.n AND seen.owner IS NOT DISTINCT FROM slot.owner
      CROSS JOIN fence
    ORDER BY slot.n = ANY ($2::smallint[]) DESC, slot.n % $4::int, slot.n
    LIMIT $3
    FOR UPDATE OF slot SKIP LOCKED
  )
  UPDATE slot SET owner = $1 FROM chosen WHERE slot.n = chosen.n RETURNING slot.n`;

const FREE = `
  WITH freed AS (UPDATE slot SET owner = NULL WHERE n = $2 AND owner = $1 RETURNING n)
  SELECT pg_notify('clapper_slots', '') FROM freed`;

const slotRows = z.array(z.object({ n: z.number() }));

/** Makes free slots a member's own, the preferred ones first; resolves with those it got. */
export async function takeSlots(
  ask: Ask,
  wish: {
    readonly member: string;
    readonly preferred: readonly number[];
    /** Free ones are taken shard by shard. */
    readonly shards: number;
    readonly limit: number;
  },
): Promise<number[]> {
  const rows = await ask(TAKE, [wish.member, wish.preferred, wish.limit, wish.shards]);
  return slotRows.parse(rows).map(({ n }) => n);
}

/** Frees a slot of a member, if it is still its own, and wakes those that may have it. */
export async function freeSlot(ask: Ask, member: string, slot: number): Promise<void> {
  await ask(FREE, [member, slot]);
}
