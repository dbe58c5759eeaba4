import { describe, expect, it } from 'vitest';
import type { PolicyDenial } from '../../../src/app/admission.ts';
import { messagesFor } from '../../../src/discord/messages/messages-for.ts';
import { denialText } from '../../../src/discord/render/denial-text.ts';
import type { QuotaRefusal } from '../../../src/domain/ledger/decide.ts';
import type { LimitReason } from '../../../src/domain/ledger/limit.ts';
import type { Rule } from '../../../src/domain/ledger/rules.ts';
import { LANGUAGES } from '../../../src/domain/language.ts';

const DOLLAR = 1_000_000n;
const RESETS_AT_MS = Date.parse('2026-06-11T00:00:00.000Z');
const SECONDS = RESETS_AT_MS / 1000;
const RESET = `<t:${SECONDS}:f> (<t:${SECONDS}:R>)`;
const EN_SENT = 'Nothing was sent or charged.';

const videosADay: Rule = {
  subject: { kind: 'everyone' },
  measure: 'videos',
  window: 'day',
  limit: 5n,
};
const costAMonth: Rule = {
  subject: { kind: 'guild' },
  measure: 'cost',
  window: 'month',
  limit: 30n * DOLLAR,
};

const quotaDenial = (refusal: Omit<QuotaRefusal, 'allowed'>): PolicyDenial => ({
  kind: 'quota',
  refusal: { allowed: false, ...refusal },
});

const budgetDenial = (budget: 'day' | 'month', reason: LimitReason): PolicyDenial => ({
  kind: 'budget',
  refusal: { allowed: false, reason, budget, limit: 777n * DOLLAR, used: 555n * DOLLAR },
  resetsAtMs: RESETS_AT_MS,
});

const english = (denial: PolicyDenial): string => denialText(denial, messagesFor('en'), 'USD');

describe('a refusal by a quota', () => {
  it.each<[string, Omit<QuotaRefusal, 'allowed'>, string]>([
    [
      'used up',
      { reason: 'over', rule: videosADay, used: 5n, need: 1n, resetsAtMs: RESETS_AT_MS },
      `the quota "everyone: 5 videos a day" is used up. Used: 5 videos; this request needs 1 video. It resets ${RESET}. ${EN_SENT}`,
    ],
    [
      'in total',
      { reason: 'over', rule: { ...videosADay, window: 'total' }, used: 5n, need: 1n },
      `the quota "everyone: 5 videos in total" is used up. Used: 5 videos; this request needs 1 video. It does not reset by itself. ${EN_SENT}`,
    ],
    [
      'of 0',
      {
        reason: 'forbidden',
        rule: { ...videosADay, limit: 0n },
        used: 3n,
        need: 1n,
        resetsAtMs: RESETS_AT_MS,
      },
      `the quota "everyone: 0 videos a day" forbids it. Used: 3 videos; this request needs 1 video. It resets ${RESET}, but a limit of 0 forbids then as well. ${EN_SENT}`,
    ],
    [
      'of 0 in total',
      {
        reason: 'forbidden',
        rule: { ...videosADay, window: 'total', limit: 0n },
        used: 0n,
        need: 1n,
      },
      `the quota "everyone: 0 videos in total" forbids it. Used: 0 videos; this request needs 1 video. It does not reset by itself. ${EN_SENT}`,
    ],
    [
      'of cost at an unknown price',
      { reason: 'price-unknown', rule: costAMonth, used: 7n * DOLLAR, resetsAtMs: RESETS_AT_MS },
      `the quota "the whole server: $30.00 a month" limits cost, and the price of this request is unknown. Used: $7.00; this request needs an unknown amount. It resets ${RESET}. ${EN_SENT}`,
    ],
  ])('%s names the rule, what is used, what is needed and the reset', (_what, refusal, words) => {
    expect(english(quotaDenial(refusal))).toContain(words);
  });
});

describe.each([...LANGUAGES])('in %s', (language) => {
  const notified = (denial: PolicyDenial): string =>
    denialText(denial, messagesFor(language), 'USD');

  it.each<LimitReason>(['over', 'forbidden', 'price-unknown'])(
    'a quota that refuses as %s tells its sums and its reset',
    (reason) => {
      const need = reason === 'price-unknown' ? {} : { need: 2n * DOLLAR };
      const refusal = { reason, rule: costAMonth, used: 7n * DOLLAR, ...need };
      const text = notified(quotaDenial({ ...refusal, resetsAtMs: RESETS_AT_MS }));
      expect(text).toContain(RESET);
      expect(text).toContain('30.00');
      expect(text).toContain('7.00');
      expect(text.includes('2.00')).toBe(reason !== 'price-unknown');
      expect(notified(quotaDenial(refusal))).toContain(messagesFor(language).denial.noReset);
    },
  );

  it.each([
    ['day', 'over'],
    ['month', 'over'],
    ['day', 'price-unknown'],
    ['month', 'price-unknown'],
  ] as const)(
    'the budget of the %s (%s) shows when it resets, but no figure of the operator',
    (budget, reason) => {
      const text = notified(budgetDenial(budget, reason));
      expect(text).toContain(RESET);
      expect(text).not.toMatch(/777|555/);
    },
  );
});
