import { readAnyfastCreate, readJimmyCreate } from './readers.ts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HttpResult } from '../../src/providers/exchange.ts';
import { answer } from './answer.ts';

// What single answers mean stands in each provider's own examples (test/providers/<id>/creates.ts).

const readers = { 'Jimmy AI': readJimmyCreate, AnyFast: readAnyfastCreate };

describe('a task number that is a JSON number', () => {
  it('is none where it is no whole number above zero', () => {
    const texts = ['0', '-7', '1.5', '1e400', '-1234567890123456789', '1234567890123456.5'];
    expect(texts.map((id) => readAnyfastCreate(answer(200, `{"id":${id}}`)).kind)).toEqual(
      texts.map(() => 'unknown'),
    );
  });

  it('keeps whatever printable number a provider makes', () => {
    const ids = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
      .filter(
        (id) => id.trim() === id && /^[^\p{C}\p{Zl}\p{Zp}]+$/u.test(id) && !/^\.\.?$/.test(id),
      );
    fc.assert(
      fc.property(ids, (id) => {
        const created = { kind: 'created', providerTaskId: id };
        expect(readAnyfastCreate(answer(200, { id }))).toEqual(created);
        expect(readJimmyCreate(answer(200, { code: 0, data: { task_id: id } }))).toEqual(created);
      }),
    );
  });
});

const bodies = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.json(),
  fc
    .record(
      {
        code: fc.oneof(fc.jsonValue(), fc.constantFrom(0, 20_000, '20000', 'success', -1)),
        error: fc.jsonValue(),
        message: fc.oneof(fc.jsonValue(), fc.json()),
        id: fc.oneof(fc.jsonValue(), fc.constant('task_1')),
        data: fc.oneof(fc.jsonValue(), fc.record({ task_id: fc.string() })),
      },
      { requiredKeys: [] },
    )
    .map((value) => JSON.stringify(value)),
);
const answers = (statuses: fc.Arbitrary<number>): fc.Arbitrary<HttpResult> =>
  fc
    .tuple(
      statuses,
      fc.oneof(
        { weight: 9, arbitrary: bodies.map((text) => ({ kind: 'text', text }) as const) },
        { weight: 1, arbitrary: fc.constantFrom({ kind: 'cut' }, { kind: 'too-large' } as const) },
      ),
    )
    .map(([status, body]) => ({ kind: 'answer', status, body }));

describe.each(Object.entries(readers))('any answer of %s to a create', (_name, read) => {
  it('is one of the outcomes', () => {
    fc.assert(
      fc.property(answers(fc.integer({ min: 200, max: 999 })), (result) => {
        const kinds = ['created', 'refused', 'busy', 'wrong-address', 'unknown'];
        expect(kinds).toContain(read(result).kind);
      }),
      { numRuns: 500 },
    );
  });

  it('is never a no from a server that broke or pointed elsewhere for once', () => {
    const elsewhere = fc
      .integer({ min: 300, max: 399 })
      .filter((status) => ![301, 307, 308].includes(status));
    const statuses = fc.oneof(fc.integer({ min: 500, max: 999 }), elsewhere);
    fc.assert(
      fc.property(answers(statuses), (result) => {
        expect(read(result).kind).toBe('unknown');
      }),
    );
  });

  it('is a wrong address, or unknown, from a server that moved', () => {
    fc.assert(
      fc.property(answers(fc.constantFrom(301, 307, 308)), (result) => {
        expect(read(result).kind).toBe('wrong-address');
      }),
    );
  });

  it('is a no at 401, 402 and 403 unless a code says otherwise', () => {
    const silent = fc
      .tuple(fc.constantFrom(401, 402, 403), fc.oneof(fc.json(), fc.string()))
      .filter(([, text]) => !/"(?:code|error)"/.test(text));
    fc.assert(
      fc.property(silent, ([status, text]) => {
        expect(read(answer(status, text)).kind).toBe('refused');
      }),
    );
  });

  it('is never a no without an envelope that says so', () => {
    const silent = fc
      .tuple(fc.constantFrom(200, 201, 400, 410, 413), fc.oneof(fc.json(), fc.string()))
      .filter(([, text]) => !/"(?:code|error)"/.test(text));
    fc.assert(
      fc.property(silent, ([status, text]) => {
        expect(['unknown', 'created']).toContain(read(answer(status, text)).kind);
      }),
    );
  });

  it('is a no or a wait at 429, whatever the body', () => {
    fc.assert(
      fc.property(answers(fc.constant(429)), (result) => {
        expect(['busy', 'refused']).toContain(read(result).kind);
      }),
    );
  });

  it('survives nesting without end', () => {
    const deep = '{"error":'.repeat(50_000) + '"x"' + '}'.repeat(50_000);
    expect(read(answer(200, deep)).kind).toMatch(/^(?:refused|unknown)$/);
    expect(read(answer(200, `{"data":${'['.repeat(50_000)}`)).kind).toBe('unknown');
  });
});
