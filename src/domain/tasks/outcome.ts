import { z } from 'zod';
import type { FailureCost } from '../routes/provider-traits.ts';
import { VIDEO_OPTIONS } from '../routes/options.ts';
import { REJECTION_CATEGORIES, rejectionSchema } from './provider-rejection.ts';

/** Why a finished video could not be delivered. */
const resultLossSchema = z.enum([
  'gone',
  'forbidden',
  'too-many-redirects',
  'not-mp4',
  'no-address',
  'expired',
]);
export type ResultLoss = z.infer<typeof resultLossSchema>;

/**
 * Why a finished video is given as a link instead of a file. `too-large`: for the channel.
 * `not-allowed`: the bot may not attach files there. `not-shown`: Discord took the file and does not
 * show it. `explicit`, `filtered`: Discord's own filter, or a rule of the server. `refused`: anything
 * else.
 */
export const linkReasonSchema = z.enum([
  'too-large',
  'not-allowed',
  'not-shown',
  'explicit',
  'filtered',
  'refused',
]);
export type LinkReason = z.infer<typeof linkReasonSchema>;

/**
 * Why a medium cannot be used. `refused`: its upload. `failed`: its review. `never-there`: the library
 * does not know it. `mixed-up`: it answers with the id of another content. `too-slow`: it is still in
 * review. `unanswered`: its uploads were not answered. `off`: the library is not used any more.
 */
const unusableReasonSchema = z.enum([
  'refused',
  'failed',
  'never-there',
  'mixed-up',
  'too-slow',
  'unanswered',
  'off',
]);
export type UnusableReason = z.infer<typeof unusableReasonSchema>;

/** Codecs that an mp4 may have and that Discord may not play. */
const oddCodecSchema = z.enum(['HEVC', 'AV1', 'VP9']);
export type OddCodec = z.infer<typeof oddCodecSchema>;

/** How a task ended, for its member, the accounts and the journal. */
export const outcomeSchema = z.union([
  z.object({
    kind: z.literal('delivered'),
    how: z.literal('attachment'),
    /** The codec, if Discord may not play it. */
    codec: oddCodecSchema.optional(),
  }),
  z.object({
    kind: z.literal('delivered'),
    how: z.literal('link'),
    /** Until when the address is valid, in milliseconds. */
    until: z.number(),
    /** `undefined` if an older version wrote it. */
    why: linkReasonSchema.optional(),
  }),
  /** The video was made but its message is gone; after a restore no new one is posted. */
  z.object({ kind: z.literal('delivered'), how: z.literal('message-gone') }),
  z.object({
    kind: z.literal('result-lost'),
    why: resultLossSchema,
    /** Whether people may be shown the address. */
    showAddress: z.boolean(),
  }),
  z.object({ kind: z.literal('undeliverable') }),
  z.object({ kind: z.literal('refused'), refusal: rejectionSchema }),
  z.object({ kind: z.literal('failed'), refusal: rejectionSchema }),
  z.object({ kind: z.literal('provider-busy') }),
  z.object({ kind: z.literal('provider-unreachable') }),
  /** The provider refuses the bot's account, and did so for as long as the task could wait. */
  z.object({ kind: z.literal('provider-paused') }),
  /** The address configured for the provider does not exist there. */
  z.object({ kind: z.literal('wrong-address') }),
  z.object({ kind: z.literal('queue-expired') }),
  z.object({
    kind: z.literal('cancelled'),
    /** While it waited at its provider, which says so; `undefined` if it was not sent. */
    isAtProvider: z.literal(true).optional(),
  }),
  z.object({ kind: z.literal('outcome-unknown') }),
  z.object({ kind: z.literal('timed-out') }),
  z.object({ kind: z.literal('unknown-to-provider') }),
  z.object({ kind: z.literal('route-removed') }),
  /** Its route was removed before anything that makes a video was sent. */
  z.object({ kind: z.literal('removed-unsent') }),
  z.object({ kind: z.literal('not-started') }),
  z.object({ kind: z.literal('prompt-unreadable') }),
  /** A medium was to be sent and is not there any more; which one, where that is known. */
  z.object({ kind: z.literal('media-gone'), option: z.enum(VIDEO_OPTIONS).optional() }),
  /** The provider's library did not take a medium. Nothing that makes a video was sent. */
  z.object({
    kind: z.literal('media-unusable'),
    option: z.enum(VIDEO_OPTIONS),
    why: unusableReasonSchema,
    category: z.enum(REJECTION_CATEGORIES).optional(),
    code: z.string().max(200).optional(),
  }),
  /** The store was restored, and the create may have been sent after the copy was made. */
  z.object({ kind: z.literal('restored') }),
]);
export type Outcome = z.infer<typeof outcomeSchema>;

type MoneyAtEnd = 'settled' | 'released' | 'held';

/** What happens to the money, by outcome. `by-failure-cost`: as the provider's `failureCost` says. */
export const MONEY_AT_END = {
  delivered: 'settled',
  'result-lost': 'settled',
  undeliverable: 'settled',
  refused: 'released',
  failed: 'by-failure-cost',
  'provider-busy': 'released',
  'provider-unreachable': 'released',
  'provider-paused': 'released',
  'wrong-address': 'released',
  'queue-expired': 'released',
  cancelled: 'released',
  'outcome-unknown': 'held',
  'timed-out': 'held',
  'unknown-to-provider': 'held',
  'route-removed': 'held',
  'removed-unsent': 'released',
  'not-started': 'released',
  'prompt-unreadable': 'released',
  'media-gone': 'released',
  'media-unusable': 'released',
  restored: 'held',
} as const satisfies Record<Outcome['kind'], MoneyAtEnd | 'by-failure-cost'>;

/** The outcomes whose money may be held because of the outcome itself. */
export type HeldOutcome = {
  [Kind in Outcome['kind']]: (typeof MONEY_AT_END)[Kind] extends 'settled' | 'released'
    ? never
    : Kind;
}[Outcome['kind']];

export function mayEndHeld(kind: Outcome['kind']): kind is HeldOutcome {
  return MONEY_AT_END[kind] === 'held' || MONEY_AT_END[kind] === 'by-failure-cost';
}

/**
 * What happens to the money at an outcome. `failureCost` is that of the task's provider; a provider
 * that is no longer known charges nothing for a failed task.
 */
export function moneyAtEnd(
  kind: Outcome['kind'],
  failureCost: FailureCost = 'released',
): MoneyAtEnd {
  const money = MONEY_AT_END[kind];
  if (money !== 'by-failure-cost') return money;
  return failureCost === 'held' ? 'held' : 'released';
}
