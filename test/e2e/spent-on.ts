import { askAt } from '../fakes/on-postgres.ts';

/** What a day has settled, over the accounts of one kind: in the list's currency, and in videos. */
export async function spentOn(url: string, kind: 'guild' | 'member' | 'operator') {
  const [sums] = await askAt(
    url,
    `SELECT coalesce(sum((day->'used'->>'cost')::bigint), 0)::int AS cost,
       coalesce(sum((day->'used'->>'videos')::int), 0)::int AS videos,
       coalesce(sum((day->'held'->>'videos')::int), 0)::int AS held
     FROM (SELECT (value::json)->'value'->'day' AS day FROM records WHERE key LIKE $1) AS accounts`,
    [`%account:${kind}:%`],
  );
  return sums;
}
