import type { Codes, PathSentence } from '../dialect.ts';
import { codeFamilies } from './code-families.ts';

/** Codes of New-API, the gateway that resellers put in front of the models, from its source code. */
export const NEW_API_CODES = {
  decisive: codeFamilies([
    ['unauthorized', ['invalid_api_key']],
    ['balance-spent', ['insufficient_user_quota', 'insufficient_quota', 'insufficient_balance']],
    [
      'model-unavailable',
      ['model_price_error', 'model_mapping_failed', 'model_not_found', 'invalid_api_platform'],
    ],
  ]),
  vague: codeFamilies([
    ['parameters', ['invalid_request']],
    [
      'provider-trouble',
      [
        'fail_to_fetch_task',
        'build_request_failed',
        'do_request_failed',
        'read_response_body_failed',
        'unmarshal_response_body_failed',
        'invalid_response',
        'get_task_failed',
      ],
    ],
  ]),
  busy: new Set(['rate_limit_exceeded', 'too_many_requests', '429']),
  ambiguous: new Set([
    'do_request_failed',
    'read_response_body_failed',
    'unmarshal_response_body_failed',
    'invalid_response',
  ]),
  wrapper: 'fail_to_fetch_task',
} as const satisfies Partial<Codes>;

/** New-API's message for a path that does not exist: `Invalid URL (POST /v1/v1/…)`. */
export const NEW_API_NO_SUCH_PATH: PathSentence = {
  pattern: /^Invalid URL\b/,
  words: 'Invalid URL',
  whole: /^Invalid URL \([A-Z]+ \/\S*\)$/,
};
