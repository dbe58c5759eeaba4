import { describe, expect, it } from 'vitest';
import { createRouteUse } from '../../../src/app/route-use.ts';
import { DEFAULT_SETTINGS } from '../../../src/domain/guild-settings.ts';
import { LANGUAGES } from '../../../src/domain/language.ts';
import { parsePriceList } from '../../../src/domain/ledger/price-list.ts';
import { choiceOf } from '../../../src/domain/routes/route-choice.ts';
import { nearestRoute, readRoute } from '../../../src/domain/routes/read-route.ts';
import type { Route } from '../../../src/domain/routes/route.ts';
import { validateRequest } from '../../../src/domain/routes/validate.ts';
import { waysUnchanged } from '../../../src/domain/ways/ways-unchanged.ts';
import type { TypingCall } from '../../../src/discord/command.ts';
import { ComponentType } from '../../../src/discord/discord-js.ts';
import { messagesFor } from '../../../src/discord/messages/messages-for.ts';
import { modelLayout, modelListLayout } from '../../../src/discord/models/models-layout.ts';
import { suggestModelsWithAuto } from '../../../src/discord/models/suggest-models.ts';
import { modelOffText } from '../../../src/discord/render/models-text.ts';
import { refusalText } from '../../../src/discord/render/refusal-text.ts';
import { modelField } from '../../../src/discord/second/form-fields.ts';
import { readModel } from '../../../src/discord/second/read-fields.ts';
import { offeredOf, waySelect } from '../../../src/discord/second/way-choice.ts';
import { aRequest } from '../../fakes/a-request.ts';
import { routeOf } from '../../fakes/catalogue.ts';
import { shownComponents, shownText } from '../../fakes/shown-text.ts';
import { formFields } from '../second/form-entry.ts';

const GUILD = '1300000000000000010';
const SP = routeOf('jimmy/seedance2.0-sp');

/** So many routes of one provider, with slashes in their ids. The longest differ at their ends. */
function routes(count: number, idChars = 0): Route[] {
  return Array.from({ length: count }, (_, index): Route => {
    const end = `/model-${index}`;
    const model = `maker${end.padStart(idChars - 'other/maker'.length, 'x')}`;
    return { ...SP, id: `other/${model}`, model, name: `Model ${index}` };
  });
}

const unpriced = {
  priceList: undefined,
  durations: { typical: () => undefined },
  pauses: { until: () => undefined },
};

function suggested(typed: string, routesOn: readonly Route[], used: readonly string[] = []) {
  const routeUse = createRouteUse();
  for (const id of used) routeUse.count(GUILD, id);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what suggestions are made from
  const call = {
    guildId: GUILD,
    language: 'en',
    focused: 'model',
    options: new Map([['model', typed]]),
  } as unknown as TypingCall;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the rest would be the store
  const guilds = {
    peek: () => DEFAULT_SETTINGS,
    get: async () => Promise.resolve(DEFAULT_SETTINGS),
  } as unknown as Parameters<typeof suggestModelsWithAuto>[1]['guilds'];
  return suggestModelsWithAuto(call, { ...unpriced, routesOn, guilds, routeUse });
}

const KINDS = [
  ['25', routes(25)],
  ['26', routes(26)],
  ['300', routes(300)],
  ['300 with ids of 512 characters', routes(300, 512)],
] as const;

describe.each(KINDS)('a catalogue of %s routes', (_what, many) => {
  const hasMore = many.length > 25;
  const [first] = many;
  const last = many.at(-1);
  if (first === undefined || last === undefined) throw new Error('no routes');

  it('is found by text, the most used first, within Discord’s limits', () => {
    const shown = suggested('', many, [last.id, last.id]);
    expect(shown).toHaveLength(25);
    expect(shown.map(({ value }) => value).slice(0, 2)).toEqual(['auto', choiceOf(last.id)]);
    for (const { name, value } of shown) {
      expect(name.length).toBeLessThanOrEqual(100);
      expect(value.length).toBeLessThanOrEqual(100);
    }
    expect(suggested(last.name, many).map(({ value }) => value)).toEqual([choiceOf(last.id)]);
  });

  it('has a choice for each route, by which it is read again', () => {
    expect(new Set(many.map(({ id }) => choiceOf(id))).size).toBe(many.length);
    for (const route of many) {
      for (const typed of [route.id, route.name, choiceOf(route.id)]) {
        expect(readRoute(typed, many)).toEqual({ kind: 'route', route });
      }
      expect(readModel(formFields({ model: [choiceOf(route.id)] }), many)).toBe(route);
    }
    expect(nearestRoute(`${last.name}x`.repeat(50), many)).toBeDefined();
  });

  it.each([...LANGUAGES])('fits into forms, with the current one and a line: %s', (language) => {
    const messages = messagesFor(language);
    const field = modelField(many, last, messages);
    if (field.component.type !== ComponentType.StringSelect) throw new Error('no select');
    const { options } = field.component;
    expect(options).toHaveLength(25);
    expect(options.filter((option) => option.default).map(({ value }) => value)).toEqual([
      choiceOf(last.id),
    ]);
    expect(options.every(({ label, value }) => label.length <= 100 && value.length <= 100)).toBe(
      true,
    );
    expect(field.description).toBe(hasMore ? messages.second.form.moreModels : undefined);
    expect(field.description?.length ?? 0).toBeLessThanOrEqual(100);
  });

  it.each([...LANGUAGES])('is offered by its cheapest 25, and a line: %s', (language) => {
    const messages = messagesFor(language);
    const ways = waysUnchanged(aRequest(), many, undefined);
    const offered = offeredOf(ways, messages);
    expect(waySelect('1', offered.ways, messages)).toMatchObject({
      options: offered.ways.map((_, index) => ({ value: String(index) })),
    });
    expect(offered.ways).toHaveLength(25);
    expect(offered.more).toEqual(hasMore ? [`-# ${messages.second.form.moreModels}`] : []);
  });

  it.each([...LANGUAGES])('is listed in one message, with a menu of 25: %s', (language) => {
    const messages = messagesFor(language);
    const shown = { routesOn: many, allowed: many, services: unpriced, messages };
    for (const layout of [modelListLayout(shown), modelLayout(last, shown)]) {
      expect(shownText({ layout }).length).toBeLessThanOrEqual(4000);
      const rows = JSON.stringify(shownComponents({ layout }));
      expect(rows.split('"value":')).toHaveLength(26);
    }
    const list = shownText({ layout: modelListLayout(shown) });
    expect(list.includes(messages.models.hint)).toBe(hasMore);
    const one = { layout: modelLayout(last, shown) };
    expect(shownText(one)).toContain(`\`${last.id}\``);
    expect(JSON.stringify(shownComponents(one))).toContain('"default":true');
  });

  it.each([...LANGUAGES])('is named in refusals as far as it fits: %s', (language) => {
    const messages = messagesFor(language);
    const wordy = many.map((route) => ({ ...route, name: route.name.padEnd(90, 'x') }));
    const issues = validateRequest(SP, aRequest({ durationSeconds: 99, resolution: '4k' }));
    for (const text of [
      refusalText(SP, issues, many, messages),
      refusalText(SP, issues, wordy, messages),
      modelOffText(many, messages),
      modelOffText(wordy, messages),
    ]) {
      expect(text.length).toBeLessThanOrEqual(2000);
      expect(text).toContain('Model 0');
    }
  });
});

it('the cheapest are offered, wherever they stand in a long list', () => {
  const many = routes(300);
  const prices = Object.fromEntries(
    many.map(({ provider, model }, index) => [
      `${provider}/${model}-720p`,
      { amount: String(1000 - index), per: 'task' },
    ]),
  );
  const parsed = parsePriceList({ currency: 'USD', prices }, many);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults.slice(0, 3)));
  const messages = messagesFor('en');
  const { ways } = offeredOf(waysUnchanged(aRequest(), many, parsed.list), messages);
  expect(ways.map(({ route }) => route.name).slice(0, 2)).toEqual(['Model 299', 'Model 298']);
});
