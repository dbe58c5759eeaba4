import { expect } from 'vitest';
import { FEATURES } from '../../../../src/providers/features.ts';
import type { Feature } from '../../../../src/providers/features.ts';
import { lackOf } from '../lack-of.ts';
import type { ContractCase } from '../contract-case.ts';
import type { Scene } from '../scene.ts';

/** Those features that a descriptor itself has or has not. */
function ownFeatures({ descriptor }: Scene): Readonly<Partial<Record<Feature, boolean>>> {
  const { cancel, search, upload, copies, balance, libraries = [], dialect } = descriptor;
  const some = (part: 'find' | 'delete' | 'group'): boolean =>
    libraries.some((calls) => calls[part] !== undefined);
  return {
    cancel: cancel !== undefined,
    search: search !== undefined,
    upload: upload !== undefined,
    'inline-media': Object.values(copies).some(({ way }) => way === 'data-uri'),
    balance: balance !== undefined,
    'result-address': descriptor.results?.pathAfterTask === undefined,
    library: libraries.length > 0,
    'library-list': some('find'),
    'library-deletion': some('delete'),
    'library-groups': some('group'),
    'unready-assets': (dialect.unreadyAssets ?? []).length > 0,
  };
}

/** Those features that an answer shows. */
const SHOWN: readonly Feature[] = [
  'busy-code',
  'ambiguous-code',
  'balance-code',
  'content-code',
  'unready-assets',
  'usage',
  'reported-cost',
  'progress',
];

export const DESCRIPTOR_CASES: readonly ContractCase[] = [
  {
    name: 'names the pages for everything that its documents lack',
    row: 'descriptor',
    check({ descriptor }) {
      for (const [feature, pages] of Object.entries(descriptor.lacks)) {
        expect(FEATURES).toContain(feature);
        expect(pages.slice(0, descriptor.name.length + 2)).toBe(`${descriptor.name}, `);
        expect(pages.length).toBeGreaterThan(descriptor.name.length + 10);
      }
    },
  },
  {
    name: 'lacks nothing that it has, and has what it does not lack',
    row: 'descriptor',
    check(scene) {
      const has = ownFeatures(scene);
      const lacked = FEATURES.filter((feature) => lackOf(scene.descriptor, feature) !== undefined);
      const own = FEATURES.filter((feature) => has[feature] !== undefined);
      expect(own.filter((feature) => has[feature] !== true)).toEqual(
        own.filter((feature) => lacked.includes(feature)),
      );
    },
  },
  {
    name: 'shows an answer for everything that its documents have, with its page',
    row: 'descriptor',
    check({ descriptor, documents }) {
      const examples = [...documents.creates, ...documents.queries];
      expect(examples.filter(({ source }) => source.length < 3)).toEqual([]);
      const shown = new Set(examples.map(({ shows }) => shows));
      for (const feature of SHOWN) {
        expect({ feature, shown: shown.has(feature) }).toEqual({
          feature,
          shown: lackOf(descriptor, feature) === undefined,
        });
      }
    },
  },
  {
    name: 'shows a task, a refusal and a failure, each with its page',
    row: 'descriptor',
    check({ documents }) {
      const created = documents.creates.map(({ reads }) => reads.kind);
      expect(created).toEqual(expect.arrayContaining(['created', 'refused', 'unknown']));
      const queried = documents.queries.map(({ reads }) => reads.kind);
      expect(queried).toEqual(
        expect.arrayContaining(['pending', 'finished', 'failed', 'missing', 'fault']),
      );
      for (const examples of [documents.creates, documents.queries]) {
        const names = examples.map(({ what }) => what);
        expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
      }
    },
  },
  {
    name: 'is configured by an address that needs no path, and notices one that has it',
    row: 'descriptor',
    check({ descriptor: { id, settings, api }, dialect }) {
      const { name, redundantPath, default: address } = settings.address;
      expect(dialect.name).toBe(id);
      expect([name, settings.apiKey.name]).toEqual([
        expect.stringMatching(/^[A-Z]+_API_URL$/),
        expect.stringMatching(/^[A-Z]+_API_KEY$/),
      ]);
      expect(new URL(address).protocol).toBe('https:');
      expect(redundantPath.test(address)).toBe(false);
      expect(redundantPath.test(`${address}${api.createPath}`)).toBe(true);
    },
  },
  {
    name: 'names the page that each route comes from',
    row: 'descriptor',
    check({ routes }) {
      for (const { id, source, title, tier } of routes) {
        expect({ id, source, title }).not.toMatchObject({ source: '' });
        expect(title).not.toBe('');
        expect(tier).toBeGreaterThan(0);
      }
    },
  },
];
