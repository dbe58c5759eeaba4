import { describe, expect, it } from 'vitest';
import { ComponentType } from '../../../src/discord/discord-js.ts';
import { messagesFor } from '../../../src/discord/messages/messages-for.ts';
import {
  autoLayout,
  modelLayout,
  modelListLayout,
} from '../../../src/discord/models/models-layout.ts';
import { LANGUAGES } from '../../../src/domain/language.ts';
import type { Route, RouteId } from '../../../src/domain/routes/route.ts';
import { ROUTE_IDS, routesOf } from '../../fakes/catalogue.ts';
import { shownComponents, shownText } from '../../fakes/shown-text.ts';

const services = {
  priceList: undefined,
  durations: { typical: () => undefined },
  pauses: { until: () => undefined },
};
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
    const layout = modelListLayout({ routesOn: every, allowed: every, services, messages });
    const text = shownText({ layout });
    const titles = text.match(/^### .*$/gm) ?? [];
    expect(titles).toEqual([...new Set(every.map((route) => `### ${route.providerTraits.name}`))]);
    for (const { name } of every) expect(text).toContain(`**${name}**`);
    expect(text).not.toMatch(/undefined|NaN|\[object/);
  });

  it('are cut where there are too many, which is said, and the menu stays', () => {
    const layout = modelListLayout({ routesOn: many, allowed: many, services, messages });
    const shown = shownText({ layout }).match(/^\*\*/gm)?.length ?? 0;
    expect(shownText({ layout })).toContain(messages.models.hint);
    expect(shownText({ layout })).toContain(messages.modelChoice.more(many.length - shown));
    const menus = shownComponents({ layout }).filter(
      ({ type }) => type === ComponentType.ActionRow,
    );
    expect(menus).toHaveLength(1);
  });

  it.each([
    ['longer', { longerThan: 12 }, (route: Route) => route.duration.max > 12],
    ['with sounds', { takes: 'audio' }, ({ media }: Route) => typeof media.audio !== 'string'],
    ['with their own sound', { takes: 'sound' }, ({ sound }: Route) => sound !== undefined],
  ] as const)('are those that are looked for: %s', (_what, filter, isFound) => {
    const shown = { routesOn: every, allowed: every, services, messages };
    const text = shownText({ layout: modelListLayout(shown, filter) });
    const names = [...text.matchAll(/^\*\*(.+?)\*\*/gm)].map(([, name]) => name);
    expect(names).toEqual(every.filter(isFound).map(({ name }) => name));
    expect(names.length).toBeGreaterThan(0);
  });

  it('say so where none can do what is looked for, with all of them in the menu', () => {
    const shown = { routesOn: every, allowed: every, services, messages };
    const layout = modelListLayout(shown, { longerThan: 59 });
    expect(shownText({ layout })).toContain(messages.models.noneFound);
    expect(JSON.stringify(shownComponents({ layout }))).toContain(every[0]?.id);
  });

  it('have above them what `auto` does, and what it would choose now', () => {
    const shown = { routesOn: every, allowed: every.slice(2), services, messages };
    const { auto } = messages.modelChoice;
    expect(shownText({ layout: modelListLayout(shown) })).toContain(auto.line);
    const name = every[2]?.name ?? '';
    expect(shownText({ layout: autoLayout(shown) })).toContain(`**${name}**`);
    const none = { ...shown, allowed: [] };
    expect(shownText({ layout: autoLayout(none) })).toContain(auto.next);
  });

  it('say so where there is none', () => {
    const layout = modelListLayout({ routesOn: [], allowed: [], services, messages });
    expect(shownText({ layout })).toBe(messages.models.none);
  });

  it('are each shown with the menu, in which it is chosen, and a button to all', () => {
    for (const route of every) {
      const layout = modelLayout(route, { routesOn: every, allowed: every, services, messages });
      const text = shownText({ layout });
      expect(text.split('\n').at(-1)).toBe(`-# \`${route.id}\``);
      const rows = JSON.stringify(shownComponents({ layout }).slice(1));
      expect(rows).toContain(messages.models.all);
      const isListed = every.indexOf(route) < 25;
      expect(rows.includes(`"value":"${route.id}","default":true`)).toBe(isListed);
    }
  });
});
