import { DAY_MS } from '../../domain/time-units.ts';
import type { ProviderDescriptor } from '../descriptor.ts';
import { readJimmyBalance } from './balance.ts';
import { jimmyCreateBody } from './create-body.ts';
import { JIMMY_DIALECT } from './dialect.ts';
import { JIMMY_FULL_LIBRARY, JIMMY_SP_LIBRARY } from './libraries.ts';
import { JIMMY_NEVER_SENT } from './never-sent.ts';
import { JIMMY_ROUTES } from './routes.ts';
import { JIMMY_COPIES, JIMMY_UPLOAD } from './upload.ts';

/** Jimmy AI: all routes share one path for creates and one for queries. */
export const JIMMY: ProviderDescriptor = {
  id: 'jimmy',
  name: 'Jimmy AI',
  settings: {
    apiKey: { name: 'JIMMY_API_KEY' },
    address: {
      name: 'JIMMY_API_URL',
      default: 'https://www.jimmyai.cn',
      redundantPath: /\/(?:api\/open-api|v\d+)(?:\/.*)?$/i,
    },
  },
  routes: JIMMY_ROUTES,
  neverSent: JIMMY_NEVER_SENT,
  resultRetentionMs: 3 * DAY_MS,
  isRetentionAbout: true,
  // Jimmy AI's documents do not say whether failed tasks are charged.
  failureCost: 'assumed',
  lateFinishMs: DAY_MS,
  copies: JIMMY_COPIES,
  upload: JIMMY_UPLOAD,
  libraries: [JIMMY_SP_LIBRARY, JIMMY_FULL_LIBRARY],
  api: {
    createPath: '/api/open-api/v1/seedance/videos',
    queryPrefix: '/api/open-api/v1/videos/',
  },
  createBody: jimmyCreateBody,
  dialect: JIMMY_DIALECT,
  balance: { path: '/api/open-api/v1/user/balance', read: readJimmyBalance },
  lacks: {
    'busy-code': 'Jimmy AI, FAQ: no rate limit, and no code but 20001, 20002 and -1',
    'ambiguous-code': 'Jimmy AI, FAQ: no code but 20001, 20002 and -1',
    cancel: 'Jimmy AI, the pages of tasks and the FAQ: no call cancels a task',
    search: 'Jimmy AI, the pages of tasks and the FAQ: no call lists tasks',
    usage: 'Jimmy AI, the query of a task: neither usage nor cost',
    'reported-cost': 'Jimmy AI, the query of a task: neither usage nor cost',
    'inline-media': 'Jimmy AI, the schema of the shared endpoint: media are addresses',
    'unready-assets': 'Jimmy AI, the pages of the SP library: no sentence of a create',
    'library-list': 'Jimmy AI, the pages of the SP library: upload, detail and status',
    'library-deletion': 'Jimmy AI, the pages of the SP library: upload, detail and status',
    'library-groups': 'Jimmy AI, the pages of the SP library: upload, detail and status',
  },
};
