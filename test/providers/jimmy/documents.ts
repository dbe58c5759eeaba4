import type { ProviderDocuments } from '../contract/provider-under-test.ts';
import { JIMMY_CREATES } from './creates.ts';
import { FAQ, QUERY, REPOSITORY, SCHEMA } from './pages.ts';
import { JIMMY_QUERIES, inEnvelope } from './queries.ts';

const MIB = 1_048_576;

/** What stands in Jimmy AI's documents. */
export const JIMMY_DOCUMENTS: ProviderDocuments = {
  failureCost: { is: 'assumed', source: 'no page says whether a failed task is charged' },
  resultHours: { is: 72, source: `${REPOSITORY}: about three days` },
  lateFinishHours: { is: 24, source: `${REPOSITORY}: a day` },
  prices: [
    ...['480p', '720p'].map(
      (size) => ({ key: `seedance2.0-mini-sp-${size}`, per: 'task' }) as const,
    ),
    ...['480p', '720p'].map(
      (size) => ({ key: `seedance2.0-mini-sp-${size}-video`, per: 'task' }) as const,
    ),
    { key: 'seedance2.0-fast-i2v', per: 'task' },
    ...[
      'seedance2.0-sp',
      'seedance2.0-fast-sp',
      'seedance2.0-of-sp',
      'seedance2.0-of-fast-sp',
    ].flatMap((model) =>
      ['480p', '720p', '1080p'].flatMap((size) => [
        { key: `${model}-${size}`, per: 'second' } as const,
        { key: `${model}-${size}-video`, per: 'second' } as const,
      ]),
    ),
    ...['480p', '720p', '1080p'].flatMap((size) => [
      { key: `seedance2.0-mini-${size}`, per: 'second' } as const,
      { key: `seedance2.0-mini-${size}-video`, per: 'second' } as const,
    ]),
    ...['seedance2.0-md', 'seedance2.0-fast-md', 'seedance2.0-std'].flatMap((model) => [
      { key: model, per: 'task' } as const,
      { key: `${model}-video`, per: 'task' } as const,
    ]),
    ...['720p', '1080p', '2k', '4k'].flatMap((size) => [
      { key: `sd2_mx_${size}`, per: 'second' } as const,
      { key: `sd2_mx_video_${size}`, per: 'second' } as const,
    ]),
    ...['720p', '1080p'].flatMap((size) => [
      { key: `sd2_mx_fast_${size}`, per: 'second' } as const,
      { key: `sd2_mx_video_fast_${size}`, per: 'second' } as const,
    ]),
  ],
  files: [
    {
      models: ['seedance2.0-md', 'seedance2.0-fast-md'],
      kind: 'image',
      refusedMimeTypes: ['image/gif'],
      side: { min: 720, max: 2160 },
      source: `MD Create Video: no GIF; ${SCHEMA}, of reference videos: 720 to 2160 pixels`,
    },
    {
      models: ['seedance2.0-md', 'seedance2.0-fast-md'],
      kind: 'video',
      maxTotalBytes: 200 * MIB,
      maxTotalSeconds: 15,
      side: { min: 720, max: 2160 },
      source: `${SCHEMA}: together 15 s and 200 MB, 720 to 2160 pixels`,
    },
  ],
  creates: JIMMY_CREATES,
  queries: JIMMY_QUERIES,
  task: ({ status, progress, url, usage, reason }) =>
    inEnvelope({
      task_id: 't',
      status,
      ...(progress === undefined ? {} : { progress }),
      ...(url === undefined ? {} : { result: { video_url: url } }),
      ...(usage === undefined ? {} : { usage }),
      ...(reason === undefined ? {} : { error_message: reason }),
    }),
  words: {
    is: {
      pending: [
        'queued',
        'pending',
        'submitted',
        'processing',
        'created',
        'prompt_enhancing',
        'image_downloading',
        0,
      ],
      finished: ['completed', 'success', 'succeeded', 1],
      failed: ['failed', 'canceled', 'cancelled', 'error', 'fail', 2],
    },
    source: `${QUERY}, ${FAQ}, and ${REPOSITORY}`,
  },
  balances: [
    {
      body: { code: 20_000, data: { balance: 100.5, used_coin: 20.3, available: 80.2 } },
      isSpent: false,
    },
    { body: { code: 20_000, data: { available: '0.00' } }, isSpent: true },
  ],
};
