import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JournalLine } from '../../src/domain/ledger/journal-line.ts';
import { parseMoney } from '../../src/domain/ledger/money.ts';
import { defuse, renderRows } from '../../src/discord/usage/csv.ts';
import { journalCsv } from '../../src/discord/usage/journal-csv.ts';
import { plainAmount } from '../../src/discord/usage/plain-amount.ts';
import { joined, pagesOf } from '../fakes/pages.ts';
import { parseCsv } from './parse-csv.ts';

const cell = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ unit: fc.constantFrom('"', ',', '\r', '\n', '=', '+', '-', '@', '\t', 'a', "'") }),
);

const table = fc
  .integer({ min: 2, max: 5 })
  .chain((columns) =>
    fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), { maxLength: 8 }),
  );

describe('CSV', () => {
  it('parses back to the same cells, except for the apostrophe before a formula', () => {
    fc.assert(
      fc.property(table, (rows) => {
        expect(parseCsv(renderRows(rows))).toEqual(rows.map((cells) => cells.map(defuse)));
      }),
    );
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '=HYPERLINK("http://x")'])(
    'defuses %j',
    (text) => {
      expect(defuse(text)).toBe(`'${text}`);
    },
  );

  it.each(['', 'a=1', '1-1', '2026-11-20T00:00:00.000Z', '0.90', "'", ' =1'])(
    'leaves %j as it is',
    (text) => {
      expect(defuse(text)).toBe(text);
    },
  );

  it('ends every line with CRLF', () => {
    expect(
      renderRows([
        ['a', 'b'],
        ['c"d', 'e,f'],
      ]),
    ).toBe('a,b\r\n"c""d","e,f"\r\n');
  });
});

describe('an amount in a file', () => {
  it.each([
    [0n, '0.00'],
    [1n, '0.000001'],
    [350_000n, '0.35'],
    [900_000n, '0.90'],
    [1_000_000n, '1.00'],
    [12_345_678_900_000n, '12345678.90'],
    [1_234_000n, '1.234'],
  ])('writes %d micros as %s', (micros, text) => {
    expect(plainAmount(micros)).toBe(text);
  });

  it('is exact', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 24n }), (micros) => {
        expect(parseMoney(plainAmount(micros))).toBe(micros);
      }),
    );
  });
});

describe('the journal as CSV', () => {
  it('has one row per task; an unknown amount is an empty cell', async () => {
    const common = {
      at: Date.UTC(2026, 10, 20, 12),
      route: 'jimmy/seedance2.0-sp',
      seconds: 5,
      resolution: '720p',
    };
    const lines: JournalLine[] = [
      {
        ...common,
        task: '1300000000000000001',
        member: '1300000000000000020',
        quoted: 1_750_000n,
        settled: 1_750_000n,
        currency: 'USD',
        state: 'settled',
      },
      { ...common, task: '1300000000000000002', member: '=evil()', state: 'held' },
    ];
    const csv = await joined(journalCsv(pagesOf(lines, 1)));
    // The mark that makes Excel read UTF-8.
    expect(csv.startsWith('\uFEFFtime,')).toBe(true);
    expect(parseCsv(csv)).toEqual([
      [
        'time',
        'task',
        'member',
        'route',
        'seconds',
        'resolution',
        'quoted',
        'settled',
        'currency',
        'state',
      ],
      [
        '2026-11-20T12:00:00.000Z',
        '1300000000000000001',
        '1300000000000000020',
        'jimmy/seedance2.0-sp',
        '5',
        '720p',
        '1.75',
        '1.75',
        'USD',
        'settled',
      ],
      [
        '2026-11-20T12:00:00.000Z',
        '1300000000000000002',
        "'=evil()",
        'jimmy/seedance2.0-sp',
        '5',
        '720p',
        '',
        '',
        '',
        'held',
      ],
    ]);
  });
});
