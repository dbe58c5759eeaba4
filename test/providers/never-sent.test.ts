import { describe, expect, it } from 'vitest';
import { allPriceKeys } from '../../src/domain/ledger/price-keys.ts';
import { PROVIDERS } from '../../src/providers/registry.ts';
import { bodyCases } from '../e2e/provider-bodies.table.ts';
import { ROUTES } from '../fakes/catalogue.ts';
import { DOCS_SKIP_REASON, loadProviderSchemas } from '../fakes/provider-documents.ts';

const documents = loadProviderSchemas();

/** The bodies of the table, which is written from the documents and compared with what is sent. */
const bodiesOf = (provider: string): unknown[] =>
  bodyCases
    .filter(({ command, expected }) => command.model.startsWith(provider) && expected !== 'refused')
    .map(({ expected }) => expected);

/** The names of all fields within a value. */
function fieldsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(fieldsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => [
    key,
    ...fieldsIn(inner),
  ]);
}

function modelsIn(bodies: readonly unknown[]): string[] {
  return bodies.flatMap((body) =>
    typeof body === 'object' && body !== null && 'model' in body ? [String(body.model)] : [],
  );
}

const covers = (listed: string, name: string): boolean =>
  listed.endsWith('*') ? name.startsWith(listed.slice(0, -1)) : listed === name;

describe.each(PROVIDERS)('what $name documents', ({ id, neverSent }) => {
  const sent = {
    field: new Set(fieldsIn(bodiesOf(id))),
    model: new Set(modelsIn(bodiesOf(id))),
  };
  const listed = (kind: 'field' | 'model') => neverSent.filter((one) => one.kind === kind);
  const unexplained = (kind: 'field' | 'model', names: Iterable<string>) =>
    [...names].filter(
      (name) => !sent[kind].has(name) && !listed(kind).some((one) => covers(one.name, name)),
    );

  it('is listed once, each with a reason and its source, where it is never sent', () => {
    const names = neverSent.map(({ kind, name }) => `${kind} ${name}`);
    expect(new Set(names).size).toBe(names.length);
    for (const { why, source } of neverSent) expect([why, source]).not.toContain('');
  });

  it('is not listed where it is sent', () => {
    const both = neverSent.filter(({ kind, name }) =>
      [...sent[kind]].some((known) => covers(name, known)),
    );
    expect(both).toEqual([]);
  });

  const hasPages = documents?.hasPagesOf(id) === true;

  it.skipIf(!hasPages)('is sent, or listed with its reason: every field', () => {
    const fields = documents?.fieldsOf(id) ?? new Set();
    expect(fields.size).toBeGreaterThan(8);
    expect(unexplained('field', fields)).toEqual([]);
  });

  it.skipIf(!hasPages)('is sent, or listed with its reason: every model', () => {
    const models = documents?.modelsOf(id) ?? new Set();
    expect(models.size).toBeGreaterThan(0);
    const billed = new Set(allPriceKeys(ROUTES).map(({ name }) => name.replace(`${id}/`, '')));
    const unknown = unexplained('model', models).filter((name) => !billed.has(name));
    expect(unknown).toEqual([]);
  });
});

it.skipIf(documents !== undefined)(`the pages are not looked at: ${DOCS_SKIP_REASON}`, () => {
  expect(documents).toBeUndefined();
});

it.skipIf(documents === undefined)('a model or field that is neither would be found', () => {
  expect(documents?.fieldsOf('jimmy')).toContain('orientation');
  expect(documents?.fieldsOf('anyfast')).toContain('generate_audio');
  expect(documents?.modelsOf('jimmy')).toContain('sd2_mx_video_fast_1080p');
});

it('Jimmy AI’s orientation is in no body', () => {
  expect(fieldsIn(bodiesOf('jimmy'))).not.toContain('orientation');
});
