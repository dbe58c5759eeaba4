import type { ProviderMood } from '../protocol/knobs.ts';

const MIB = 1024 * 1024;

/** The knob turns that make up each mood, applied after a reset. */
export const PROVIDER_MOODS: Readonly<Record<ProviderMood, readonly unknown[]>> = {
  done: [],
  refused: [
    {
      knob: 'create',
      answer: { kind: 'refused', reason: 'The input text may contain sensitive information' },
    },
  ],
  failed: [{ knob: 'query', answer: { kind: 'fail', reason: 'The video could not be generated' } }],
  hangs: [{ knob: 'create', answer: { kind: 'hang' } }],
  busy: [{ knob: 'create', answer: { kind: 'rate-limited', retryAfterSeconds: 5 } }],
  rubbish: [{ knob: 'create', answer: { kind: 'not-json' } }],
  'server-error': [{ knob: 'create', answer: { kind: 'server-error' } }],
  'result-gone': [{ knob: 'result', answer: { kind: 'status', status: 404 } }],
  'asset-later': [{ knob: 'asset', answer: { kind: 'active', afterMs: 5000 } }],
  'asset-stuck': [{ knob: 'asset', answer: { kind: 'stuck' } }],
  'asset-rejected': [{ knob: 'asset', answer: { kind: 'rejected' } }],
  'asset-failed': [{ knob: 'asset', answer: { kind: 'failed' } }],
  'asset-vanishes': [{ knob: 'asset', answer: { kind: 'vanishes', afterMs: 5000 } }],
  'asset-anothers': [{ knob: 'asset', answer: { kind: 'anothers' } }],
  'asset-full': [
    { knob: 'assetUpload', answer: { kind: 'refused', reason: 'The library is full' } },
  ],
  'asset-slow': [{ knob: 'assetUpload', answer: { kind: 'slow', ms: 10_000 } }],
  'asset-lost': [{ knob: 'assetUpload', answer: { kind: 'cut', accepts: true }, times: 1 }],
  'result-large': [{ knob: 'result', answer: { kind: 'huge', bytes: 30 * MIB } }],
};
