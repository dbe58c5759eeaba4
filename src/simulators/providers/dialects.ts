import { createAnyfastDialect } from './anyfast/dialect.ts';
import { createArkDialect } from './ark/dialect.ts';
import type { Dialect } from './dialect.ts';
import { createJimmyDialect } from './jimmy/dialect.ts';
import { videoServerDialect } from './openai-videos/dialect.ts';
import { VLLM_OMNI } from './openai-videos/servers.ts';
import { createOpenrouterDialect } from './openrouter/dialect.ts';

/** Creates a provider's dialect. `newId` returns an id that it never returned before. */
export type CreateDialect = (newId: () => string) => Dialect;

/** The simulated providers. */
export const DIALECTS = {
  jimmy: createJimmyDialect,
  anyfast: createAnyfastDialect,
  ark: createArkDialect,
  openrouter: createOpenrouterDialect,
  /** A server of somebody's own. */
  gpu: videoServerDialect('gpu', VLLM_OMNI),
} as const satisfies Readonly<Record<string, CreateDialect>>;

export type ProviderName = keyof typeof DIALECTS;

/** Makes something for each of them. */
export function forEachProvider<Made>(
  make: (name: ProviderName) => Made,
): Record<ProviderName, Made> {
  return {
    jimmy: make('jimmy'),
    anyfast: make('anyfast'),
    ark: make('ark'),
    openrouter: make('openrouter'),
    gpu: make('gpu'),
  };
}
