import { ARK } from '../../../src/providers/ark/descriptor.ts';
import { createArkDialect } from '../../../src/simulators/providers/ark/dialect.ts';
import type { ProviderUnderTest } from '../contract/provider-under-test.ts';
import { ARK_DOCUMENTS } from './documents.ts';

export const ARK_UNDER_TEST: ProviderUnderTest = {
  descriptor: ARK,
  simulate: createArkDialect,
  documents: ARK_DOCUMENTS,
};
