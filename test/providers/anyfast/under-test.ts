import { ANYFAST } from '../../../src/providers/anyfast/descriptor.ts';
import { createAnyfastDialect } from '../../../src/simulators/providers/anyfast/dialect.ts';
import type { ProviderUnderTest } from '../contract/provider-under-test.ts';
import { ANYFAST_DOCUMENTS } from './documents.ts';

export const ANYFAST_UNDER_TEST: ProviderUnderTest = {
  descriptor: ANYFAST,
  simulate: createAnyfastDialect,
  documents: ANYFAST_DOCUMENTS,
};
