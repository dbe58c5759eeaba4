import { MAX_INLINE_BYTES } from '../../domain/routes/copy-rules.ts';
import { DAY_MS } from '../../domain/time-units.ts';
import type { ProviderDescriptor } from '../descriptor.ts';
import { arkCreateBody } from './create-body.ts';
import { ARK_DIALECT } from './dialect.ts';
import { arkModelIds } from './model-ids.ts';
import { ARK_NEVER_SENT } from './never-sent.ts';
import { ARK_ROUTES } from './routes.ts';

/** Ark, by which ByteDance sells its models itself: BytePlus ModelArk, or Volcengine by its address. */
export const ARK: ProviderDescriptor = {
  id: 'ark',
  name: 'Ark',
  settings: {
    apiKey: { name: 'ARK_API_KEY' },
    address: {
      name: 'ARK_API_URL',
      default: 'https://ark.ap-southeast.bytepluses.com/api/v3',
      redundantPath: /\/contents(?:\/.*)?$/i,
    },
    // ByteDance's own tools read ARK_API_KEY and others.
    isPrefixShared: true,
    models: { name: 'ARK_MODELS' },
  },
  routes: ARK_ROUTES,
  modelIds: arkModelIds,
  neverSent: ARK_NEVER_SENT,
  resultRetentionMs: DAY_MS,
  // Only a video that was made is billed.
  failureCost: 'released',
  // Its own time, which a create can only shorten.
  lateFinishMs: 2 * DAY_MS,
  // Pictures and sounds inside of a create, which may have 64 MB; videos by their address alone.
  copies: {
    image: { way: 'data-uri', maxBytes: MAX_INLINE_BYTES },
    audio: { way: 'data-uri', maxBytes: MAX_INLINE_BYTES },
  },
  api: {
    createPath: '/contents/generations/tasks',
    queryPrefix: '/contents/generations/tasks/',
  },
  cancel: { prefix: '/contents/generations/tasks/' },
  // An endpoint's task is listed by the model behind it.
  search: {
    path: (page) => `/contents/generations/tasks?page_num=${page}&page_size=100`,
    pageSize: 100,
    itemsPath: 'items',
    idPath: 'id',
    createdAtPath: 'created_at',
    repeats: ['model', 'resolution', 'ratio', 'duration', 'generate_audio'],
    isOpen: (value) => value === 'adaptive',
    keptMs: 7 * DAY_MS,
  },
  createBody: arkCreateBody,
  dialect: ARK_DIALECT,
  lacks: {
    'ambiguous-code': 'Ark, error codes: no gateway stands before it',
    'echoed-model': 'Ark, create API: it answers with an id alone',
    progress: 'Ark, query API: a status and no percentage',
    upload: 'Ark, create API: media are addresses, data URIs or assets',
    'reported-cost': 'Ark, query API: tokens alone, never money',
    balance: 'Ark, API reference: no call of this key tells the balance',
    library: 'Ark, asset API: it takes an access key and a signature, not this key',
  },
};
