import { describe, expect, it } from 'vitest';
import type { PolicyDenial } from '../../../src/app/admission.ts';
import { messagesFor } from '../../../src/discord/messages/messages-for.ts';
import { denialText } from '../../../src/discord/render/denial-text.ts';
import type { QuotaRefusal } from '../../../src/domain/ledger/decide.ts';
import type { LimitReason } from '../../../src/domain/ledger/limit.ts';
import type { Rule } from '../../../src/domain/ledger/rules.ts';
import { LANGUAGES } from '../../../src/domain/language.ts';
import { CATALOGUE } from '../../fakes/catalogue.ts';

const DOLLAR = 1_000_000n;
const RESETS_AT_MS = Date.parse('2026-06-11T00:00:00.000Z');
const SECONDS = RESETS_AT_MS / 1000;
const RESET = `<t:${SECONDS}:f> (<t:${SECONDS}:R>)`;
const RESET_IN = { en: RESET, 'zh-CN': `<t:${SECONDS}:f>（<t:${SECONDS}:R>）` } as const;
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

const CONTEXT = { priceList: { currency: 'USD' }, catalogue: CATALOGUE };

const english = (denial: PolicyDenial): string => denialText(denial, messagesFor('en'), CONTEXT);

describe('a refusal by a quota', () => {
  it.each<[string, Omit<QuotaRefusal, 'allowed'>, string]>([
    [
      'used up',
      { reason: 'over', rule: videosADay, used: 5n, need: 1n, resetsAtMs: RESETS_AT_MS },
      `**Daily limit for everyone reached** (5 of 5 videos); this needs 1 video. Resets ${RESET}. ${EN_SENT}`,
    ],
    [
      'that leaves too little',
      {
        reason: 'over',
        rule: {
          ...videosADay,
          subject: { kind: 'member', id: '7' },
          measure: 'seconds',
          limit: 60n,
        },
        used: 50n,
        need: 15n,
        resetsAtMs: RESETS_AT_MS,
      },
      `**Daily limit for <@7> doesn't leave enough** (50 of 60 seconds used); this needs 15 seconds. Resets ${RESET}. ${EN_SENT}`,
    ],
    [
      'in total',
      { reason: 'over', rule: { ...videosADay, window: 'total' }, used: 5n, need: 1n },
      `**Total limit for everyone reached** (5 of 5 videos); this needs 1 video. It doesn't reset. ${EN_SENT}`,
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
      `**Daily limit for everyone is 0**, so videos aren't allowed. Used: 3 videos; this needs 1 video. Resets ${RESET}, but videos stay blocked after that too. ${EN_SENT}`,
    ],
    [
      'of 0 in total',
      {
        reason: 'forbidden',
        rule: { ...videosADay, window: 'total', limit: 0n },
        used: 0n,
        need: 1n,
      },
      `**Total limit for everyone is 0**, so videos aren't allowed. Used: 0 videos; this needs 1 video. It doesn't reset. ${EN_SENT}`,
    ],
    [
      'of cost at an unknown price',
      { reason: 'price-unknown', rule: costAMonth, used: 7n * DOLLAR, resetsAtMs: RESETS_AT_MS },
      `**Monthly limit of this server counts cost** ($7.00 of $30.00 used), and the price of this video is unknown. Resets ${RESET}. ${EN_SENT} Choose a model with a known price (\`/models\`).`,
    ],
  ])('%s names the rule, what is used, what is needed and the reset', (_what, refusal, words) => {
    expect(english(quotaDenial(refusal))).toBe(words);
  });
});

describe.each([...LANGUAGES])('in %s', (language) => {
  const notified = (denial: PolicyDenial): string =>
    denialText(denial, messagesFor(language), CONTEXT);

  it.each<LimitReason>(['over', 'forbidden', 'price-unknown'])(
    'a quota that refuses as %s tells its sums and its reset',
    (reason) => {
      const need = reason === 'price-unknown' ? {} : { need: 2n * DOLLAR };
      const rule = reason === 'forbidden' ? { ...costAMonth, limit: 0n } : costAMonth;
      const refusal = { reason, rule, used: 7n * DOLLAR, ...need };
      const text = notified(quotaDenial({ ...refusal, resetsAtMs: RESETS_AT_MS }));
      expect(text).toContain(RESET_IN[language]);
      expect(text).toContain(reason === 'forbidden' ? ' 0' : '30.00');
      expect(text).toContain('7.00');
      expect(text.includes('2.00')).toBe(reason !== 'price-unknown');
      expect(notified(quotaDenial(refusal))).toContain(messagesFor(language).denial.quota.noReset);
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
      expect(text).toContain(RESET_IN[language]);
      expect(text).not.toMatch(/777|555/);
    },
  );
});

it.each([...LANGUAGES])(
  'of fifty models fits into a message in %s, with room for ways on',
  (language) => {
    const routes = Array.from(
      { length: 50 },
      (_, index) => `gone/${`model-${index}`.padEnd(75, 'x')}`,
    );
    const denial: PolicyDenial = { kind: 'route', routes };
    const context = { priceList: undefined, catalogue: CATALOGUE };
    expect(denialText(denial, messagesFor(language), context).length).toBeLessThan(1500);
  },
);
