import { expect } from 'vitest';
import { descriptorOf } from '../../../src/providers/openai-videos/descriptor.ts';
import { routesFileSchema } from '../../../src/providers/openai-videos/file-schema.ts';
import { videoServerDialect } from '../../../src/simulators/providers/openai-videos/dialect.ts';
import {
  LITELLM,
  NEW_API,
  SGLANG,
  VLLM_OMNI,
} from '../../../src/simulators/providers/openai-videos/servers.ts';
import type { VideoServer } from '../../../src/simulators/providers/openai-videos/servers.ts';
import { isObject, valueAt } from '../../../src/providers/read-answer.ts';
import { createsBy, queriesBy } from '../contract/example-rows.ts';
import type { ProviderDocuments, ProviderUnderTest } from '../contract/provider-under-test.ts';
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
import { serverOf } from './examples.ts';

const OPENAI = 'openai-node, resources/videos.ts';
const FASTAPI = 'sglang, video_api.py';
const GATEWAY = 'new-api, relay_task.go and dto/openai_video.go';
const URL_1 = 'https://cdn.test/v.mp4?sig=1';

const object = { object: 'video', model: 'MODEL', status: 'queued', progress: 0, created_at: 1 };
const error = (code: unknown, message = 'x') => ({
  error: { message, type: 'invalid_request_error', param: null, code },
});
const relay = (code: string, message = 'x') => ({ code, message, data: null });
const finished = { kind: 'finished', resultUrl: URL_1 } as const;

const FAILED = ['failed', 'failure', 'error', 'cancelled', 'expired'];
/** New-API's own envelope; its `id` is a row of a table. */
const enveloped = (data: object) => ({ code: 'success', message: '', data: { id: 77, ...data } });

/** Only a failed task has an error. */
function isFailed(status: unknown): boolean {
  return typeof status === 'string' && FAILED.includes(status.trim().toLowerCase());
}

/** What stands in the sources of the servers, with this model's name. */
const documentsOf = (model: string, key: string): ProviderDocuments => ({
  failureCost: { is: 'assumed', source: 'none of their sources says' },
  resultHours: { is: 24, source: 'ROUTES_FILE, hours' },
  lateFinishHours: { is: 24, source: `${GATEWAY}: an unfinished task fails after 1440 minutes` },
  prices: [{ key, per: 'second' }],
  files: [],
  creates: [
    ...createsBy(
      OPENAI,
      ['a task', 200, { id: 'video_1', ...object, model }, made('video_1')],
      [
        'a task without an error',
        200,
        { id: 'video_1', ...object, model, error: null },
        made('video_1'),
      ],
      ['an object without an id', 200, { ...object, model }, UNKNOWN],
      ['a refused key', 401, error('invalid_api_key'), refusedFor('unauthorized')],
      [
        'a request that it did not take',
        400,
        error('invalid_size', 'bad size'),
        refusedFor('unknown', { message: 'bad size' }),
        { isCoded: false },
      ],
      [
        'content that was refused',
        400,
        error('moderation_blocked'),
        refusedFor('moderated'),
        { shows: 'content-code' },
      ],
      [
        'a spent balance',
        400,
        error('insufficient_quota'),
        refusedFor('balance-spent'),
        { shows: 'balance-code' },
      ],
      [
        'too many requests in a code',
        400,
        error('rate_limit_exceeded'),
        BUSY,
        { shows: 'busy-code' },
      ],
      ['a broken server', 500, error('server_error'), UNKNOWN],
    ),
    ...createsBy(
      FASTAPI,
      [
        'an error in its detail',
        400,
        { detail: 'size is not supported' },
        refusedFor('unknown', { message: 'size is not supported' }),
        { isCoded: false },
      ],
      [
        'a list of errors in its detail',
        422,
        { detail: [{ loc: ['body', 'size'], msg: 'field required', type: 'missing' }] },
        refusedFor('unknown', { message: 'field required' }),
        { isCoded: false },
      ],
      ['a path that does not exist', 404, { detail: 'Not Found' }, WRONG_ADDRESS],
      [
        'a method that the path does not take',
        405,
        { detail: 'Method Not Allowed' },
        WRONG_ADDRESS,
      ],
      ['an error in its detail at 500', 500, { detail: 'out of memory' }, UNKNOWN],
    ),
    ...createsBy(
      GATEWAY,
      ['a task under its older name', 200, { task_id: 'task_1', model }, made('task_1')],
      ['a task in an envelope', 200, enveloped({ task_id: 'task_1' }), made('task_1')],
      [
        'a task in the envelope of another server behind it',
        200,
        { code: 0, message: 'ok', data: { task_id: 'task_1' } },
        made('task_1'),
      ],
      [
        'a task beside a code that is on no page',
        200,
        { code: 'created', task_id: 'task_1' },
        made('task_1'),
      ],
      [
        'a code that is on no page, and data without a task',
        200,
        { code: 1, data: { job: 'v1' } },
        UNKNOWN,
      ],
      ['success without a task', 200, { code: 0, message: 'ok', data: null }, UNKNOWN],
      [
        'a code for being busy beside a list',
        200,
        { code: 'rate_limit_exceeded', data: [{ url: 'x' }] },
        UNKNOWN,
      ],
      [
        'a request that it did not take, as a relay',
        400,
        relay('invalid_request'),
        refusedFor('parameters'),
      ],
      [
        'a spent balance, as a relay',
        403,
        relay('insufficient_user_quota'),
        refusedFor('balance-spent'),
        { shows: 'balance-code' },
      ],
      ['a model without a channel', 503, relay('get_channel_failed'), UNKNOWN],
      [
        'a create that it lost track of',
        500,
        relay('do_request_failed'),
        UNKNOWN,
        { shows: 'ambiguous-code' },
      ],
      [
        'an answer that it could not read',
        400,
        relay('read_response_body_failed'),
        UNKNOWN,
        { shows: 'ambiguous-code' },
      ],
      [
        'a path that does not exist, as a gateway',
        404,
        {
          error: {
            message: 'Invalid URL (POST /v1/v1/videos)',
            type: 'invalid_request_error',
            param: '',
            code: '',
          },
        },
        WRONG_ADDRESS,
      ],
    ),
  ],
  queries: [
    ...queriesBy(
      OPENAI,
      [
        'a task in the queue',
        200,
        { id: 'video_1', ...object, error: null },
        { kind: 'pending', progressPercent: 0, isQueued: true },
      ],
      [
        'a task on its way',
        200,
        { id: 'video_1', ...object, status: 'in_progress', progress: 40 },
        { kind: 'pending', progressPercent: 40 },
        { shows: 'progress' },
      ],
      [
        'a failed task',
        200,
        { id: 'video_1', ...object, status: 'failed', error: { code: 'x', message: 'broke' } },
        failedFor({ message: 'broke' }),
      ],
      ['no such task', 404, error('not_found', 'Video not found'), MISSING],
      ['a refused key', 401, error('invalid_api_key'), faultOf('unauthorized')],
    ),
    ...queriesBy(
      FASTAPI,
      ['no such task, in its detail', 404, { detail: 'Video not found' }, MISSING],
      ['a path that does not exist', 404, { detail: 'Not Found' }, faultOf('wrong-address')],
    ),
    ...queriesBy(
      GATEWAY,
      [
        'a finished task',
        200,
        {
          id: 'task_1',
          ...object,
          status: 'completed',
          progress: 100,
          metadata: { url: URL_1 },
          usage: { completion_tokens: 108_900, total_tokens: 108_900 },
        },
        { ...finished, usage: { completionTokens: 108_900n } },
        { shows: 'usage' },
      ],
      [
        'a task on its way in an envelope',
        200,
        enveloped({ task_id: 'task_1', status: 'processing', error: null, format: 'mp4' }),
        { kind: 'pending' },
      ],
      [
        'a finished task in an envelope',
        200,
        enveloped({ task_id: 'task_1', status: 'succeeded', error: null, url: URL_1 }),
        finished,
      ],
      [
        'a finished task of an older gateway',
        200,
        enveloped({ task_id: 'task_1', status: 'SUCCESS', progress: '100%', fail_reason: URL_1 }),
        finished,
      ],
      [
        'a finished task with the path of its file',
        200,
        { id: 'task_1', ...object, status: 'completed', url: '/files/v.mp4' },
        { kind: 'finished', resultUrl: expect.stringMatching(/^http:.+\d\/files\/v.mp4$/) },
      ],
      [
        'a finished task with words where its address should be',
        200,
        { id: 'task_1', ...object, status: 'completed', url: 'v.mp4', video_url: '/a b' },
        { kind: 'finished' },
      ],
      [
        'a failed task in an envelope',
        200,
        enveloped({ task_id: 'task_1', status: 'FAILURE', fail_reason: 'no such channel' }),
        failedFor({ message: 'no such channel' }),
      ],
      ['no such task at 400', 400, relay('task_not_exist', 'task_not_exist'), MISSING],
      [
        'a status that it does not know',
        200,
        { id: 'task_1', ...object, status: 'unknown' },
        { kind: 'pending' },
      ],
    ),
  ],
  task: ({ status, progress, url, usage, reason }) => ({
    id: 'video_1',
    object: 'video',
    status,
    ...(progress === undefined ? {} : { progress }),
    ...(url === undefined ? {} : { url }),
    ...(usage === undefined ? {} : { usage }),
    error: reason !== undefined && isFailed(status) ? { message: reason } : null,
  }),
  words: {
    is: {
      pending: ['in_progress', 'queued', 'unknown'],
      finished: ['completed', 'succeeded', 'success'],
      failed: FAILED,
    },
    source: `${OPENAI}, ${GATEWAY}`,
  },
});

const BY_FILE = {
  'is configured by an address that needs no path, and notices one that has it':
    'its settings are fields of ROUTES_FILE, whose faults have tests of their own',
};
const BY_FORM = {
  'posts one JSON body to the address of its documents, with the key':
    'it takes forms, which have a test of their own',
};
const BY_STATUS = {
  'misses a task that the provider does not know, at whatever status it says so':
    'it says so by the status 404 alone',
};
const WITHOUT_CODES = {
  'calls what its documents call a wrong request neither busy nor about the account':
    'its errors have no codes',
  'knows why it is refused by a code or by the status, after which another model may be tried':
    'its errors have no codes',
};

/** A server of the page under the contract, whose results are at addresses in its answers. */
function underTest(
  heading: string,
  server: VideoServer,
  exceptions: Readonly<Record<string, string>>,
): ProviderUnderTest {
  const { name, models } = serverOf(heading);
  const dialect = valueAt(serverOf(heading), 'dialect');
  const model: unknown = Array.isArray(models) ? models[0] : undefined;
  if (!isObject(dialect) || !isObject(model)) throw new Error('the example has no model');
  // Without prices and pictures as files, which tests of their own play.
  const isFile = server.picture.as === 'file';
  const file = {
    servers: [
      {
        ...serverOf(heading),
        dialect: {
          ...dialect,
          video: 'address',
          ...(isFile ? { picture: 'none' } : {}),
        },
        models: [{ ...model, price: undefined, prices: undefined, picture: !isFile }],
      },
    ],
  };
  const [declared] = routesFileSchema.parse(JSON.parse(JSON.stringify(file))).servers;
  if (declared === undefined) throw new Error('nothing is declared');
  return {
    descriptor: descriptorOf(declared),
    simulate: videoServerDialect(String(name), { ...server, givesAddress: true }),
    documents: documentsOf(server.model, declared.models[0]?.id ?? ''),
    exceptions: { ...BY_FILE, ...exceptions },
  };
}

export const SERVERS_UNDER_TEST: readonly ProviderUnderTest[] = [
  underTest('vLLM-Omni', VLLM_OMNI, { ...BY_FORM, ...BY_STATUS }),
  underTest('SGLang', SGLANG, { ...BY_STATUS, ...WITHOUT_CODES }),
  underTest('LiteLLM', LITELLM, { ...BY_FORM, ...BY_STATUS }),
  underTest('New-API', NEW_API, {}),
];
