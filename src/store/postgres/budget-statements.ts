/**
 * The statements on the budgets. Each names its member and locks the rows of the slots, so that no part
 * of a slot is changed by anyone but its owner. The sum of a window is read and changed under the lock
 * of its row, for no longer than the statement lasts.
 */
const FENCE = `fence AS MATERIALIZED (SELECT 1 FROM member WHERE id = $1 FOR KEY SHARE)`;

/** The lowest ceiling that a member has set for the kind of window $2; NULL where none has. */
const LOWEST = `
  lowest AS MATERIALIZED (
    SELECT min((settings -> 'budgets' ->> split_part($2, ':', 1))::numeric) AS ceiling FROM member
  )`;

/**
 * And whether all others that have slots keep to it: one that does not may spend without a grant, or hold
 * one from before that one came.
 */
const LIMIT = `${LOWEST},
  limits AS MATERIALIZED (
    SELECT lowest.ceiling, NOT EXISTS (
      SELECT 1 FROM member
      WHERE id <> $1 AND settings IS NOT NULL
        AND coalesce((applied ->> split_part($2, ':', 1))::numeric > lowest.ceiling, true)
        AND EXISTS (SELECT 1 FROM slot WHERE owner = member.id)
    ) AS is_kept
    FROM lowest
  )`;

/**
 * $2 window, $3 slot, $4 spent, $5 cost, $6 ahead. What is spent is granted in any case, since a
 * settlement may be above what was reserved. Where no member has a ceiling, anything is.
 */
export const RAISE = `
  WITH ${FENCE},${LIMIT},
  own AS MATERIALIZED (
    SELECT n FROM slot CROSS JOIN fence WHERE n = $3 AND owner = $1 FOR SHARE OF slot
  ),
  total AS MATERIALIZED (
    SELECT granted FROM budget CROSS JOIN own WHERE "window" = $2 FOR UPDATE OF budget
  ),
  held AS (
    SELECT coalesce(
      (SELECT amount FROM budget_grant WHERE "window" = $2 AND slot = $3), 0
    ) AS amount
  ),
  spent AS (
    SELECT
      granted + greatest($4::numeric - amount, 0) AS granted,
      greatest(amount, $4::numeric) AS amount,
      greatest($4::numeric - amount, 0) AS change
    FROM total CROSS JOIN held
  ),
  missing AS (SELECT *, greatest($4::numeric + $5::numeric - amount, 0) AS needed FROM spent),
  given AS (
    SELECT *, CASE
      WHEN needed > 0 AND ceiling IS NULL THEN needed + $6::numeric
      WHEN needed > 0 AND is_kept AND granted + needed <= ceiling
      THEN needed + least($6::numeric, div(ceiling - granted - needed, 16))
      ELSE 0
    END AS more
    FROM missing CROSS JOIN limits
  ),
  counted AS (
    UPDATE budget SET granted = given.granted + given.more
    FROM given WHERE "window" = $2 AND given.change + given.more > 0
  ),
  put AS (
    INSERT INTO budget_grant ("window", slot, amount)
    SELECT $2, $3, amount + more FROM given WHERE change + more > 0
    ON CONFLICT ("window", slot) DO UPDATE SET amount = excluded.amount
  )
  SELECT
    (SELECT count(*)::int FROM fence) AS members,
    (SELECT count(*)::int FROM own) AS owned,
    (SELECT (amount + more)::text FROM given) AS amount,
    (SELECT (granted + more)::text FROM given) AS granted,
    (SELECT ceiling::text FROM limits) AS ceiling,
    (SELECT count(*)::int FROM member WHERE id <> $1) AS others`;

/** $2 window, $3 slots, $4 what each has spent, $5 whether each keeps more than that. */
export const SETTLE = `
  WITH ${FENCE},${LOWEST},
  own AS MATERIALIZED (
    SELECT n FROM slot CROSS JOIN fence
    WHERE n = ANY ($3::smallint[]) AND owner = $1 ORDER BY n FOR SHARE OF slot
  ),
  needs AS (
    SELECT * FROM unnest($3::smallint[], $4::numeric[], $5::boolean[]) AS need (slot, spent, is_kept)
  ),
  wanted AS MATERIALIZED (
    SELECT needs.slot, coalesce(held.amount, 0) AS before,
      CASE WHEN is_kept THEN greatest(coalesce(held.amount, 0), spent) ELSE spent END AS amount
    FROM own
      JOIN needs ON needs.slot = own.n
      JOIN budget ON budget."window" = $2
      LEFT JOIN budget_grant AS held ON held."window" = $2 AND held.slot = own.n
  ),
  sums AS MATERIALIZED (SELECT coalesce(sum(amount - before), 0) AS change FROM wanted),
  counted AS (
    UPDATE budget SET granted = granted + sums.change FROM sums
    WHERE "window" = $2 AND sums.change <> 0
  ),
  put AS (
    INSERT INTO budget_grant ("window", slot, amount)
    SELECT $2, slot, amount FROM wanted WHERE amount <> before
    ON CONFLICT ("window", slot) DO UPDATE SET amount = excluded.amount
  )
  SELECT
    (SELECT count(*)::int FROM fence) AS members,
    (SELECT count(*)::int FROM budget WHERE "window" = $2) AS windows,
    (SELECT coalesce(array_agg(slot ORDER BY slot), '{}') FROM wanted) AS slots,
    (SELECT coalesce(array_agg(amount::text ORDER BY slot), '{}') FROM wanted) AS amounts,
    coalesce((
      SELECT granted + change > ceiling FROM budget CROSS JOIN sums CROSS JOIN lowest
      WHERE "window" = $2
    ), false) AS "isOverdrawn"`;

/** $2 window, $3 slots, $4 the grant of each, $5 and $6 the first and the end of what is outdated. */
export const CREATE = `
  WITH ${FENCE},
  made AS (
    INSERT INTO budget ("window", granted)
    SELECT $2, (SELECT coalesce(sum(amount), 0) FROM unnest($4::numeric[]) AS amount) FROM fence
    ON CONFLICT DO NOTHING
    RETURNING 1
  ),
  put AS (
    INSERT INTO budget_grant ("window", slot, amount)
    SELECT $2, slot, amount
    FROM unnest($3::smallint[], $4::numeric[]) AS need (slot, amount) CROSS JOIN made
    ON CONFLICT ("window", slot) DO UPDATE SET amount = excluded.amount
  ),
  old_grants AS (DELETE FROM budget_grant USING made WHERE "window" >= $5 AND "window" < $6),
  old_sums AS (DELETE FROM budget USING made WHERE "window" >= $5 AND "window" < $6)
  SELECT count(*)::int AS members FROM fence`;

/** The channel of questions and answers. */
export const BUDGET_CHANNEL = 'clapper_budget';

export const NOTIFY = `SELECT pg_notify('${BUDGET_CHANNEL}', $1)`;
