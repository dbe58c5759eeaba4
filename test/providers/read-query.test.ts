import { readAnyfastQuery, readJimmyQuery } from './readers.ts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answer } from './answer.ts';

// What single answers mean stands in each provider's own examples (test/providers/<id>/queries.ts).

const readers = { 'Jimmy AI': readJimmyQuery, AnyFast: readAnyfastQuery };

describe.each(Object.entries(readers))('any answer of %s to a query', (_name, read) => {
  const kinds = ['pending', 'finished', 'failed', 'missing', 'busy', 'fault'];
  const task = fc.record(
    {
      code: fc.jsonValue(),
      status: fc.oneof(fc.jsonValue(), fc.constantFrom('failed', 'SUCCESS', 'running')),
      data: fc.oneof(
        fc.jsonValue(),
        fc.record({ status: fc.jsonValue(), progress: fc.jsonValue() }),
      ),
      progress: fc.jsonValue(),
      error: fc.jsonValue(),
      message: fc.oneof(fc.jsonValue(), fc.json()),
      task_id: fc.jsonValue(),
    },
    { requiredKeys: [] },
  );
  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json(),
    task.map((t) => JSON.stringify(t)),
  );

  it('is one of the outcomes, its progress within bounds, its address absolute', () => {
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 999 }), texts, (status, text) => {
        const outcome = read(answer(status, text));
        expect(kinds).toContain(outcome.kind);
        const percent = outcome.kind === 'pending' ? (outcome.progressPercent ?? 0) : 0;
        expect(percent).toBe(Math.min(Math.max(Math.floor(percent), 0), 100));
        const url = outcome.kind === 'finished' ? (outcome.resultUrl ?? 'https://') : 'https://';
        expect(url).toMatch(/^https?:\/\//i);
      }),
      { numRuns: 500 },
    );
  });

  it('says nothing about the task unless it went well', () => {
    const statuses = fc.oneof(
      fc.integer({ min: 300, max: 403 }),
      fc.integer({ min: 405, max: 999 }),
    );
    fc.assert(
      fc.property(statuses, texts, (status, text) => {
        expect(['busy', 'fault', 'missing']).toContain(read(answer(status, text)).kind);
      }),
    );
  });
});
