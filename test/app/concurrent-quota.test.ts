import { describe, expect, it } from 'vitest';
import type { Rule, RuleSubject } from '../../src/domain/ledger/rules.ts';
import { parsePriceList } from '../../src/domain/ledger/price-list.ts';
import type { PriceList } from '../../src/domain/ledger/price-list.ts';
import { GUILD_ID, MEMBER_ID } from '../fakes/a-task.ts';
import { videoDesk } from '../fakes/video-desk.ts';
import { ROUTES } from '../fakes/catalogue.ts';

const ROLE_ID = '700000000000000001';
/** Each request takes one video, five seconds and 0.50: the limits let ten of them pass. */
const PASSING = 10;
const LIMITS = { videos: 10n, seconds: 54n, cost: 5_400_000n } as const;

const SUBJECTS: readonly RuleSubject[] = [
  { kind: 'guild' },
  { kind: 'everyone' },
  { kind: 'role', id: ROLE_ID },
  { kind: 'member', id: MEMBER_ID },
];

function prices(): PriceList {
  const list = parsePriceList(
    {
      currency: 'USD',
      prices: { 'jimmy/seedance2.0-sp-720p': { amount: '0.10', per: 'second' } },
    },
    ROUTES,
  );
  if (!list.ok) throw new Error('the price list of the test is wrong');
  return list.list;
}

function deskWith(rule: Rule) {
  const wide = { maxActivePerUser: 100_000, maxActivePerGuild: 100_000, priceList: prices() };
  const desk = videoDesk({ deps: wide });
  const entry = { by: MEMBER_ID, what: 'rule', from: '', to: '' };
  const ready = desk.deps.guilds.change(GUILD_ID, (all) => ({ ...all, rules: [rule] }), entry);
  return { ...desk, ready };
}

describe.each([50, 500])('%i requests at once', (count) => {
  describe.each(SUBJECTS)('against a rule for $kind', (subject) => {
    it.each(['videos', 'seconds', 'cost'] as const)(
      'on %s let through exactly the limit',
      async (measure) => {
        const rule: Rule = { subject, measure, window: 'day', limit: LIMITS[measure] };
        const { accept, call, ready, begun } = deskWith(rule);
        await ready;
        const answers = await Promise.all(
          Array.from({ length: count }, async (_, at) =>
            accept(
              call({
                interactionId: String(1_300_000_000_000_000_000n + BigInt(at)),
                // The guild's limit is shared by many; every other is the member's own.
                memberId:
                  subject.kind === 'guild'
                    ? String(600_000_000_000_000_000n + BigInt(at))
                    : MEMBER_ID,
                roleIds: [ROLE_ID],
              }),
            ),
          ),
        );
        expect(answers.filter(({ kind }) => kind === 'accepted')).toHaveLength(PASSING);
        expect(answers.filter(({ kind }) => kind === 'denied')).toHaveLength(count - PASSING);
        expect(begun).toHaveLength(PASSING);
      },
    );
  });
});

describe('the operator’s budget', () => {
  it('lets exactly its sum through of five hundred at once, over many guilds', async () => {
    const wide = { maxActivePerUser: 1000, maxActivePerGuild: 1000 };
    const { accept, call } = videoDesk({
      deps: { ...wide, priceList: prices(), budgets: { day: 5_400_000n } },
    });
    const answers = await Promise.all(
      Array.from({ length: 500 }, async (_, at) =>
        accept(
          call({
            interactionId: String(1_300_000_000_000_000_000n + BigInt(at)),
            guildId: String(500_000_000_000_000_000n + BigInt(at % 7)),
          }),
        ),
      ),
    );
    expect(answers.filter(({ kind }) => kind === 'accepted')).toHaveLength(PASSING);
  });
});
