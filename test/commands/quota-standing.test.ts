import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Usage } from '../../src/domain/ledger/amounts.ts';
import { MEASURES } from '../../src/domain/ledger/amounts.ts';
import { decide } from '../../src/domain/ledger/decide.ts';
import type { Grant } from '../../src/domain/ledger/grants.ts';
import type { Rule } from '../../src/domain/ledger/rules.ts';
import { WINDOW_KINDS } from '../../src/domain/ledger/windows.ts';
import { initialZone, windowsIn } from '../../src/domain/ledger/zone-setting.ts';
import { messagesFor } from '../../src/discord/messages/messages-for.ts';
import { applicableRules } from '../../src/discord/quota/applicable-rules.ts';
import { limitsText } from '../../src/discord/quota/usage-against-limits-text.ts';
import { NOON } from '../fakes/clock.ts';
import { halfWidthIn } from '../texts/half-width.ts';

const en = messagesFor('en');
const GUILD = '120000000000000001';
const ME = '150000000000000001';
const ROLES = ['140000000000000001', '140000000000000002', '140000000000000003'];
const [ARTISTS = '', MODS = ''] = ROLES;

function usageOf(videos: bigint, seconds: bigint, cost: bigint): Usage {
  const used = { videos, seconds, cost };
  return { day: used, week: used, month: used, total: used };
}

const windows = windowsIn(initialZone('UTC'), NOON);
const sums = { windows, guild: usageOf(40n, 200n, 12_000_000n), member: usageOf(3n, 15n, 0n) };

const aRule = (changes: Partial<Rule> = {}): Rule => ({
  subject: { kind: 'everyone' },
  measure: 'videos',
  window: 'day',
  limit: 5n,
  ...changes,
});

const show = (
  rules: readonly Rule[],
  roleIds: readonly string[] = [],
  currency: string | null = 'USD',
  grants: readonly Grant[] = [],
): string =>
  limitsText(
    { rules, grants, sums, member: { id: ME, roleIds }, isOwn: true },
    { messages: en, currency: currency ?? undefined },
  );

const aGrant = (window: Grant['window'], windowKey: string): Grant => ({
  memberId: ME,
  measure: 'videos',
  window,
  windowKey,
  amount: 2n,
});

describe('the usage of a member', () => {
  it('shows used, left and reset of each limit, the server’s with the usage of all members', () => {
    const monthEnd = Date.UTC(2026, 11, 1) / 1000;
    const dayEnd = Date.UTC(2026, 10, 21) / 1000;
    const server = aRule({
      subject: { kind: 'guild' },
      measure: 'cost',
      window: 'month',
      limit: 30_000_000n,
    });
    expect(show([aRule(), server]).split('\n')).toEqual([
      '**Your limits here**',
      `- **5 videos a day for each member**: 3 videos used, 2 videos left; resets <t:${dayEnd}:F> (<t:${dayEnd}:R>)`,
      `- **$30.00 a month for the whole server**: $12.00 used, $18.00 left; resets <t:${monthEnd}:F> (<t:${monthEnd}:R>)`,
    ]);
  });

  it('shows nothing left, never less, if a limit was lowered below the usage', () => {
    expect(show([aRule({ limit: 1n })])).toContain('3 videos used, 0 videos left');
  });

  it('shows what is not allowed, and what never resets', () => {
    expect(show([aRule({ limit: 0n })])).toContain(
      '**0 videos a day for each member**: not allowed (3 videos used)',
    );
    expect(show([aRule({ window: 'total' })])).toContain('2 videos left; does not reset');
  });

  it('adds what was granted in the current windows, and shows how much that is', () => {
    const rules = [aRule(), aRule({ window: 'month' }), aRule({ subject: { kind: 'guild' } })];
    const grants = [
      aGrant('day', windows.day.key),
      aGrant('month', '2026-10-01T00:00:00.000Z'),
      { ...aGrant('day', windows.day.key), memberId: 'another' },
    ];
    const lines = show(rules, [], 'USD', grants).split('\n').slice(1);
    expect(lines.map((line) => line.split(';')[0])).toEqual([
      '- **5 videos a day for the whole server**: 40 videos used, 0 videos left',
      '- **7 videos a day for each member, including 2 videos granted**: 3 videos used, 4 videos left',
      '- **5 videos a month for each member**: 3 videos used, 2 videos left',
    ]);
  });

  it('shows the usage if no limit applies, and cost only if prices are known', () => {
    expect(show([], [], null).split('\n').slice(1)).toEqual([
      'No limit applies. Used so far:',
      '- today: 3 videos and 15 seconds',
      '- this week: 3 videos and 15 seconds',
      '- this month: 3 videos and 15 seconds',
      '- in total: 3 videos and 15 seconds',
    ]);
    expect(show([])).toContain('- today: 3 videos, 15 seconds and $0.00');
  });

  it('says that one of several roles is enough', () => {
    const rules = [ARTISTS, MODS].map((id) => aRule({ subject: { kind: 'role', id } }));
    expect(show(rules, [ARTISTS, MODS])).toContain(en.quotaCommand.anyRole);
    expect(show(rules, [ARTISTS])).not.toContain(en.quotaCommand.anyRole);
  });

  it('marks limits of roles if the member’s roles are unknown', () => {
    const rules = [aRule({ subject: { kind: 'role', id: ARTISTS } }), aRule()];
    const text = limitsText(
      { rules, sums, member: { id: ME, roleIds: undefined }, grants: [], isOwn: false },
      { messages: en, currency: 'USD' },
    );
    expect(text).toContain(`**Limits of <@${ME}>**`);
    expect(text).toContain(`**5 videos a day for each member with <@&${ARTISTS}>**`);
    expect(text).toContain('**5 videos a day for each member**');
    expect(text).toContain(en.quotaCommand.rolesUnknown);
  });

  it('has no half-width mark in Chinese', () => {
    const wording = { messages: messagesFor('zh-CN'), currency: 'USD' };
    const view = { sums, grants: [], member: { id: ME, roleIds: [] }, isOwn: true };
    const text = [[aRule()], []].map((rules) => limitsText({ ...view, rules }, wording)).join('\n');
    expect(text.split('\n').filter((line) => halfWidthIn(line) !== undefined)).toEqual([]);
  });

  it('fits into one message', () => {
    const rules = ROLES.flatMap((id) =>
      MEASURES.flatMap((measure) =>
        WINDOW_KINDS.map((window) =>
          aRule({
            subject: { kind: 'role', id },
            measure,
            window,
            limit: 99_999_999_999_999_999_999n,
          }),
        ),
      ),
    );
    const text = show(rules, ROLES);
    expect(text.length).toBeLessThanOrEqual(2000);
    expect(text).toMatch(/… and \d+ more/);
    expect(text).toContain(en.quotaCommand.anyRole);
  });
});

const someRule = fc.record<Rule>({
  subject: fc.oneof(
    fc.constantFrom<Rule['subject']>({ kind: 'guild' }, { kind: 'everyone' }),
    fc.constantFrom(...ROLES).map((id) => ({ kind: 'role' as const, id })),
    fc.constantFrom(ME, 'another').map((id) => ({ kind: 'member' as const, id })),
  ),
  measure: fc.constantFrom(...MEASURES),
  window: fc.constantFrom(...WINDOW_KINDS),
  limit: fc.bigInt({ min: 0n, max: 4n }),
});

describe('the limits that are shown', () => {
  it('are those that decide: the others change no decision', () => {
    fc.assert(
      fc.property(fc.array(someRule, { maxLength: 12 }), fc.subarray(ROLES), (rules, roleIds) => {
        const request = {
          guildId: GUILD,
          grants: [],
          member: { id: ME, roleIds },
          need: { videos: 1n, seconds: 1n, cost: 1n },
          usage: { guild: usageOf(2n, 1n, 0n), member: usageOf(1n, 2n, 1n) },
          windows,
        };
        const shown = applicableRules(rules, { id: ME, roleIds });
        expect(decide({ ...request, rules: shown }).allowed).toBe(
          decide({ ...request, rules }).allowed,
        );
        const decision = decide({ ...request, rules });
        expect(decision.allowed || shown.includes(decision.rule)).toBe(true);
      }),
    );
  });
});
