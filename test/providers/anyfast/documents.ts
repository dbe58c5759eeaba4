import type { ProviderDocuments } from '../contract/provider-under-test.ts';
import { ANYFAST_CREATES } from './creates.ts';
import { ARK, GATEWAY, OPENAPI, TASKS } from './pages.ts';
import { ANYFAST_QUERIES, inEnvelope } from './queries.ts';

const MIB = 1_048_576;

/** What stands in AnyFast's documents, and in those of what is behind it. */
export const ANYFAST_DOCUMENTS: ProviderDocuments = {
  failureCost: { is: 'released', source: `${TASKS}: FAILURE, the quota is refunded` },
  resultHours: { is: 24, source: `${TASKS}: the link is valid for 24 hours` },
  lateFinishHours: { is: 24, source: `${GATEWAY}: an unfinished task fails after 1440 minutes` },
  prices: ['', '-silent', '-video', '-video-silent'].map((ending) => ({
    key: `seedance-2.0-mini${ending}`,
    per: 'million_tokens',
  })),
  files: [
    {
      models: ['seedance-2.0-mini'],
      kind: 'image',
      mimeTypes: ['image/jpeg', 'image/png', 'image/webp', 'image/bmp', 'image/tiff', 'image/gif'],
      maxBytes: 30 * MIB,
      source: `${OPENAPI}: image_url`,
    },
    {
      models: ['seedance-2.0-mini'],
      kind: 'video',
      mimeTypes: ['video/mp4', 'video/quicktime'],
      maxBytes: 50 * MIB,
      length: { min: 2, max: 15 },
      source: `${OPENAPI}: video_url`,
    },
    {
      models: ['seedance-2.0-mini'],
      kind: 'audio',
      mimeTypes: ['audio/wav', 'audio/mpeg'],
      maxBytes: 15 * MIB,
      length: { min: 2, max: 15 },
      source: `${OPENAPI}: audio_url`,
    },
  ],
  creates: ANYFAST_CREATES,
  queries: ANYFAST_QUERIES,
  task: ({ status, progress, url, usage, reason }) =>
    inEnvelope({
      task_id: 't',
      status,
      ...(progress === undefined ? {} : { progress }),
      ...(url === undefined ? {} : { result_url: url }),
      ...(reason === undefined ? {} : { fail_reason: reason }),
      ...(usage === undefined ? {} : { data: { usage } }),
    }),
  words: {
    is: {
      pending: [
        'NOT_START',
        'SUBMITTED',
        'QUEUED',
        'IN_PROGRESS',
        'UNKNOWN',
        'QUEUING',
        'PROCESSING',
        'running',
      ],
      finished: ['SUCCESS', 'succeeded', 'completed'],
      failed: ['FAILURE', 'FAILED', 'expired', 'cancelled'],
    },
    source: `${TASKS}, ${GATEWAY}, ${ARK}`,
  },
};
