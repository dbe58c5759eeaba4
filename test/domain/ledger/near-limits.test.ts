import { expect, it } from 'vitest';
import type { Usage } from '../../../src/domain/ledger/amounts.ts';
import { nearLimits } from '../../../src/domain/ledger/near-limits.ts';
import type { Rule } from '../../../src/domain/ledger/rules.ts';
import { operatorWindows } from '../../../src/domain/ledger/windows.ts';

const WINDOWS = operatorWindows(Date.UTC(2026, 10, 20, 12));

function usageOf(videos: bigint): Usage {
  const used = { videos, seconds: 0n, cost: 0n };
  return { day: used, week: used, month: used, total: used };
}

const videos = (limit: bigint, subject: Rule['subject'] = { kind: 'everyone' }): Rule => ({
  subject,
  measure: 'videos',
  window: 'day',
  limit,
});
const GRANT = {
  memberId: 'm1',
  measure: 'videos',
  window: 'day',
  windowKey: WINDOWS.day.key,
  amount: 5n,
} as const;

it.each<[string, readonly Rule[], bigint, number]>([
  ['less than 80 % of a limit is not near it', [videos(10n)], 7n, 0],
  ['80 % is', [videos(10n)], 8n, 1],
  ['more than all of it is', [videos(10n)], 12n, 1],
  ['nothing is near 0', [videos(0n)], 3n, 0],
  ['the server’s limit is not the member’s', [videos(10n, { kind: 'guild' })], 10n, 0],
  [
    'their own counts before everyone’s',
    [videos(10n), videos(99n, { kind: 'member', id: 'm1' })],
    9n,
    0,
  ],
])('%s', (_what, rules, used, count) => {
  const found = nearLimits({ id: 'g1', rules, grants: [] }, 'm1', usageOf(used), WINDOWS);
  expect(found).toHaveLength(count);
});

it('what was granted counts', () => {
  const guild = { id: 'g1', rules: [videos(10n)], grants: [GRANT] };
  expect(nearLimits(guild, 'm1', usageOf(10n), WINDOWS)).toEqual([]);
  expect(nearLimits(guild, 'm1', usageOf(12n), WINDOWS)).toEqual([
    { rule: videos(15n), used: 12n },
  ]);
});
