import { describe, expect, it } from 'vitest';
import { createRouteUse } from '../../../src/app/route-use.ts';
import { LANGUAGES } from '../../../src/domain/language.ts';
import type { Language } from '../../../src/domain/language.ts';
import { DEFAULT_SETTINGS } from '../../../src/domain/guild-settings.ts';
import type { GuildSettings } from '../../../src/domain/guild-settings.ts';
import { parsePriceList } from '../../../src/domain/ledger/price-list.ts';
import type { PriceList } from '../../../src/domain/ledger/price-list.ts';
import type { Route } from '../../../src/domain/routes/route.ts';
import type { TypingCall } from '../../../src/discord/command.ts';
import {
  suggestModels,
  suggestModelsWithAuto,
} from '../../../src/discord/models/suggest-models.ts';
import { ROUTES, routeOf } from '../../fakes/catalogue.ts';

const GUILD = '1300000000000000010';

const STD = 'jimmy/seedance2.0-std';
const PRICES = {
  'jimmy/seedance2.0-sp-720p': { amount: '0.0346', per: 'second' },
  'anyfast/seedance-2.0-mini': { amount: '3.5', per: 'million_tokens' },
};

interface World {
  readonly settings?: Partial<GuildSettings>;
  readonly routesOn?: readonly Route[];
  readonly used?: readonly string[];
  readonly prices?: object;
  readonly takesLong?: boolean;
  readonly language?: Language;
  /** Where `auto` is a choice, as in `/video`. */
  readonly hasAuto?: boolean;
}

function priceList(prices: object | undefined): PriceList | undefined {
  if (prices === undefined) return undefined;
  const parsed = parsePriceList({ currency: 'USD', prices }, ROUTES);
  if (!parsed.ok) throw new Error('the price list of this test is wrong');
  return parsed.list;
}

function suggested(typed: string, world: World = {}) {
  const { settings, routesOn = ROUTES, used = [], prices, takesLong, language = 'en' } = world;
  const { hasAuto = false } = world;
  const routeUse = createRouteUse();
  for (const id of used) routeUse.count(GUILD, id);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what suggestions are made from
  const call = {
    guildId: GUILD,
    language,
    focused: 'model',
    options: new Map([['model', typed]]),
  } as unknown as TypingCall;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the rest would be the store
  const guilds = {
    peek: () => (settings === undefined ? undefined : { ...DEFAULT_SETTINGS, ...settings }),
    get: async () => Promise.reject(new Error('the store is down')),
  } as unknown as Parameters<typeof suggestModels>[1]['guilds'];
  const typical = takesLong === true ? { fromSeconds: 90, toSeconds: 180 } : undefined;
  const services = {
    routesOn,
    guilds,
    routeUse,
    priceList: priceList(prices),
    durations: { typical: () => typical },
    pauses: { until: () => undefined },
  };
  return hasAuto ? suggestModelsWithAuto(call, services) : suggestModels(call, services);
}

const valuesOf = (choices: ReturnType<typeof suggested>) => choices.map(({ value }) => value);

describe('suggestions for a model', () => {
  it('are what is found by name, id and provider, each once', () => {
    expect(valuesOf(suggested('mini'))).toEqual([
      'jimmy/seedance2.0-mini-sp',
      'jimmy/seedance2.0-mini',
      'anyfast/seedance-2.0-mini',
      'ark/seedance-2.0-mini',
    ]);
    expect(valuesOf(suggested(''))).toEqual(ROUTES.map(({ id }) => id));
  });

  it('are the closest where nothing is found', () => {
    expect(valuesOf(suggested('sp fsat'))).toEqual(['jimmy/seedance2.0-fast-sp']);
    expect(suggested('sp', { routesOn: [] })).toEqual([]);
  });

  it("begin with the server's default and what is used most there", () => {
    const world = {
      settings: { defaultModel: 'jimmy/seedance2.0-std' },
      used: ['jimmy/seedance2.0-md', 'anyfast/seedance-2.0-mini', 'anyfast/seedance-2.0-mini'],
    };
    expect(valuesOf(suggested('', world)).slice(0, 4)).toEqual([
      'jimmy/seedance2.0-std',
      'anyfast/seedance-2.0-mini',
      'jimmy/seedance2.0-md',
      'jimmy/seedance2.0-mini-sp',
    ]);
  });

  it.each([
    ['nothing, where the server has a default', '', STD, [STD, 'auto']],
    ['nothing, where it has none', '', undefined, ['auto']],
    ['nothing, where its default is auto', '', 'auto', ['auto']],
    ['what may mean both', 'a', STD, [STD, 'auto']],
    ['auto', 'auto', STD, ['auto']],
    ['another model', 'mini', STD, []],
  ])("have the server's default before auto, for %s", (_what, typed, defaultModel, first) => {
    const values = valuesOf(suggested(typed, { settings: { defaultModel }, hasAuto: true }));
    expect(values.slice(0, first.length)).toEqual(first);
    expect(values.slice(first.length)).not.toContain('auto');
  });

  it('have no auto where no route is on, or none that is allowed here', () => {
    expect(suggested('', { routesOn: [], hasAuto: true })).toEqual([]);
    const settings = { routes: ['jimmy/seedance2.0-gone'] };
    expect(suggested('auto', { settings, hasAuto: true })).toEqual([]);
  });

  it('are only what is allowed here; everything that is on while that is not known', () => {
    const routes = ['jimmy/seedance2.0-md', 'jimmy/seedance2.0-sp'];
    expect(valuesOf(suggested('', { settings: { routes } }))).toEqual([
      'jimmy/seedance2.0-sp',
      'jimmy/seedance2.0-md',
    ]);
    expect(suggested('')).toHaveLength(ROUTES.length);
  });

  it('are at most 25, as Discord wants', () => {
    const many = Array.from({ length: 40 }, (_, index) => ({
      ...routeOf('jimmy/seedance2.0-sp'),
      id: `many/${index}`,
    }));
    expect(suggested('', { routesOn: many })).toHaveLength(25);
  });

  it('say what a model can do, its price and its usual time', () => {
    const world = { prices: PRICES, takesLong: true };
    expect(suggested('SP', world)[1]?.name).toBe(
      'SP · $0.173 for 5 s · usually 1½–3 min · 480p–1080p, frames+pictures+videos+sound, 4–15 s',
    );
    expect(suggested('Full Fast')[0]?.name).toBe(
      'Full Fast · per second · 720p–1080p, text only, 4–12 s',
    );
  });

  it.each(LANGUAGES)('fit into what Discord shows, in %s', (language) => {
    const price = { amount: '123.456789', per: 'task' };
    const prices = { 'jimmy/seedance2.0-std': price, 'jimmy/seedance2.0-of-fast-sp-720p': price };
    const choices = suggested('', { language, takesLong: true, prices });
    for (const { name, value } of choices) {
      expect(name.length).toBeGreaterThan(0);
      expect(name.length).toBeLessThanOrEqual(100);
      expect(value.length).toBeLessThanOrEqual(100);
      expect(name).not.toMatch(/undefined|NaN/);
    }
  });

  it('are none for another option', () => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- nothing else is read
    const call = { focused: 'prompt' } as unknown as TypingCall;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- nothing of it is used
    expect(suggestModels(call, {} as Parameters<typeof suggestModels>[1])).toEqual([]);
  });
});
