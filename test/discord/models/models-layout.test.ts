import { describe, expect, it } from 'vitest';
import { ComponentType } from '../../../src/discord/discord-js.ts';
import { messagesFor } from '../../../src/discord/messages/messages-for.ts';
import { modelLayout, modelListLayout } from '../../../src/discord/models/models-layout.ts';
import { LANGUAGES } from '../../../src/domain/language.ts';
import type { Route, RouteId } from '../../../src/domain/routes/route.ts';
import { ROUTE_IDS, routesOf } from '../../fakes/catalogue.ts';
import { shownComponents, shownText } from '../../fakes/shown-text.ts';

const services = { priceList: undefined, durations: { typical: () => undefined } };
const every = routesOf(new Set(ROUTE_IDS.map((id) => id.split('/')[0] ?? '')));

/** Twenty times as many models as there are, each of a provider of its own. */
const many = Array.from({ length: 20 }, (_, copy) =>
  every.map((route, index): Route => {
    const provider = `provider${copy}-${index}`;
    const id: RouteId = `${provider}/${route.model}`;
    const providerTraits = { ...route.providerTraits, name: provider };
    return { ...route, id, provider, providerTraits };
  }),
).flat();

describe.each([...LANGUAGES])('the models in %s', (language) => {
  const messages = messagesFor(language);

  it('stand by provider in one message, each with its name', () => {
    const layout = modelListLayout({ routesOn: every, services, messages });
    const text = shownText({ layout });
    const titles = text.match(/^### .*$/gm) ?? [];
    expect(titles).toEqual([...new Set(every.map((route) => `### ${route.providerTraits.name}`))]);
    for (const { name } of every) expect(text).toContain(`**${name}**`);
    expect(text).not.toMatch(/undefined|NaN|\[object/);
  });

  it('are cut where there are too many, which is said, and the menu stays', () => {
    const layout = modelListLayout({ routesOn: many, services, messages });
    const shown = shownText({ layout }).match(/^\*\*/gm)?.length ?? 0;
    expect(shownText({ layout })).toContain(messages.models.hint);
    expect(shownText({ layout })).toContain(messages.modelChoice.more(many.length - shown));
    const menus = shownComponents({ layout }).filter(
      ({ type }) => type === ComponentType.ActionRow,
    );
    expect(menus).toHaveLength(1);
  });

  it('say so where there is none', () => {
    const layout = modelListLayout({ routesOn: [], services, messages });
    expect(shownText({ layout })).toBe(messages.models.none);
  });

  it('are each shown with the menu, in which it is chosen, and a button to all', () => {
    for (const route of every) {
      const layout = modelLayout(route, { routesOn: every, services, messages });
      const text = shownText({ layout });
      expect(text.split('\n').at(-1)).toBe(`-# \`${route.id}\``);
      const rows = JSON.stringify(shownComponents({ layout }).slice(1));
      expect(rows).toContain(messages.models.all);
      const isListed = every.indexOf(route) < 25;
      expect(rows.includes(`"value":"${route.id}","default":true`)).toBe(isListed);
    }
  });
});
