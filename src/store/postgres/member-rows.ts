import { z } from 'zod';
import { memberSettingsSchema } from './member-settings.ts';
import type { MemberSettings, NamedAmounts } from './member-settings.ts';
import type { Ask } from './schema.ts';

/** The channel on which each new member is announced. */
export const MEMBERS_CHANNEL = 'clapper_members';

/** A member as a renewal has seen it. */
export interface SeenMember {
  readonly id: string;
  readonly instance: string;
  /** When its process became a member, in microseconds since the epoch, by the database's clock. */
  readonly sinceUs: number;
  readonly isLeaving: boolean;
  /** The members that it says it counts when it shares; `undefined` until it shares. */
  readonly counts: readonly string[] | undefined;
  /** `undefined` for a member of an older version. */
  readonly settings?: MemberSettings | undefined;
}

/** What a new member enters with. */
export interface Entry {
  readonly member: string;
  readonly instance: string;
  readonly leaseMs: number;
  readonly isLeaving: boolean;
  /** The members of this process before it: none may commit any more, and their slots move to it. */
  readonly before: readonly string[];
  readonly settings: MemberSettings;
  readonly applied: NamedAmounts;
}

/**
 * The removal of a row waits for a commit of that member that still runs, and lets none begin any more.
 * A slot that moves was never another process's: only its owner itself changes the row of a
 * slot while it is a member, and is compared here after it is gone.
 */
const ENTER = `
  WITH ended AS (DELETE FROM member WHERE id = ANY ($5::text[]) RETURNING since),
  entered AS (
    INSERT INTO member (id, instance, since, entered, until, leaving, lock_key, settings, applied)
    SELECT $1, $2, coalesce((SELECT min(since) FROM ended), clock_timestamp()), clock_timestamp(),
      clock_timestamp() + $3 * interval '1 ms', $4, hashtextextended('clapper:member:' || $1, 0),
      $6::jsonb, $7::jsonb
  ),
  moved AS (UPDATE slot SET owner = $1 WHERE owner = ANY ($5::text[]) RETURNING n)
  SELECT pg_notify('${MEMBERS_CHANNEL}', $1), (SELECT coalesce(array_agg(n), '{}') FROM moved) AS moved`;

const RENEW = `
  WITH renewed AS (
    UPDATE member SET until = clock_timestamp() + $2 * interval '1 ms', counts = $3::text[],
      applied = $4::jsonb
    WHERE id = $1 RETURNING 1
  )
  SELECT id, instance, (extract(epoch FROM since) * 1000000)::float8 AS since, leaving, counts,
    settings,
    (SELECT count(*)::int FROM renewed) AS renewed,
    (SELECT (extract(epoch FROM clock_timestamp() - at) * 1000)::float8 FROM removal) AS removed_ago,
    (SELECT CASE WHEN left_at > at THEN 0 ELSE extract(epoch FROM at - previous) * 1000 END::float8
      FROM removal) AS removed_after
  FROM member ORDER BY since, id`;

/**
 * Removes the dead: whose lease has ended, or whose advisory lock is free, which says that its
 * connection is gone. A restart of the server frees all locks: then their holders get two seconds to
 * come again. A row that is locked by a commit is skipped; so no member ever waits for another one.
 */
const REMOVE_DEAD = `
  dead AS MATERIALIZED (
    SELECT id FROM member
    WHERE id <> $1 AND (
      until < clock_timestamp()
      OR (
        greatest(entered, pg_postmaster_start_time()) = entered
        OR pg_postmaster_start_time() + interval '2 s' < clock_timestamp()
      ) AND pg_try_advisory_xact_lock(lock_key)
    )
    FOR UPDATE SKIP LOCKED
  ),
  removed AS (DELETE FROM member USING dead WHERE member.id = dead.id RETURNING member.id),
  noted AS (
    INSERT INTO removal (is_only, at) SELECT true, clock_timestamp() FROM removed LIMIT 1
    ON CONFLICT (is_only) DO UPDATE SET at = excluded.at, previous = removal.at
  )`;

const LOOK = `
  WITH ${REMOVE_DEAD}
  SELECT
    EXISTS (SELECT 1 FROM member WHERE id = $1) AS is_member,
    (SELECT coalesce(array_agg(id), '{}') FROM removed) AS removed,
    (SELECT coalesce(array_agg(id ORDER BY since, id), '{}') FROM member
      WHERE NOT leaving AND id NOT IN (SELECT id FROM removed)) AS sharing,
    (SELECT coalesce(array_agg(n ORDER BY n), '{}') FROM slot WHERE owner = $1) AS own,
    (SELECT count(*)::int FROM slot WHERE NOT EXISTS (
      SELECT 1 FROM member WHERE member.id = slot.owner AND id NOT IN (SELECT id FROM removed)
    )) AS free`;

const instanceRows = z.array(z.object({ instance: z.string() }));
const enteredRows = z.tuple([z.object({ moved: z.array(z.number()) })]);
const memberRows = z.array(
  z.object({
    id: z.string(),
    instance: z.string(),
    since: z.number(),
    leaving: z.boolean(),
    counts: z.array(z.string()).nullable(),
    // What a later version says is no reason to be no member.
    settings: memberSettingsSchema.nullable().catch(null),
    renewed: z.number(),
    removed_ago: z.number().nullable(),
    removed_after: z.number().nullable(),
  }),
);
const lookRows = z.tuple([
  z.object({
    is_member: z.boolean(),
    removed: z.array(z.string()),
    sharing: z.array(z.string()),
    own: z.array(z.number()),
    free: z.number(),
  }),
]);

/** What one look at the members and slots has found. */
export interface Look {
  readonly isMember: boolean;
  /** The members that it has removed. */
  readonly removed: readonly string[];
  /** The ids of all that do not leave, the eldest first. */
  readonly sharing: readonly string[];
  /** The slots that the looking member owns. */
  readonly own: readonly number[];
  /** How many slots have no owner. */
  readonly free: number;
}

/**
 * Enters a new member in place of those before it, by one commit; resolves with the slots that moved to
 * it. Rejects with error 23505 while another process of that name is a member.
 */
export async function enterMember(ask: Ask, entry: Entry): Promise<number[]> {
  const { member, instance, leaseMs, isLeaving, before, settings, applied } = entry;
  const values = [member, instance, leaseMs, isLeaving, before];
  const [{ moved }] = enteredRows.parse(
    await ask(ENTER, [...values, JSON.stringify(settings), JSON.stringify(applied)]),
  );
  return moved;
}

/** What a renewal has seen. */
export interface Seen {
  readonly members: readonly SeenMember[];
  /** How long ago a dead member was removed by another, in milliseconds; `undefined` if none ever was. */
  readonly removedAgoMs: number | undefined;
  /**
   * How long after the removal before that one, or 0 if a member has left since: it may have taken up what
   * the dead one was sending. `undefined` if it was the first.
   */
  readonly removedAfterMs: number | undefined;
}

/** Renews a lease, from the database's now on. Resolves with what it sees, or `undefined` without its row. */
export async function renewMember(
  ask: Ask,
  renewal: {
    readonly member: string;
    readonly leaseMs: number;
    readonly counts: readonly string[] | undefined;
    readonly applied: NamedAmounts;
  },
): Promise<Seen | undefined> {
  const { member, leaseMs, counts, applied } = renewal;
  const values = [member, leaseMs, counts, JSON.stringify(applied)];
  const rows = memberRows.parse(await ask(RENEW, values));
  const [first] = rows;
  if (first?.renewed !== 1) return undefined;
  const members = rows.map(({ id, instance, since, leaving, ...said }) => ({
    id,
    instance,
    sinceUs: since,
    isLeaving: leaving,
    counts: said.counts ?? undefined,
    settings: said.settings ?? undefined,
  }));
  const { removed_ago: removedAgoMs, removed_after: removedAfterMs } = first;
  return {
    members,
    removedAgoMs: removedAgoMs ?? undefined,
    removedAfterMs: removedAfterMs ?? undefined,
  };
}

/** Removes the dead members but this one, and says how things stand. */
export async function lookAtMembers(ask: Ask, member: string): Promise<Look> {
  const [{ is_member: isMember, ...found }] = lookRows.parse(await ask(LOOK, [member]));
  return { isMember, ...found };
}

/** Says whether a member shares the slots, and wakes those whose share that changes. */
export async function markLeaving(ask: Ask, member: string, isLeaving: boolean): Promise<void> {
  await ask(
    `WITH marked AS (UPDATE member SET leaving = $2 WHERE id = $1 RETURNING 1)
     SELECT pg_notify('clapper_slots', '') FROM marked`,
    [member, isLeaving],
  );
}

/** The names of all members, also of those that only start. */
export async function readInstances(ask: Ask): Promise<ReadonlySet<string>> {
  const rows = instanceRows.parse(await ask('SELECT instance FROM member'));
  return new Set(rows.map(({ instance }) => instance));
}

const HAS_COMPANY = `
  SELECT 1 FROM member
  WHERE id <> $1 AND (NOT leaving OR EXISTS (SELECT 1 FROM slot WHERE owner = member.id))
  LIMIT 1`;

/** Whether another member serves slots, or is about to. One that only starts does not count. */
export async function hasCompany(ask: Ask, member: string): Promise<boolean> {
  await lookAtMembers(ask, member);
  return (await ask(HAS_COMPANY, [member])).length > 0;
}

/** Ends a membership, and wakes those that may have its slots. */
export async function removeMember(ask: Ask, member: string): Promise<void> {
  await ask(
    `WITH ended AS (DELETE FROM member WHERE id = $1 RETURNING 1),
     noted AS (UPDATE removal SET left_at = clock_timestamp() FROM ended)
     SELECT pg_notify('clapper_slots', '') FROM ended`,
    [member],
  );
}
