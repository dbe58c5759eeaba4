import { OPENROUTER } from '../../../src/providers/openrouter/descriptor.ts';
import { readOpenrouterModel } from '../../../src/providers/openrouter/routes.ts';
import { readRouteList } from '../../../src/providers/route-list.ts';
import { createOpenrouterDialect } from '../../../src/simulators/providers/openrouter/dialect.ts';
import {
  OPENROUTER_MODELS,
  listedModel,
} from '../../../src/simulators/providers/openrouter/models.ts';
import { createsBy, queriesBy } from '../contract/example-rows.ts';
import type { ProviderUnderTest } from '../contract/provider-under-test.ts';
import {
  BUSY,
  MISSING,
  UNKNOWN,
  WRONG_ADDRESS,
  failedFor,
  faultOf,
  made,
  refusedFor,
} from '../contract/reads.ts';

const API = 'video generation';
const SDK = 'the schemas of its SDK';
const URL_1 = 'https://openrouter.ai/api/v1/videos/x/content?index=0';
const error = (code: number, message = 'x') => ({ error: { code, message } });
const done = (usage: object) => ({ id: 'x', status: 'completed', unsigned_urls: [URL_1], usage });
const costing = (numerator: bigint, denominator: bigint) => ({
  kind: 'finished' as const,
  cost: { amount: { numerator, denominator }, currency: 'USD' },
});

const listed = readRouteList(
  { readEntry: readOpenrouterModel },
  OPENROUTER_MODELS.map(listedModel),
);
if (listed === undefined) throw new Error('the list has no models');

export const OPENROUTER_UNDER_TEST: ProviderUnderTest = {
  // With the routes of its list, as a start makes it.
  descriptor: { ...OPENROUTER, routes: listed.routes },
  simulate: createOpenrouterDialect,
  exceptions: {
    'misses a task that the provider does not know, at whatever status it says so':
      'it says so by the status 404 alone',
  },
  documents: {
    failureCost: { is: 'assumed', source: API },
    resultHours: { is: 24, source: 'no page says how long' },
    lateFinishHours: { is: 24, source: 'no page says how long' },
    prices: [
      { key: 'bytedance/seedance-2.0', per: 'million_tokens' },
      { key: 'bytedance/seedance-2.0-silent', per: 'million_tokens' },
      ...['720p', '1080p', '4k'].flatMap((size) =>
        ['', '-silent'].map(
          (end) => ({ key: `google/veo-3.1-${size}${end}`, per: 'second' }) as const,
        ),
      ),
      ...['480p', '720p', '1080p'].map(
        (size) => ({ key: `alibaba/wan-2.6-${size}`, per: 'second' }) as const,
      ),
      { key: 'runway/gen-4.5', per: 'second' },
    ],
    files: [],
    creates: createsBy(
      API,
      [
        'a video',
        202,
        { id: 'job-1', polling_url: '/api/v1/videos/job-1', status: 'pending' },
        made('job-1'),
      ],
      ['a wrong request', 400, error(400, 'duration'), refusedFor('parameters')],
      ['no credits', 402, error(402), refusedFor('balance-spent'), { shows: 'balance-code' }],
      ['a refused key', 401, error(401), refusedFor('unauthorized')],
      ['no such model', 404, error(404), refusedFor('model-unavailable')],
      [
        'content that was refused',
        403,
        error(403, 'google/veo-3.1 requires moderation. Your input was flagged for "violence".'),
        refusedFor('moderated'),
        { isCoded: false },
      ],
      [
        'content that the maker refused',
        400,
        {
          error: {
            code: 400,
            message: 'Provider returned error',
            metadata: {
              provider_name: 'Seed',
              raw: '{"error":{"code":"InputTextSensitiveContentDetected","message":"The request failed because the input text may contain sensitive information."}}',
            },
          },
        },
        refusedFor('prompt-moderated'),
        { isCoded: false },
      ],
      [
        'an error of the maker, as an object',
        400,
        {
          error: {
            code: 400,
            message: 'Provider returned error',
            metadata: { raw: { error: { message: 'bad ratio' } } },
          },
        },
        refusedFor('parameters', { message: 'Provider returned error: bad ratio' }),
      ],
      ['a request that timed out there', 408, error(408), UNKNOWN],
      ['too many requests', 429, error(429), BUSY],
      ['a fault of its own', 500, error(500), UNKNOWN],
      ['a fault of the maker, at 200', 200, error(502), UNKNOWN, { shows: 'ambiguous-code' }],
      ['a video without a number', 202, { status: 'pending' }, UNKNOWN],
      ['a code of another envelope', 200, { code: 0, data: { task_id: 'v1' } }, UNKNOWN],
      ['a code of another envelope at 400', 400, { code: 400, message: 'x' }, UNKNOWN],
      [
        'a path that does not exist, at a gateway',
        405,
        { error: { message: 'Invalid URL (POST /v1/x)', type: 'invalid_request_error', code: '' } },
        WRONG_ADDRESS,
      ],
    ),
    queries: [
      ...queriesBy(
        API,
        [
          'a video that waits',
          200,
          { id: 'x', status: 'pending' },
          { kind: 'pending', isQueued: true },
        ],
        ['a video on its way', 200, { id: 'x', status: 'in_progress' }, { kind: 'pending' }],
        [
          'a video with its cost',
          200,
          done({ cost: 0.35, is_byok: false }),
          costing(35n, 100n),
          { shows: 'reported-cost' },
        ],
        [
          'a video that failed',
          200,
          { id: 'x', status: 'failed', error: 'the maker refused it' },
          failedFor({ message: 'the maker refused it' }),
        ],
        [
          'a video that failed in words that stand for another status elsewhere',
          200,
          { id: 'x', status: 'failed', error: 'the maker answered 404' },
          failedFor({ message: 'the maker answered 404' }),
        ],
        [
          'a video whose content was refused',
          200,
          { id: 'x', status: 'failed', error: 'Output video may contain sensitive information' },
          failedFor({ category: 'result-moderated' }),
        ],
        ['a video that was cancelled', 200, { id: 'x', status: 'cancelled' }, { kind: 'failed' }],
        ['a video that expired', 200, { id: 'x', status: 'expired' }, { kind: 'failed' }],
        ['no such video', 404, error(404), MISSING],
        ['a refused key', 401, error(401), faultOf('unauthorized')],
      ),
      ...queriesBy(
        SDK,
        ['a fee alone', 200, done({ cost: 0.02, is_byok: true }), { kind: 'finished' }],
        ['no cost', 200, done({ cost: null }), { kind: 'finished' }],
      ),
    ],
    task: ({ status, url, reason, cost, isFeeAlone }) => ({
      id: 'x',
      status,
      ...(url === undefined ? {} : { unsigned_urls: [url] }),
      // Only a video that failed has one.
      ...(status !== 'failed' || reason === undefined ? {} : { error: reason }),
      ...(cost === undefined
        ? {}
        : { usage: { cost, ...(isFeeAlone === undefined ? {} : { is_byok: isFeeAlone }) } }),
    }),
    words: {
      is: {
        pending: ['pending', 'in_progress'],
        finished: ['completed'],
        failed: ['failed', 'cancelled', 'expired'],
      },
      source: API,
    },
  },
};
