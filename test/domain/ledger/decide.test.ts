import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Need, Usage } from '../../../src/domain/ledger/amounts.ts';
import { MEASURES } from '../../../src/domain/ledger/amounts.ts';
import { decide } from '../../../src/domain/ledger/decide.ts';
import type { QuotaDecision, QuotaRequest } from '../../../src/domain/ledger/decide.ts';
import { ruleSchema } from '../../../src/domain/ledger/rules.ts';
import type { Rule, RuleSubject } from '../../../src/domain/ledger/rules.ts';
import { operatorWindows } from '../../../src/domain/ledger/windows.ts';
import type { WindowKind } from '../../../src/domain/ledger/windows.ts';

const GUILD = 'g1';
const windows = operatorWindows(Date.parse('2026-06-10T12:00:00.000Z'));
const dayEndMs = Date.parse('2026-06-11T00:00:00.000Z');
const weekEndMs = Date.parse('2026-06-15T00:00:00.000Z');

/** `role:r1 videos day 5`, in the order in which people say it. */
function rule(text: string): Rule {
  const [who = '', measure, window, limit] = text.split(' ');
  const [kind, id] = who.split(':');
  const subject = id === undefined ? { kind } : { kind, id };
  return z.parse(ruleSchema, { subject, measure, window, limit });
}

function uniform(used: { videos: bigint; seconds: bigint; cost: bigint }): Usage {
  return { day: used, week: used, month: used, total: used };
}

const usage = {
  guild: uniform({ videos: 50n, seconds: 500n, cost: 50_000n }),
  member: uniform({ videos: 5n, seconds: 50n, cost: 5_000n }),
};

function ask(rules: readonly Rule[], changes: Partial<QuotaRequest> = {}): QuotaDecision {
  return decide({
    guildId: GUILD,
    rules,
    grants: [],
    member: { id: 'm1', roleIds: ['r1', 'r2', 'r3'] },
    need: { videos: 1n, seconds: 10n, cost: 1_000n },
    usage,
    windows,
    ...changes,
  });
}

/** What decided: `allowed`, or the index of the rule in the list and why. */
function outcome(texts: readonly string[], changes: Partial<QuotaRequest> = {}): string {
  const rules = texts.map((text) => rule(text));
  const decision = ask(rules, changes);
  return decision.allowed ? 'allowed' : `${rules.indexOf(decision.rule)} ${decision.reason}`;
}

type Case = readonly [why: string, rules: readonly string[], outcome: string];

describe('a limit', () => {
  it.each<Case>([
    ['that there is none allows', [], 'allowed'],
    ['that is just reached allows', ['everyone videos day 6'], 'allowed'],
    ['that would be exceeded by one refuses', ['everyone videos day 5'], '0 over'],
    ['of 0 forbids', ['everyone videos total 0'], '0 forbidden'],
    ['of seconds counts seconds', ['everyone seconds week 60'], 'allowed'],
    ['of seconds refuses one second more', ['everyone seconds week 59'], '0 over'],
    ['of cost counts micros', ['everyone cost month 6000'], 'allowed'],
    ['of cost refuses one micro more', ['everyone cost month 5999'], '0 over'],
    [
      'of one measure leaves the others alone',
      ['everyone seconds day 1000', 'everyone cost day 6000'],
      'allowed',
    ],
  ])('%s', (_why, rules, result) => {
    expect(outcome(rules)).toBe(result);
  });

  it.each([2n ** 53n - 1n, 2n ** 53n, 2n ** 63n - 1n, 10n ** 30n])(
    'near %d is exact to the last one',
    (limit) => {
      const used = uniform({ videos: limit - 1n, seconds: 0n, cost: 0n });
      const changes = { usage: { guild: used, member: used } };
      const texts = [`guild videos day ${limit}`, `everyone videos day ${limit}`];
      expect(outcome(texts, changes)).toBe('allowed');
      const full = uniform({ videos: limit, seconds: 0n, cost: 0n });
      expect(outcome(texts, { usage: { guild: full, member: full } })).toBe('0 over');
    },
  );

  it('of 0 forbids what costs nothing', () => {
    const need: Need = { videos: 1n, seconds: 10n, cost: 0n };
    expect(outcome(['guild cost total 0'], { need })).toBe('0 forbidden');
  });
});

describe('precedence, for one measure', () => {
  it.each<Case>([
    [
      'the member’s own rule beats a stricter role',
      ['role:r1 videos day 0', 'member:m1 videos day 6'],
      'allowed',
    ],
    [
      'the member’s own rule beats a more generous role',
      ['role:r1 videos day 100', 'member:m1 videos day 5'],
      '1 over',
    ],
    [
      'the member’s own rule beats everyone’s',
      ['everyone videos day 0', 'member:m1 videos day 6'],
      'allowed',
    ],
    [
      'the member’s own rules hold all together',
      ['member:m1 videos day 6', 'member:m1 videos week 5'],
      '1 over',
    ],
    ['another member’s rule is none', ['member:m2 videos day 0'], 'allowed'],
    ['a role beats everyone’s', ['everyone videos day 0', 'role:r1 videos day 6'], 'allowed'],
    [
      'a role that refuses beats everyone’s that would not',
      ['everyone videos day 100', 'role:r1 videos day 5'],
      '1 over',
    ],
    [
      'one role that allows it is enough',
      ['role:r1 videos day 0', 'role:r2 videos day 6'],
      'allowed',
    ],
    [
      'a role’s rules hold all together',
      ['role:r1 videos day 6', 'role:r1 videos week 5'],
      '1 over',
    ],
    [
      'two roles do not lend each other rules',
      [
        'role:r1 videos day 6',
        'role:r1 videos week 5',
        'role:r2 videos day 5',
        'role:r2 videos week 6',
      ],
      '2 over',
    ],
    [
      'of refusing roles the most generous is named',
      ['role:r1 videos day 3', 'role:r2 videos day 5', 'role:r3 videos day 4'],
      '1 over',
    ],
    [
      'a role that refuses until tomorrow is more generous than one that forbids',
      ['role:r1 videos day 0', 'role:r2 videos day 5'],
      '1 over',
    ],
    [
      'a role that refuses until tomorrow is more generous than one until next week',
      ['role:r1 videos week 5', 'role:r2 videos day 3'],
      '1 over',
    ],
    ['a role without rules lifts nothing', ['role:r1 videos day 5'], '0 over'],
    ['a role that the member has not is none', ['role:r9 videos day 0'], 'allowed'],
    [
      'everyone’s holds where no role has rules',
      ['everyone videos day 5', 'role:r9 videos day 100'],
      '0 over',
    ],
    [
      'everyone’s hold all together',
      ['everyone videos day 6', 'everyone videos month 5'],
      '1 over',
    ],
    [
      'the server’s holds beside the member’s own',
      ['guild videos day 50', 'member:m1 videos day 100'],
      '0 over',
    ],
    [
      'the server’s holds beside a role',
      ['guild videos day 50', 'role:r1 videos day 100'],
      '0 over',
    ],
    ['the server’s counts the whole server', ['guild videos day 51'], 'allowed'],
    ['the server’s hold all together', ['guild videos day 51', 'guild videos total 50'], '1 over'],
  ])('%s', (_why, rules, result) => {
    expect(outcome(rules)).toBe(result);
  });

  it.each<Case>([
    [
      'a member’s own rule of one measure leaves the roles of another',
      ['member:m1 videos day 100', 'role:r1 seconds day 50'],
      '1 over',
    ],
    [
      'a role’s rule of one measure leaves everyone’s of another',
      ['role:r1 videos day 100', 'everyone seconds day 50'],
      '1 over',
    ],
    [
      'every measure must pass',
      ['everyone videos day 100', 'everyone seconds day 100', 'everyone cost day 5000'],
      '2 over',
    ],
  ])('apart from the others: %s', (_why, rules, result) => {
    expect(outcome(rules)).toBe(result);
  });
});

describe('@everyone', () => {
  it('chosen as a role means everyone, also where it was stored as a role', () => {
    expect(outcome([`role:${GUILD} videos day 5`])).toBe('0 over');
  });

  it('gives way to a role of the member, also where Discord lists it among the roles', () => {
    const member = { id: 'm1', roleIds: [GUILD, 'r1'] };
    const texts = [`role:${GUILD} videos day 100`, 'role:r1 videos day 5'];
    expect(outcome(texts, { member })).toBe('1 over');
  });
});

describe('a role or member that is gone', () => {
  it('leaves a rule that applies to no member', () => {
    const member = { id: 'm1', roleIds: [] };
    const texts = ['role:r1 videos day 0', 'member:gone videos day 0', 'everyone videos day 6'];
    expect(outcome(texts, { member })).toBe('allowed');
    expect(outcome([...texts, 'guild videos day 50'], { member })).toBe('3 over');
  });
});

describe('an unknown price', () => {
  const need: Need = { videos: 1n, seconds: 10n };
  it.each<Case>([
    ['passes where no cost rule is', ['everyone videos day 6', 'guild seconds day 510'], 'allowed'],
    ['is refused by the server’s cost rule', [`guild cost total ${10n ** 18n}`], '0 price-unknown'],
    ['is refused by everyone’s cost rule', [`everyone cost day ${10n ** 18n}`], '0 price-unknown'],
    [
      'is refused by the member’s own cost rule',
      [`member:m1 cost day ${10n ** 18n}`],
      '0 price-unknown',
    ],
    ['is refused by a role’s cost rule', [`role:r1 cost day ${10n ** 18n}`], '0 price-unknown'],
    ['passes a cost rule of others', ['role:r9 cost day 1', 'member:m2 cost day 1'], 'allowed'],
    ['is forbidden where any cost is', ['everyone cost day 0'], '0 forbidden'],
    [
      'is named before what resets later',
      ['everyone videos month 5', 'everyone cost day 9000'],
      '1 price-unknown',
    ],
    [
      'makes a role that refuses until tomorrow the more generous one',
      ['role:r1 cost day 9000', 'role:r2 cost total 0', 'role:r3 videos month 5'],
      '0 price-unknown',
    ],
  ])('%s', (_why, rules, result) => {
    expect(outcome(rules, { need })).toBe(result);
  });

  it('has no need to report', () => {
    expect(ask([rule('everyone cost day 9000')], { need })).toEqual({
      allowed: false,
      reason: 'price-unknown',
      rule: rule('everyone cost day 9000'),
      used: 5_000n,
      resetsAtMs: dayEndMs,
    });
  });
});

describe('a refusal', () => {
  it('contains what is used, what is needed and when the window resets', () => {
    expect(ask([rule('everyone seconds week 55')])).toEqual({
      allowed: false,
      reason: 'over',
      rule: rule('everyone seconds week 55'),
      used: 50n,
      need: 10n,
      resetsAtMs: weekEndMs,
    });
  });

  it('of the server contains the sums of the server', () => {
    expect(ask([rule('guild videos day 50')])).toMatchObject({ used: 50n, resetsAtMs: dayEndMs });
  });

  it('by a limit of 0 contains all of that as well', () => {
    expect(ask([rule('everyone seconds week 0')])).toMatchObject({
      reason: 'forbidden',
      used: 50n,
      need: 10n,
      resetsAtMs: weekEndMs,
    });
  });

  it.each(['everyone videos total 5', 'everyone videos total 0'])(
    'by %s names no reset, for there is none',
    (text) => {
      expect(ask([rule(text)])).not.toHaveProperty('resetsAtMs');
    },
  );

  it.each<Case>([
    ['the month before the day', ['everyone videos day 5', 'everyone videos month 5'], '1 over'],
    [
      'the total before the month',
      ['everyone videos month 5', 'everyone videos total 5'],
      '1 over',
    ],
    [
      'what is forbidden before all that resets',
      ['guild videos month 50', 'everyone seconds day 0'],
      '1 forbidden',
    ],
    [
      'what is forbidden today before what is used up for the month',
      ['everyone videos month 5', 'everyone cost day 0'],
      '1 forbidden',
    ],
    [
      'what never fits before what resets later',
      ['everyone seconds month 55', 'everyone seconds day 9'],
      '1 over',
    ],
    [
      'the server’s before a member’s of the same window',
      ['everyone videos day 5', 'guild videos day 50'],
      '1 over',
    ],
  ])('names what refuses longest: %s', (_why, rules, result) => {
    expect(outcome(rules)).toBe(result);
  });
});

describe('any set of rules', () => {
  const anyRule: fc.Arbitrary<Rule> = fc.record({
    subject: fc.constantFrom<RuleSubject>(
      { kind: 'guild' },
      { kind: 'everyone' },
      { kind: 'role', id: 'r1' },
      { kind: 'role', id: 'r2' },
      { kind: 'role', id: GUILD },
      { kind: 'member', id: 'm1' },
      { kind: 'member', id: 'm2' },
    ),
    measure: fc.constantFrom(...MEASURES),
    window: fc.constantFrom<WindowKind>('day', 'week', 'month', 'total'),
    limit: fc.bigInt({ min: 0n, max: 12n }),
  });
  const small = fc.record({
    videos: fc.bigInt({ min: 0n, max: 6n }),
    seconds: fc.bigInt({ min: 0n, max: 6n }),
    cost: fc.bigInt({ min: 0n, max: 6n }),
  });
  const anyRequest: fc.Arbitrary<QuotaRequest> = fc
    .tuple(fc.array(anyRule, { maxLength: 8 }), small, small, small, fc.boolean())
    .map(([rules, ofGuild, ofMember, need, isPriced]) => ({
      guildId: GUILD,
      rules,
      grants: [],
      member: { id: 'm1', roleIds: ['r1', 'r2'] },
      need: isPriced ? need : { videos: need.videos, seconds: need.seconds },
      usage: { guild: uniform(ofGuild), member: uniform(ofMember) },
      windows,
    }));

  it('allows exactly what the contract’s sentence allows', () => {
    fc.assert(
      fc.property(anyRequest, (request) => {
        expect(decide(request).allowed).toBe(isAllowed(request));
      }),
      { numRuns: 2000 },
    );
  });

  it('refuses with a rule of its own that refuses by itself', () => {
    fc.assert(
      fc.property(anyRequest, (request) => {
        const decision = decide(request);
        fc.pre(!decision.allowed);
        expect(request.rules).toContain(decision.rule);
        expect(decide({ ...request, rules: [decision.rule] })).toEqual(decision);
      }),
      { numRuns: 1000 },
    );
  });

  /** The contract's sentence once more, written as plainly as it is said. */
  function isAllowed({ rules, need, usage: sums }: QuotaRequest): boolean {
    const passes = (one: Rule): boolean => {
      const needed = need[one.measure];
      const scope = one.subject.kind === 'guild' ? sums.guild : sums.member;
      const used = scope[one.window][one.measure];
      return one.limit > 0n && needed !== undefined && used + needed <= one.limit;
    };
    return MEASURES.every((measure) => {
      const of = (kind: string, id?: string): Rule[] =>
        rules.filter(
          (one) =>
            one.measure === measure &&
            one.subject.kind === kind &&
            (id === undefined || ('id' in one.subject && one.subject.id === id)),
        );
      if (!of('guild').every(passes)) return false;
      const own = of('member', 'm1');
      if (own.length > 0) return own.every(passes);
      const roles = [of('role', 'r1'), of('role', 'r2')].filter((ofRole) => ofRole.length > 0);
      if (roles.length > 0) return roles.some((ofRole) => ofRole.every(passes));
      return [...of('everyone'), ...of('role', GUILD)].every(passes);
    });
  }
});
