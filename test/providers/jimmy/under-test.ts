import { JIMMY } from '../../../src/providers/jimmy/descriptor.ts';
import { createJimmyDialect } from '../../../src/simulators/providers/jimmy/dialect.ts';
import type { ProviderUnderTest } from '../contract/provider-under-test.ts';
import { JIMMY_DOCUMENTS } from './documents.ts';

export const JIMMY_UNDER_TEST: ProviderUnderTest = {
  descriptor: JIMMY,
  simulate: createJimmyDialect,
  documents: JIMMY_DOCUMENTS,
};
