import { z } from 'zod';

/** What a provider's "no" is about, so that it can be told in plain words. */
export const REJECTION_CATEGORIES = [
  'prompt-moderated',
  'image-moderated',
  'video-moderated',
  'audio-moderated',
  'result-moderated',
  'moderated',
  'real-person',
  'copyright',
  'parameters',
  'media-unreadable',
  'unauthorized',
  'balance-spent',
  'model-unavailable',
  'provider-trouble',
  'unknown',
] as const;
export type RejectionCategory = (typeof REJECTION_CATEGORIES)[number];

/** A provider's refusal or a failed task: its category, and its own words for the record. */
export const rejectionSchema = z.object({
  category: z.enum(REJECTION_CATEGORIES),
  /** The provider's own code, whole, e.g. `InputImageSensitiveContentDetected.PrivacyInformation`. */
  code: z.string().max(200).optional(),
  /** The provider's own words, at most 500 characters; from outside: escape before showing. */
  message: z.string().max(500),
});
export type ProviderRejection = z.infer<typeof rejectionSchema>;
