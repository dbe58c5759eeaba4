import type { ProviderRejection, RejectionCategory } from '../domain/tasks/provider-rejection.ts';
import { sanitizeProviderMessage } from './sanitize-message.ts';
import type { ProviderError } from './provider-error.ts';

/** A code before its first dot, in lower case. */
type Families = ReadonlyMap<string, RejectionCategory>;

function families(rows: readonly (readonly [RejectionCategory, readonly string[]])[]): Families {
  return new Map(
    rows.flatMap(([category, codes]) => codes.map((code) => [code.toLowerCase(), category])),
  );
}

/** Codes of Ark and of the gateway that settle what a refusal is about. */
const DECISIVE_CODES = families([
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

const MODERATED: ReadonlySet<RejectionCategory> = new Set([
  'prompt-moderated',
  'image-moderated',
  'video-moderated',
  'audio-moderated',
  'result-moderated',
]);

/** The providers' sentences, the more telling first. */
const WORDS: readonly (readonly [RegExp, RejectionCategory])[] = [
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

/** Enough of a message to judge it by, and too little to make a pattern slow. */
const MAX_JUDGED_CHARS = 4096;

/** Refusals of the whole account, which pause the provider for everybody. */
export const ABOUT_ACCOUNT: ReadonlySet<RejectionCategory> = new Set([
  'unauthorized',
  'balance-spent',
]);

/** A code that blames the request: words beside it that blame the account may be the member's own. */
const ABOUT_REQUEST: ReadonlySet<RejectionCategory | undefined> = new Set([
  'parameters',
  'media-unreadable',
  'model-unavailable',
]);

interface Context {
  /** The adapter's own vague codes. */
  readonly ownCodes?: Families;
  readonly status?: number;
}

/** What an error is, in our words and in the provider's: by its codes first, then by its words. */
export function toRefusal(error: ProviderError, context: Context = {}): ProviderRejection {
  const vague = vagueCategory(error, context);
  const isBelieved = (category: RejectionCategory | undefined): boolean =>
    category !== undefined && !(ABOUT_REQUEST.has(vague) && ABOUT_ACCOUNT.has(category));
  const words = error.message.slice(0, MAX_JUDGED_CHARS);
  const telling =
    error.codes.toReversed().find((code) => decisiveCategory(code) !== undefined) ??
    codesInWords(words).find((code) => isBelieved(decisiveCategory(code)));
  const told = WORDS.find(([pattern, about]) => isBelieved(about) && pattern.test(words))?.[1];
  const code = telling ?? error.codes.at(-1);
  return {
    category: decisiveCategory(telling) ?? told ?? vague ?? ofStatus(context.status),
    ...(code === undefined ? {} : { code }),
    message: sanitizeProviderMessage(error.message),
  };
}

/** A code before its first dot, in lower case. */
export function codeFamily(code: string): string {
  return (code.split('.')[0] ?? code).toLowerCase();
}

/** Where a gateway keeps the sentence alone, a code that begins it counts. */
function codesInWords(words: string): readonly string[] {
  return words.match(/\b[A-Z][A-Za-z]{5,60}(?:\.[A-Z][A-Za-z]{1,60}){0,3}/g) ?? [];
}

/** What a code says by itself; undefined where the words beside it are needed. */
export function decisiveCategory(code: string | undefined): RejectionCategory | undefined {
  if (code === undefined) return undefined;
  if (/^OperationDenied\.ServiceOverdue/i.test(code)) return 'balance-spent';
  const category = DECISIVE_CODES.get(codeFamily(code));
  if (category === undefined || !MODERATED.has(category)) return category;
  if (/\.PrivacyInformation\b/i.test(code)) return 'real-person';
  return /\.PolicyViolation\b/i.test(code) ? 'copyright' : category;
}

/** From the inside out. */
function vagueCategory({ codes }: ProviderError, { ownCodes }: Context) {
  return codes
    .toReversed()
    .map((code) => ownCodes?.get(code) ?? VAGUE_CODES.get(codeFamily(code)))
    .find((category) => category !== undefined);
}

function ofStatus(status: number | undefined): RejectionCategory {
  if (status === 402) return 'balance-spent';
  // A 403 alone may be about one model: only a code or words that tell pause the whole provider.
  return status === 401 ? 'unauthorized' : 'unknown';
}
