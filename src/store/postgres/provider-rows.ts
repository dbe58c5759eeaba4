import { z } from 'zod';
import type { ProviderHold } from '../../app/ports/provider-share-port.ts';
import { REJECTION_CATEGORIES } from '../../domain/tasks/provider-rejection.ts';
import type { Ask } from './schema.ts';

/** What is known of a provider, and the write that it comes from. */
export interface ProviderRow {
  readonly provider: string;
  readonly hold: ProviderHold;
  readonly version: string;
}

/** Times cross as what is left of them, so that no process's clock is compared with the database's. */
const LEFT = ['paused', 'blocked', 'busy']
  .map(
    (name) =>
      `greatest(0, extract(epoch FROM ${name}_until - clock_timestamp()) * 1000)::float8 AS ${name}`,
  )
  .join(', ');
const WHY = `paused_by, CASE WHEN reason_of = paused_by THEN reason END AS reason`;

/** Whether a pause begins by a report. */
const BEGINS = `$3::float8 > 0 AND p.paused_until <= clock_timestamp()`;

/** What is not given, or is over, changes nothing; a provider that is busy no more is not. */
const REPORT = `
  WITH reported AS (
    INSERT INTO provider AS p (id, paused_until, paused_by, blocked_until, busy_until, version, reason, reason_of)
    VALUES (
      $1,
      clock_timestamp() + coalesce($3::float8, 0) * interval '1 ms',
      CASE WHEN $3::float8 > 0 THEN $6::text ELSE '' END,
      clock_timestamp() + coalesce($4::float8, 0) * interval '1 ms',
      clock_timestamp() + coalesce($5::float8, 0) * interval '1 ms',
      $2::text,
      $7::text,
      $6::text
    )
    ON CONFLICT (id) DO UPDATE SET
      paused_by = CASE WHEN ${BEGINS} THEN $6::text ELSE p.paused_by END,
      reason = CASE WHEN ${BEGINS} THEN $7::text ELSE p.reason END,
      reason_of = CASE WHEN ${BEGINS} THEN $6::text ELSE p.reason_of END,
      paused_until = greatest(p.paused_until, excluded.paused_until),
      blocked_until = greatest(p.blocked_until, excluded.blocked_until),
      busy_until = CASE WHEN $5::float8 = 0 THEN clock_timestamp()
        ELSE greatest(p.busy_until, excluded.busy_until) END,
      version = $2::text
    RETURNING *
  )
  SELECT id, version, ${LEFT}, ${WHY}, paused_by = $6::text AS is_new, pg_notify('clapper_provider', id)
  FROM reported`;

const READ = `SELECT id, version, ${LEFT}, ${WHY} FROM provider ORDER BY id`;

const row = z.object({
  id: z.string(),
  version: z.string(),
  paused: z.number(),
  blocked: z.number(),
  busy: z.number(),
  paused_by: z.string(),
  /** A newer version may know more reasons. */
  reason: z.enum(REJECTION_CATEGORIES).nullable().catch(null),
});
const rows = z.array(row);
const reportRows = z.tuple([row.extend({ is_new: z.boolean() })]);

/**
 * Reports a provider to the other processes. `token` is one that no write ever had. Resolves with what
 * stands now, and with whether a pause begins by this.
 */
export async function reportProvider(
  ask: Ask,
  {
    provider,
    token,
    found,
  }: {
    readonly provider: string;
    readonly token: string;
    readonly found: Partial<ProviderHold>;
  },
): Promise<ProviderRow & { readonly isNewPause: boolean }> {
  const { pausedMs, blockedMs, busyMs, pause } = found;
  const why = [pause?.id ?? token, pause?.category];
  const [reported] = reportRows.parse(
    await ask(REPORT, [provider, token, pausedMs, blockedMs, busyMs, ...why]),
  );
  return { ...toRow(reported), isNewPause: reported.is_new };
}

/** Reads what is known of all providers. */
export async function readProviders(ask: Ask): Promise<ProviderRow[]> {
  return rows.parse(await ask(READ)).map(toRow);
}

function toRow({ id, version, paused, blocked, busy, ...why }: z.infer<typeof row>): ProviderRow {
  const { paused_by: by, reason } = why;
  const pause = paused > 0 && reason !== null ? { id: by, category: reason } : undefined;
  return {
    provider: id,
    hold: { pausedMs: paused, blockedMs: blocked, busyMs: busy, pause },
    version,
  };
}
