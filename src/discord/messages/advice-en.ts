import type { RejectionCategory } from '../../domain/tasks/provider-rejection.ts';

/** What a provider's refusal means for the caller, and what to do about it. */
export const adviceEn = {
  'prompt-moderated': 'The **prompt** was refused as unsafe. Rephrase it and try again.',
  'image-moderated': 'A **picture** was refused as unsafe. Use another one.',
  'video-moderated': 'A **reference video** was refused as unsafe. Use another one.',
  'audio-moderated': 'A **reference sound** was refused as unsafe. Use another one.',
  'result-moderated':
    'The **finished video** was blocked as unsafe. Change the prompt or the pictures and try again.',
  moderated: 'This was refused as unsafe. Change the prompt or the pictures and try again.',
  'real-person':
    "A picture or video may show a **real person**, which this provider doesn't accept. Use another one.",
  copyright: "This may touch **someone's copyright or trademark**. Change the prompt or the media.",
  parameters: "The provider doesn't accept this combination of settings. Change them or the model.",
  'media-unreadable':
    "The provider couldn't read an attachment. Attach it again or use another file.",
  unauthorized:
    "The provider rejects the bot's key. Only the bot's operator can fix this; try a model from another provider.",
  'balance-spent':
    "The bot's balance with the provider is used up. Only the bot's operator can fix this; try a model from another provider.",
  'model-unavailable': "This model isn't available to the bot right now. Choose another one.",
  'provider-trouble': 'The provider is having problems. Try again later.',
  unknown: 'Change the request or the model, or try again later.',
} satisfies Record<RejectionCategory, string>;
