import type { CreateExample, QueryExample } from './provider-under-test.ts';

type Row<Example extends CreateExample | QueryExample> = readonly [
  what: string,
  status: number,
  body: unknown,
  reads: Example['reads'],
  more?: Omit<Example, 'what' | 'status' | 'body' | 'reads' | 'source'>,
];

/** Examples of one page. */
function examplesOf<Example extends CreateExample | QueryExample>(
  source: string,
  rows: readonly Row<Example>[],
) {
  return rows.map(([what, status, body, reads, more]) => ({
    what,
    status,
    body,
    reads,
    source,
    ...more,
  }));
}

/** Answers to creates that one page gives. */
export function createsBy(source: string, ...rows: readonly Row<CreateExample>[]): CreateExample[] {
  return examplesOf(source, rows);
}

/** Answers to queries that one page gives. */
export function queriesBy(source: string, ...rows: readonly Row<QueryExample>[]): QueryExample[] {
  return examplesOf(source, rows);
}
