import { DAY_MS } from '../../domain/time-units.ts';
import { MAX_INLINE_BYTES } from '../../domain/routes/copy-rules.ts';
import type { ProviderDescriptor } from '../descriptor.ts';
import { anyfastCreateBody } from './create-body.ts';
import { ANYFAST_DIALECT } from './dialect.ts';
import { ANYFAST_LIBRARY } from './library.ts';
import { ANYFAST_NEVER_SENT } from './never-sent.ts';
import { ANYFAST_ROUTES } from './routes.ts';

/** AnyFast: a New-API gateway in front of ByteDance's own models. */
export const ANYFAST: ProviderDescriptor = {
  id: 'anyfast',
  name: 'AnyFast',
  settings: {
    apiKey: { name: 'ANYFAST_API_KEY' },
    address: {
      name: 'ANYFAST_API_URL',
      default: 'https://www.anyfast.ai',
      redundantPath: /\/(?:api\/open-api|v\d+)(?:\/.*)?$/i,
    },
  },
  routes: ANYFAST_ROUTES,
  neverSent: ANYFAST_NEVER_SENT,
  resultRetentionMs: DAY_MS,
  // AnyFast's documents say that failed tasks are free.
  failureCost: 'released',
  lateFinishMs: DAY_MS,
  // Its document takes a Base64 data URI for pictures and sounds, and none for videos.
  copies: {
    image: { way: 'data-uri', maxBytes: MAX_INLINE_BYTES },
    audio: { way: 'data-uri', maxBytes: MAX_INLINE_BYTES },
  },
  libraries: [ANYFAST_LIBRARY],
  api: {
    createPath: '/v1/video/generations',
    queryPrefix: '/v1/video/generations/',
  },
  createBody: anyfastCreateBody,
  dialect: ANYFAST_DIALECT,
  lacks: {
    'reported-cost': 'AnyFast, the query of a task: tokens, and no amount of money',
    cancel: 'AnyFast, introduction and the guides to tasks: no call cancels a task',
    search: 'AnyFast, introduction and the guides to tasks: no call lists tasks',
    upload: 'AnyFast, seedance-2.0-mini OpenAPI: media are addresses, data URIs or assets',
    balance: 'AnyFast, introduction and guides: no call tells the balance',
  },
};
