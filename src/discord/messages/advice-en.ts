import type { RejectionCategory } from '../../domain/tasks/provider-rejection.ts';

/** What a provider's refusal means for the caller, and what to do about it. */
export const adviceEn = {
  'prompt-moderated': 'The **prompt** was refused as unsafe. Word it differently and try again.',
  'image-moderated': 'A **picture** was refused as unsafe. Use another one.',
  'video-moderated': 'A **reference video** was refused as unsafe. Use another one.',
  'audio-moderated': 'A **reference sound** was refused as unsafe. Use another one.',
  'result-moderated':
    'The **result** was blocked as unsafe. Change the prompt or the pictures and try again.',
  moderated: 'It was refused as unsafe. Change the prompt or the pictures and try again.',
  'real-person':
    'A picture or video may show a **real person**, which this provider does not take. Use another one.',
  copyright: "It may touch **somebody's copyright or trademark**. Change the prompt or the media.",
  parameters: 'The provider does not take this combination of settings. Change them or the model.',
  'media-unreadable':
    'The provider could not read an attachment. Attach it again or use another file.',
  unauthorized:
    "The provider refuses the bot's key. Only the operator can mend that; try another provider's model.",
  'balance-spent':
    "The bot's balance with the provider is spent. Only the operator can mend that; try another provider's model.",
  'model-unavailable': 'The model is not available to this bot at present. Choose another one.',
  'provider-trouble': 'The provider has trouble of its own. Try again later.',
  unknown: 'Change the request or the model, or try again later.',
} satisfies Record<RejectionCategory, string>;
