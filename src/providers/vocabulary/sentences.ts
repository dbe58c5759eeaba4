import type { Sentences } from '../dialect.ts';

/** Messages of gateways and models in English and Chinese, common to all resellers. */
export const COMMON_SENTENCES: Sentences = {
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
  'model-unavailable': [
    /模型不存在|不支持的模型|无可用渠道|no available channel|endpoint not available|model \S+ (?:is )?not (?:found|available|supported|open)/i,
  ],
  'media-unreadable': [
    /read timed out|s3 upload failed|connection reset by peer|asset .*(?:is not found|still processing)|(?:fail(?:ed|ure)? to|cannot|could not|unable to) (?:download|fetch|read|access)|(?:下载|读取)\S{0,8}失败|无法(?:下载|访问|读取)/i,
  ],
  'provider-trouble': [/任务超时/],
};
