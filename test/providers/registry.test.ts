import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findProvider, findRoute, routesOf } from '../../src/domain/routes/catalogue.ts';
import { PROVIDERS } from '../../src/providers/registry.ts';
import { CATALOGUE } from '../fakes/catalogue.ts';

describe('the registry', () => {
  it('has every route and every setting once', () => {
    const routes = CATALOGUE.routes.map(({ id }) => id);
    const settings = PROVIDERS.flatMap((provider) => [
      provider.settings.apiKey.name,
      provider.settings.address.name,
    ]);
    expect(new Set(routes).size).toBe(routes.length);
    expect(new Set(settings).size).toBe(settings.length);
    expect(new Set(PROVIDERS.map(({ id }) => id)).size).toBe(PROVIDERS.length);
  });

  it('gives every route a name of its own, with the provider only where two would be the same', () => {
    const names = CATALOGUE.routes.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => name.includes('('))).toEqual([
      'Mini (Jimmy AI)',
      'Mini (AnyFast)',
    ]);
    expect(names).toContain('Mini Special');
  });

  it('knows no route and no provider that is gone', () => {
    expect(findRoute(CATALOGUE, 'old/model')).toBeUndefined();
    expect(findProvider(CATALOGUE, 'old')).toBeUndefined();
    expect(routesOf(CATALOGUE, new Set(['old']))).toEqual([]);
  });
});

describe.each(PROVIDERS.map((provider) => [provider.id, provider] as const))(
  '%s',
  (id, { name, settings, routes, list }) => {
    it('has a folder of its own, with its fact sheet', () => {
      for (const file of ['descriptor.ts', 'routes.ts', 'create-body.ts', 'dialect.ts']) {
        expect(existsSync(`src/providers/${id}/${file}`)).toBe(true);
      }
      const readme = readFileSync(`src/providers/${id}/readme.md`, 'utf8');
      expect(readme).toContain(`# ${name}\n`);
      expect(readme).toContain(settings.apiKey.name);
      expect(readme).toContain(settings.address.name);
    });

    it.skipIf(list !== undefined)('has routes that no slash in a name can take apart', () => {
      expect(routes.length).toBeGreaterThan(0);
      for (const { model } of routes) expect(`${id}/${model}`).toMatch(/^\w+\/[\w.-]+$/);
    });

    it('has an address that is none of those that name too much', () => {
      expect(settings.address.redundantPath.test(settings.address.default)).toBe(false);
    });
  },
);
