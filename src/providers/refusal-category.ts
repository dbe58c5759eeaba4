import type { Refusal, RefusalCategory } from '../domain/tasks/refusal.ts';
import { plainWords } from './plain-words.ts';
import type { ProviderError } from './provider-error.ts';

/** A code before its first dot, in lower case. */
type Families = ReadonlyMap<string, RefusalCategory>;

function families(rows: readonly (readonly [RefusalCategory, readonly string[]])[]): Families {
  return new Map(
    rows.flatMap(([category, codes]) => codes.map((code) => [code.toLowerCase(), category])),
  );
}

/** Codes of Ark and of the gateway that settle what a refusal is about. */
const TELLING_CODES = families([
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
  ['unauthorized', ['AuthenticationError', 'AccessDenied', 'invalid_api_key']],
  [
    'balance-spent',
    [
      'AccountOverdueError',
      'insufficient_user_quota',
      'insufficient_quota',
      'insufficient_balance',
    ],
  ],
  [
    'model-unavailable',
    [
      'ModelNotOpen',
      'InvalidEndpointOrModel',
      'SetLimitExceeded',
      'model_price_error',
      'model_mapping_failed',
      'model_not_found',
      'invalid_api_platform',
    ],
  ],
]);

/** Codes that say little: the words beside them come first. */
const VAGUE_CODES = families([
  ['parameters', ['InvalidParameter', 'MissingParameter', 'invalid_request', 'BadRequest']],
  ['media-unreadable', ['InvalidImageURL']],
  ['model-unavailable', ['NotFound', 'OperationDenied']],
  [
    'provider-trouble',
    [
      'InternalServiceError',
      'ServerOverloaded',
      'fail_to_fetch_task',
      'build_request_failed',
      'do_request_failed',
      'read_response_body_failed',
      'unmarshal_response_body_failed',
      'invalid_response',
      'get_task_failed',
    ],
  ],
]);

const MODERATED: ReadonlySet<RefusalCategory> = new Set([
  'prompt-moderated',
  'image-moderated',
  'video-moderated',
  'audio-moderated',
  'result-moderated',
]);

/** The providers' sentences, the more telling first. */
const WORDS: readonly (readonly [RegExp, RefusalCategory])[] = [
  [/(?:额度|余额|配额|积分)(?:不足|已?用尽|已?耗尽|已?用完)|欠费|账户余额/, 'balance-spent'],
  [
    /insufficient[ _](?:\w+[ _])?(?:quota|balance|credits?|funds)|(?:balance|quota|credits?) (?:is |has been )?(?:too low|not enough|insufficient|exhausted|used up|spent)|overdue/i,
    'balance-spent',
  ],
  [/PROVIDER_MODERATION_ERROR: ?(?:TRADEMARK|COPYRIGHT)|copyright|trademark|版权/i, 'copyright'],
  [/real[ -]person|privacy ?information|真人|人脸/i, 'real-person'],
  [/DURATION_TOO_LONG/i, 'parameters'],
  [/output (?:video|audio).*(?:sensitive|moderat|violat)/i, 'result-moderated'],
  [/input image.*(?:sensitive|moderat|violat)|图片.*(?:违规|敏感)/i, 'image-moderated'],
  [/input video.*(?:sensitive|moderat|violat)|视频.*(?:违规|敏感)/i, 'video-moderated'],
  [/input audio.*(?:sensitive|moderat|violat)|音频.*(?:违规|敏感)/i, 'audio-moderated'],
  [
    /(?:input text|prompt).*(?:sensitive|moderat|violat)|(?:提示词|文本).*(?:违规|敏感)/i,
    'prompt-moderated',
  ],
  [/MODERATION|sensitive (?:content|information)|违规|敏感|审核(?:不|未|失败)/i, 'moderated'],
  [
    /(?:invalid|incorrect|expired|missing) (?:api[ _-]?)?(?:key|token)|unauthori[sz]ed|(?:令牌|密钥|api ?key)\S{0,4}(?:无效|错误|过期|禁用|不存在)|无效的(?:令牌|密钥)|未提供令牌|鉴权失败|认证失败/i,
    'unauthorized',
  ],
  [
    /配置不存在|模型不存在|不支持的模型|请改用 ?POST|无可用渠道|no available channel|endpoint not available|model \S+ (?:is )?not (?:found|available|supported|open)/i,
    'model-unavailable',
  ],
  [
    /read timed out|s3 upload failed|connection reset by peer|asset .*(?:is not found|still processing)|(?:fail(?:ed|ure)? to|cannot|could not|unable to) (?:download|fetch|read|access)|(?:下载|读取)\S{0,8}失败|无法(?:下载|访问|读取)/i,
    'media-unreadable',
  ],
  [/任务超时/, 'provider-trouble'],
];

const BUSY_CODES: ReadonlySet<string> = new Set(
  [
    'ModelAccountRpmRateLimitExceeded',
    'APIAccountRpmRateLimitExceeded',
    'AccountRateLimitExceeded',
    'RateLimitExceeded',
    'ServerOverloaded',
    'RequestBurstTooFast',
    'InflightBatchsizeExceeded',
    'QuotaExceeded',
    'rate_limit_exceeded',
    'too_many_requests',
    '429',
  ].map((code) => code.toLowerCase()),
);

const BUSY_WORDS =
  /负载已饱和|(?:系统|服务|服务器)繁忙|请求(?:过于|太)频繁|too many requests|rate limit|server (?:is )?(?:busy|overloaded)/i;

/** Enough of a message to judge it by, and too little to make a pattern slow. */
const MAX_JUDGED_CHARS = 4096;

/** What an error is, in our words and in the provider's. `ownCodes`: the adapter's own vague codes. */
export function toRefusal(
  error: ProviderError,
  context: { readonly ownCodes?: Families; readonly status?: number } = {},
): Refusal {
  const telling = tellingCode(error);
  const code = telling ?? error.codes.at(-1);
  return {
    category: ofTellingCode(telling) ?? ofWordsOrVague(error, context),
    ...(code === undefined ? {} : { code }),
    message: plainWords(error.message),
  };
}

/** An explicit "too much at the moment"; a code that settles the matter or a spent balance is not. */
export function isBusy(error: ProviderError): boolean {
  if (tellingCode(error) !== undefined || toRefusal(error).category === 'balance-spent') {
    return false;
  }
  return (
    error.codes.some((code) => BUSY_CODES.has(family(code))) ||
    BUSY_WORDS.test(error.message.slice(0, MAX_JUDGED_CHARS))
  );
}

function family(code: string): string {
  return (code.split('.')[0] ?? code).toLowerCase();
}

/** From the inside out; where a gateway keeps the sentence alone, a code that begins it counts. */
function tellingCode({ codes, message }: ProviderError): string | undefined {
  const inWords = message
    .slice(0, MAX_JUDGED_CHARS)
    .match(/\b[A-Z][A-Za-z]{5,60}(?:\.[A-Z][A-Za-z]{1,60}){0,3}/g);
  return [...codes.toReversed(), ...(inWords ?? [])].find(
    (code) => ofTellingCode(code) !== undefined,
  );
}

function ofTellingCode(code: string | undefined): RefusalCategory | undefined {
  if (code === undefined) return undefined;
  if (/^OperationDenied\.ServiceOverdue/i.test(code)) return 'balance-spent';
  const category = TELLING_CODES.get(family(code));
  if (category === undefined || !MODERATED.has(category)) return category;
  if (/\.PrivacyInformation\b/i.test(code)) return 'real-person';
  return /\.PolicyViolation\b/i.test(code) ? 'copyright' : category;
}

function ofWordsOrVague(
  { codes, message }: ProviderError,
  { ownCodes, status }: { readonly ownCodes?: Families; readonly status?: number },
): RefusalCategory {
  const words = message.slice(0, MAX_JUDGED_CHARS);
  const told = WORDS.find(([pattern]) => pattern.test(words))?.[1];
  if (told !== undefined) return told;
  for (const code of codes.toReversed()) {
    const vague = ownCodes?.get(code) ?? VAGUE_CODES.get(family(code));
    if (vague !== undefined) return vague;
  }
  if (status === 402) return 'balance-spent';
  // A 403 alone may be about one model: only a code or words that tell pause the whole provider.
  return status === 401 ? 'unauthorized' : 'unknown';
}
