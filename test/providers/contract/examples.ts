import { expect } from 'vitest';
import type { Feature } from '../../../src/providers/features.ts';
import { create, query, raw } from './asking.ts';
import type { ContractCase } from './contract-case.ts';
import type { CreateExample, ProviderDocuments, QueryExample } from './provider-under-test.ts';
import type { Row } from './rows.ts';

/** Those examples that show a feature. */
export function examplesOf<Kind extends CreateExample | QueryExample>(
  examples: readonly Kind[],
  feature: Feature,
): readonly Kind[] {
  return examples.filter(({ shows }) => shows === feature);
}

const CREATE_ROWS = {
  created: 'created',
  refused: 'refused',
  busy: 'busy',
  'assets-unready': 'library',
  'not-sent': 'not-sent',
  'wrong-address': 'wrong-address',
  unknown: 'unknown',
} as const satisfies Record<CreateExample['reads']['kind'], Row>;

const QUERY_ROWS = {
  pending: 'pending',
  finished: 'finished',
  failed: 'failed',
  missing: 'missing',
  busy: 'fault',
  fault: 'fault',
} as const satisfies Record<QueryExample['reads']['kind'], Row>;

/** A provider's own cases: every answer that its documents give, and some that were seen. */
export function exampleCases({ creates, queries }: ProviderDocuments): ContractCase[] {
  return [...creates.map(createCase), ...queries.map(queryCase)];
}

function createCase(example: CreateExample): ContractCase {
  const { what, status, body, prompt, hasAsset = false, reads, isCoded } = example;
  return {
    name: `reads an answer to a create: ${what}`,
    row: CREATE_ROWS[reads.kind],
    async check(scene) {
      const submission = {
        ...scene.submission,
        ...(prompt === undefined ? {} : { prompt }),
        ...(hasAsset ? { media: [{ role: 'reference_image', url: 'asset://a-1' } as const] } : {}),
      };
      const outcome = await create(scene, raw(status, body), { submission });
      expect(outcome).toMatchObject(reads);
      if (isCoded !== undefined) expect(Object.hasOwn(outcome, 'isCoded')).toBe(isCoded);
    },
  };
}

function queryCase({ what, status, body, reads }: QueryExample): ContractCase {
  return {
    name: `reads an answer to a poll: ${what}`,
    row: QUERY_ROWS[reads.kind],
    check: async (scene) => expect(await query(scene, raw(status, body))).toMatchObject(reads),
  };
}
