import type { Sentences } from '../dialect.ts';

/** Messages of gateways and models in English and Chinese, common to all resellers. */
export const COMMON_SENTENCES: Sentences = {
  'balance-spent': [
    /(?:额度|余额|配额|积分)(?:不足|已?用尽|已?耗尽|已?用完)|欠费|账户余额/,
    /insufficient[ _](?:\w+[ _])?(?:quota|balance|credits?|funds)|(?:balance|quota|credits?) (?:is |has been )?(?:too low|not enough|insufficient|exhausted|used up|spent)|overdue/i,
  ],
  copyright: [/copyright|trademark|版权/i],
  'real-person': [/real[ -]person|privacy ?information|真人|人脸/i],
  'result-moderated': [/output (?:video|audio).*(?:sensitive|moderat|violat)/i],
  'image-moderated': [/input image.*(?:sensitive|moderat|violat)|图片.*(?:违规|敏感)/i],
  'video-moderated': [/input video.*(?:sensitive|moderat|violat)|视频.*(?:违规|敏感)/i],
  'audio-moderated': [/input audio.*(?:sensitive|moderat|violat)|音频.*(?:违规|敏感)/i],
  'prompt-moderated': [
    /(?:input text|prompt).*(?:sensitive|moderat|violat)|(?:提示词|文本).*(?:违规|敏感)/i,
  ],
  moderated: [/MODERATION|sensitive (?:content|information)|违规|敏感|审核(?:不|未|失败)/i],
  unauthorized: [
    /(?:invalid|incorrect|expired|missing) (?:api[ _-]?)?(?:key|token)|unauthori[sz]ed|(?:令牌|密钥|api ?key)\S{0,4}(?:无效|错误|过期|禁用|不存在)|无效的(?:令牌|密钥)|未提供令牌|鉴权失败|认证失败/i,
  ],
  'model-unavailable': [
    /模型不存在|不支持的模型|无可用渠道|no available channel|endpoint not available|model \S+ (?:is )?not (?:found|available|supported|open)/i,
  ],
  'media-unreadable': [
    /read timed out|s3 upload failed|connection reset by peer|asset .*(?:is not found|still processing)|(?:fail(?:ed|ure)? to|cannot|could not|unable to) (?:download|fetch|read|access)|(?:下载|读取)\S{0,8}失败|无法(?:下载|访问|读取)/i,
  ],
  'provider-trouble': [/任务超时/],
};
