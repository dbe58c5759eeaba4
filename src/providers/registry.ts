import { ANYFAST } from './anyfast/descriptor.ts';
import { ARK } from './ark/descriptor.ts';
import type { ProviderDescriptor } from './descriptor.ts';
import { JIMMY } from './jimmy/descriptor.ts';

/** All providers that settings of their own switch on, in the order in which people see them. */
export const PROVIDERS: readonly ProviderDescriptor[] = [JIMMY, ANYFAST, ARK];
