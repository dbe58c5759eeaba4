import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rejectionSchema } from '../../src/domain/tasks/provider-rejection.ts';
import type { RejectionCategory } from '../../src/domain/tasks/provider-rejection.ts';
import { readProviderError } from '../../src/providers/provider-error.ts';
import { ANYFAST_DIALECT } from '../../src/providers/anyfast/dialect.ts';
import { JIMMY_DIALECT } from '../../src/providers/jimmy/dialect.ts';
import { toRejection } from '../../src/providers/rejection-category.ts';

const DIALECTS = [
  ['Jimmy AI', JIMMY_DIALECT],
  ['AnyFast', ANYFAST_DIALECT],
] as const;

describe.each(DIALECTS)('a code of %s', (_name, dialect) => {
  const rows: [string, RejectionCategory][] = [
    ['InputTextSensitiveContentDetected', 'prompt-moderated'],
    ['SensitiveContentDetected', 'prompt-moderated'],
    ['SensitiveContentDetected.SevereViolation', 'prompt-moderated'],
    ['InputTextRiskDetection', 'prompt-moderated'],
    ['InputImageSensitiveContentDetected', 'image-moderated'],
    ['InputImageRiskDetection', 'image-moderated'],
    ['InputVideoSensitiveContentDetected', 'video-moderated'],
    ['InputAudioSensitiveContentDetected', 'audio-moderated'],
    ['OutputVideoSensitiveContentDetected', 'result-moderated'],
    ['OutputAudioSensitiveContentDetected', 'result-moderated'],
    ['InputImageSensitiveContentDetected.PrivacyInformation', 'real-person'],
    ['InputVideoSensitiveContentDetected.PrivacyInformation', 'real-person'],
    ['InputTextSensitiveContentDetected.PolicyViolation', 'copyright'],
    ['OutputVideoSensitiveContentDetected.PolicyViolation', 'copyright'],
    ['InvalidParameter', 'parameters'],
    ['InvalidParameter.UnsupportedParameter', 'parameters'],
    ['MissingParameter.content', 'parameters'],
    ['InvalidImageURL.EmptyURL', 'media-unreadable'],
    ['AuthenticationError', 'unknown'],
    ['AccountOverdueError', 'unknown'],
    ['OperationDenied.ServiceOverdue', 'model-unavailable'],
    ['OperationDenied.ServiceNotOpen', 'model-unavailable'],
    ['ModelNotOpen', 'model-unavailable'],
    ['InvalidEndpointOrModel.NotFound', 'model-unavailable'],
    ['NotFound.Asset', 'model-unavailable'],
    ['SetLimitExceeded', 'model-unavailable'],
    ['InternalServiceError', 'provider-trouble'],
    ['fail_to_fetch_task', 'provider-trouble'],
    ['invalid_request', 'parameters'],
    ['model_mapping_failed', 'model-unavailable'],
    ['insufficient_user_quota', 'unknown'],
    ['something_new', 'unknown'],
  ];
  it.each(rows)('%s is %s', (code, category) => {
    expect(toRejection({ codes: [code], message: '' }, dialect)).toEqual({
      category,
      code,
      message: '',
    });
  });

  it.each(rows.slice(0, 14))('%s counts at the head of a sentence as well', (code, category) => {
    const refusal = toRejection(
      { codes: ['fail_to_fetch_task'], message: `${code}: no.` },
      dialect,
    );
    expect(refusal).toMatchObject({ category, code });
  });
});

describe.each(DIALECTS)('a sentence of %s', (_name, dialect) => {
  it.each<[string, RejectionCategory]>([
    ['PROVIDER_MODERATION_ERROR: TRADEMARK', 'copyright'],
    ['PROVIDER_MODERATION_ERROR', 'moderated'],
    ['Read timed out', 'media-unreadable'],
    ['s3 upload failed', 'media-unreadable'],
    ['connection reset by peer', 'media-unreadable'],
    ['不支持的模型参数', 'model-unavailable'],
    ['余额不足，请充值', 'unknown'],
    ['Insufficient balance', 'unknown'],
    ['Invalid API key', 'unknown'],
    ['AccountOverdueError: pay', 'unknown'],
    ['the input image may contain real person', 'real-person'],
    ['the input text may contain sensitive information', 'prompt-moderated'],
    ['the output audio may contain sensitive information', 'result-moderated'],
    ['The specified asset a-1 is not found', 'media-unreadable'],
    ['asset is still processing and is not available yet', 'media-unreadable'],
    ['a sentence of a new kind', 'unknown'],
  ])('%s is %s', (message, category) => {
    expect(toRejection({ codes: [], message }, dialect)).toEqual({ category, message });
  });
});

describe('a sentence of one provider alone', () => {
  it.each<[string, RejectionCategory]>([
    ['video_reference 1 DURATION_TOO_LONG', 'parameters'],
    ['配置不存在', 'model-unavailable'],
    ['model X 请改用 POST /seedance25/videos', 'model-unavailable'],
  ])('%s is %s by Jimmy AI, and says less by AnyFast', (message, category) => {
    expect(toRejection({ codes: [], message }, JIMMY_DIALECT)).toEqual({ category, message });
    expect(toRejection({ codes: [], message }, ANYFAST_DIALECT).category).not.toBe(category);
  });
});

describe.each(DIALECTS)('words about the account of %s', (_name, dialect) => {
  it.each<[string, string, RejectionCategory]>([
    ['InvalidParameter', 'The text insufficient balance cannot be used', 'parameters'],
    ['InvalidParameter', 'The text AuthenticationError cannot be used', 'parameters'],
    ['NotFound.Asset', 'Invalid API key', 'model-unavailable'],
    ['fail_to_fetch_task', 'Insufficient balance', 'provider-trouble'],
  ])('beside %s, %j, leave it %s', (code, message, category) => {
    expect(toRejection({ codes: [code], message }, dialect).category).toBe(category);
  });

  it('are believed where the account was found to be the reason', () => {
    const error = { codes: ['x', 'AccountOverdueError'], message: 'InvalidParameter: no' };
    expect(toRejection(error, dialect, 'balance-spent')).toEqual({
      category: 'balance-spent',
      code: 'AccountOverdueError',
      message: 'InvalidParameter: no',
    });
  });
});

describe.each(DIALECTS)('an error within texts of %s', (_name, dialect) => {
  const nest = (times: number): object =>
    times === 0
      ? { error: { code: 'Innermost', message: 'here' } }
      : { code: `Layer${times}`, message: JSON.stringify(nest(times - 1)) };

  it('is read through five layers', () => {
    expect(readProviderError(nest(5))).toMatchObject({ message: 'here' });
    expect(readProviderError(nest(5)).codes.at(-1)).toBe('Innermost');
  });

  it('is not read deeper or longer', () => {
    expect(readProviderError(nest(6)).message).not.toBe('here');
    const long = JSON.stringify({ error: { message: 'x'.repeat(17_000) } });
    expect(readProviderError({ code: 'c', message: long })).toEqual({
      codes: ['c'],
      message: long,
    });
  });

  it('keeps no code that is not one', () => {
    expect(readProviderError({ code: 'a sentence, not a code', message: 'm' }).codes).toEqual([]);
    expect(readProviderError({ code: 'x'.repeat(201), message: 'm' }).codes).toEqual([]);
  });

  it('always makes a refusal fit for the record', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary' })), (value) => {
        expect(
          rejectionSchema.safeParse(toRejection(readProviderError(value), dialect)).success,
        ).toBe(true);
      }),
    );
  });
});
