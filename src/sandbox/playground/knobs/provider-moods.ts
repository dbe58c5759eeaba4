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
  'result-large': [{ knob: 'result', answer: { kind: 'huge', bytes: 30 * MIB } }],
};
