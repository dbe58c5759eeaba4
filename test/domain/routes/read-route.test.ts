import { describe, expect, it } from 'vitest';
import { nearestRoute, readRoute, routesMatching } from '../../../src/domain/routes/read-route.ts';
import { ROUTES, routeOf } from '../../fakes/catalogue.ts';

describe('a typed model', () => {
  it.each(ROUTES)('is $name by its id and by its name, in any case', (route) => {
    for (const text of [route.id, route.name, route.name.toUpperCase(), ` ${route.id} `]) {
      expect(readRoute(text, ROUTES)).toEqual({ kind: 'route', route });
    }
  });

  it.each([
    ['sp fsat', 'SP Fast'],
    ['jimmy/seedance2.0-fast-i2b', 'Fast I2V'],
    ['seedance2.0-sdt', 'STD'],
    ['mini any fast', 'Mini (AnyFast)'],
    ['Ful', 'Full'],
  ])('%s is none, and closest to %s', (typed, name) => {
    expect(readRoute(typed, ROUTES)).toMatchObject({ kind: 'unknown', typed, nearest: { name } });
  });

  it('is none where no route is on, and of any length', () => {
    expect(readRoute('SP', [])).toEqual({ kind: 'unknown', typed: 'SP', nearest: undefined });
    expect(nearestRoute('🚣'.repeat(6000), ROUTES)).toBeDefined();
    expect(nearestRoute('', ROUTES)).toBeDefined();
  });
});

describe('the routes that a text may mean', () => {
  it.each([
    ['mini', ['Mini Special', 'Mini (Jimmy AI)', 'Mini (AnyFast)', 'Seedance 2.0 Mini']],
    ['ark mini', ['Seedance 2.0 Mini']],
    ['fast SP', ['SP Fast', 'SP Official Fast']],
    ['anyfast', ['Mini (AnyFast)']],
    ['jimmy ai std', ['STD']],
    ['mx_f', ['Full Fast']],
    ['满血版', ['Full', 'Full Fast']],
    ['经济版', ['SP', 'SP Fast']],
    ['boat', []],
  ])('%s: by name, id and provider', (text, names) => {
    expect(routesMatching(text, ROUTES).map(({ name }) => name)).toEqual(names);
  });

  it('are all, while nothing is typed', () => {
    expect(routesMatching('  ', ROUTES)).toEqual(ROUTES);
    expect(routesMatching('', [routeOf('jimmy/sd2_mx')])).toHaveLength(1);
  });
});
