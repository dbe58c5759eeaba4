import type { Codes } from '../dialect.ts';
import { codeFamilies, codeFamily } from './code-families.ts';

/** Codes of ByteDance's own platform. Resellers of its models pass them on, bare or wrapped. */
export const BYTEDANCE_CODES = {
  decisive: codeFamilies([
    [
      'prompt-moderated',
      ['InputTextSensitiveContentDetected', 'SensitiveContentDetected', 'InputTextRiskDetection'],
    ],
    ['image-moderated', ['InputImageSensitiveContentDetected', 'InputImageRiskDetection']],
    ['video-moderated', ['InputVideoSensitiveContentDetected']],
    ['audio-moderated', ['InputAudioSensitiveContentDetected']],
    [
      'result-moderated',
      ['OutputVideoSensitiveContentDetected', 'OutputAudioSensitiveContentDetected'],
    ],
    ['unauthorized', ['AuthenticationError', 'AccessDenied']],
    ['balance-spent', ['AccountOverdueError']],
    ['model-unavailable', ['ModelNotOpen', 'InvalidEndpointOrModel', 'SetLimitExceeded']],
  ]),
  exceptions: [[/^OperationDenied\.ServiceOverdue/i, 'balance-spent']],
  moderationReasons: [
    [/\.PrivacyInformation\b/i, 'real-person'],
    [/\.PolicyViolation\b/i, 'copyright'],
  ],
  vague: codeFamilies([
    ['parameters', ['InvalidParameter', 'MissingParameter', 'BadRequest']],
    ['media-unreadable', ['InvalidImageURL']],
    ['model-unavailable', ['NotFound', 'OperationDenied']],
    ['provider-trouble', ['InternalServiceError', 'ServerOverloaded']],
  ]),
  busy: new Set(
    [
      'ModelAccountRpmRateLimitExceeded',
      'APIAccountRpmRateLimitExceeded',
      'AccountRateLimitExceeded',
      'RateLimitExceeded',
      'ServerOverloaded',
      'RequestBurstTooFast',
      'InflightBatchsizeExceeded',
      'QuotaExceeded',
    ].map(codeFamily),
  ),
} as const satisfies Partial<Codes>;
