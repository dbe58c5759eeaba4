import { DAY_MS, SECOND_MS } from '../../domain/time-units.ts';
import { MAX_INLINE_BYTES } from '../../domain/routes/copy-rules.ts';
import type { ProviderDescriptor } from '../descriptor.ts';
import { openrouterCreateBody } from './create-body.ts';
import { OPENROUTER_DIALECT } from './dialect.ts';
import { readOpenrouterModel } from './routes.ts';
import { OPENROUTER_NEVER_SENT } from './never-sent.ts';

const NOT_THERE = 'OpenRouter, the pages of its video API: no such thing';

/** OpenRouter, which sells the video models of many makers; its list says which. */
export const OPENROUTER: ProviderDescriptor = {
  id: 'openrouter',
  name: 'OpenRouter',
  settings: {
    apiKey: { name: 'OPENROUTER_API_KEY' },
    foreignNames: ['OPENROUTER_MODEL', 'OPENROUTER_BASE_URL'],
    address: {
      name: 'OPENROUTER_API_URL',
      default: 'https://openrouter.ai/api/v1',
      redundantPath: /\/videos(?:\/.*)?$/i,
    },
  },
  routes: [],
  list: {
    path: '/videos/models',
    narrowedBy: 'OPENROUTER_MODELS',
    currency: 'USD',
    readEntry: readOpenrouterModel,
  },
  neverSent: OPENROUTER_NEVER_SENT,
  // No page says how long; as long as the makers of most of its models keep theirs.
  resultRetentionMs: DAY_MS,
  failureCost: 'assumed',
  minPollMs: 10 * SECOND_MS,
  lateFinishMs: DAY_MS,
  copies: { image: { way: 'data-uri', maxBytes: MAX_INLINE_BYTES } },
  api: { createPath: '/videos', queryPrefix: '/videos/' },
  createBody: openrouterCreateBody,
  results: { pathAfterTask: '/content?index=0', needsKey: true },
  dialect: OPENROUTER_DIALECT,
  lacks: {
    'busy-code': NOT_THERE,
    'content-code': NOT_THERE,
    'echoed-model': NOT_THERE,
    progress: NOT_THERE,
    'result-address': 'OpenRouter, video generation: only for those with the key',
    usage: NOT_THERE,
    cancel: NOT_THERE,
    search: NOT_THERE,
    upload: NOT_THERE,
    balance: NOT_THERE,
    library: NOT_THERE,
  },
};
