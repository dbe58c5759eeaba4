import { ANYFAST } from './anyfast/descriptor.ts';
import { ARK } from './ark/descriptor.ts';
import type { ProviderDescriptor } from './descriptor.ts';
import type { ProviderFile } from './provider-file.ts';
import { JIMMY } from './jimmy/descriptor.ts';
import { OPENAI_VIDEOS } from './openai-videos/provider-file.ts';
import { OPENROUTER } from './openrouter/descriptor.ts';

/** All providers that settings of their own switch on, in the order in which people see them. */
export const PROVIDERS: readonly ProviderDescriptor[] = [JIMMY, ANYFAST, ARK, OPENROUTER];

/** What files of the operator declare providers in. */
export const PROVIDER_FILES: readonly ProviderFile[] = [OPENAI_VIDEOS];
