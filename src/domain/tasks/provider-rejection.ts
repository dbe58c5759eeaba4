import { z } from 'zod';

/** Rejections for what was asked for, which making it again would only repeat. */
const CONTENT_CATEGORIES = [
  'prompt-moderated',
  'image-moderated',
  'video-moderated',
  'audio-moderated',
  'result-moderated',
  'moderated',
  'real-person',
  'copyright',
] as const;

/** The reasons for a provider's rejection, which messages explain in plain words. */
export const REJECTION_CATEGORIES = [
  ...CONTENT_CATEGORIES,
  'parameters',
  'media-unreadable',
  'unauthorized',
  'balance-spent',
  'model-unavailable',
  'provider-trouble',
  'unknown',
] as const;
export type RejectionCategory = (typeof REJECTION_CATEGORIES)[number];

/** Whether a rejection is for what was asked for. */
export function isAboutContent(category: RejectionCategory): boolean {
  return CONTENT_CATEGORIES.some((known) => known === category);
}

/** Whether a rejection is of the operator's whole account, whatever was asked for. */
export function isAboutAccount(category: RejectionCategory): boolean {
  return category === 'unauthorized' || category === 'balance-spent';
}

/** A provider's rejection or failed task: its category, and the provider's own code and message. */
export const rejectionSchema = z.object({
  category: z.enum(REJECTION_CATEGORIES),
  /** The provider's full code, e.g. `InputImageSensitiveContentDetected.PrivacyInformation`. */
  code: z.string().max(200).optional(),
  /** The provider's message, at most 500 characters; untrusted: escape it before display. */
  message: z.string().max(500),
});
export type ProviderRejection = z.infer<typeof rejectionSchema>;
