import { z } from 'zod';
import { ownersChannel } from './mail-channel.ts';
import type { Ask } from './schema.ts';

/** A letter as it is kept: its text is sealed for its id and its slot. */
export interface InboxRow {
  readonly id: string;
  readonly slot: number;
  readonly body: string;
}

/** How long a row may lie before anyone removes it: its sender must be dead. */
const STALE_SECONDS = 60;

/**
 * A sender is fenced like a commit, so that what it does next comes after what it did. The owner that it
 * sees may have changed by the time it commits; the one before then passes the notice on.
 */
const PUT = `
  WITH fence AS MATERIALIZED (SELECT 1 FROM member WHERE id = $1 FOR KEY SHARE),
  life AS (
    INSERT INTO inbox_life (is_only, id) SELECT true, $2 FROM fence ON CONFLICT DO NOTHING
  ),
  put AS (
    INSERT INTO inbox (id, slot, body, at) SELECT $2, $3, $4, clock_timestamp() FROM fence
    RETURNING slot
  )
  SELECT pg_notify(${ownersChannel('put.slot')}, slot::text), (SELECT id FROM inbox_life) AS life
  FROM put`;

const LIFE = 'SELECT id FROM inbox_life';

const PASS_ON = `
  SELECT pg_notify(${ownersChannel('slot.n')}, slot.n::text)
  FROM slot WHERE n = $2 AND owner IS DISTINCT FROM $1`;

const WITHDRAW = `
  WITH withdrawn AS (DELETE FROM inbox WHERE id = ANY ($1::text[]) RETURNING id)
  SELECT ARRAY (SELECT id FROM withdrawn) AS withdrawn, (SELECT id FROM inbox_life) AS life`;

/** A slot that is another member's by now is left out, whatever this process still believes. */
const FETCH = `
  WITH fence AS MATERIALIZED (SELECT 1 FROM member WHERE id = $1 FOR KEY SHARE)
  DELETE FROM inbox USING slot, fence
  WHERE inbox.slot = slot.n AND slot.owner = $1 AND inbox.slot = ANY ($2::smallint[])
  RETURNING inbox.id, inbox.slot, inbox.body, inbox.at::text AS at`;

const SWEEP = `
  DELETE FROM inbox WHERE at < clock_timestamp() - interval '${STALE_SECONDS} s'`;

const putRows = z.array(z.object({ life: z.string().nullable() }));
const lifeRows = z.array(z.object({ id: z.string() }));
const withdrawals = z.tuple([
  z.object({ withdrawn: z.array(z.string()), life: z.string().nullable() }),
]);
const fetchRows = z.array(
  z.object({ id: z.string(), slot: z.number(), body: z.string(), at: z.string() }),
);

/**
 * Puts a row for a slot's owner, and wakes it. Resolves with the id of the life of the table, which ends
 * when a crash of the server empties it; with `undefined` if the sender is a member no more.
 */
export async function putRow(ask: Ask, member: string, row: InboxRow): Promise<string | undefined> {
  const [put] = putRows.parse(await ask(PUT, [member, row.id, row.slot, row.body]));
  if (put === undefined) return undefined;
  // The first letter of a life begins it.
  return put.life ?? lifeRows.parse(await ask(LIFE))[0]?.id;
}

/** Wakes the owner of a slot, unless it is this member: its letters were meant for who had it before. */
export async function passNoticeOn(ask: Ask, member: string, slot: number): Promise<void> {
  await ask(PASS_ON, [member, slot]);
}

/** Which rows were withdrawn, and the life of the table. */
export interface Withdrawal {
  readonly withdrawn: ReadonlySet<string>;
  readonly life: string | undefined;
}

/** Removes rows, except those that their owner has fetched or a crash of the server has emptied. */
export async function withdrawRows(ask: Ask, ids: readonly string[]): Promise<Withdrawal> {
  const [{ withdrawn, life }] = withdrawals.parse(await ask(WITHDRAW, [ids]));
  return { withdrawn: new Set(withdrawn), life: life ?? undefined };
}

/** Removes the rows of these slots, as far as they are the member's, and resolves with them, oldest first. */
export async function fetchRowsOf(
  ask: Ask,
  member: string,
  slots: readonly number[],
): Promise<InboxRow[]> {
  const rows = fetchRows.parse(await ask(FETCH, [member, slots]));
  return rows.toSorted((a, b) => (a.at < b.at ? -1 : 1));
}

/** Removes rows that no sender asks for any more. */
export async function sweepRows(ask: Ask): Promise<void> {
  await ask(SWEEP);
}
