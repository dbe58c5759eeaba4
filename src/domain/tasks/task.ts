import { z } from 'zod';
import { instantSchema } from '../instant.ts';
import { storedRecord, withoutUnknownFields } from '../stored-record.ts';
import { measuredSchema } from '../ledger/measured.ts';
import { taskMoneySchema } from '../ledger/task-money.ts';
import { leftOutSchema } from '../preferences/with-preferences.ts';
import { windowKeysSchema } from '../ledger/windows.ts';
import { typicalDurationSchema } from '../durations/typical-duration.ts';
import { messageAddressSchema } from './message-address.ts';
import { linkReasonSchema, outcomeSchema } from './outcome.ts';
import { videoRequestSchema } from '../routes/request.ts';
import { submissionSchema } from '../routes/submission.ts';
import { originSchema } from './origin.ts';
import { snowflakeSchema } from './snowflake.ts';
import { attemptSchema } from './attempt.ts';
import { planSchema } from './plan.ts';
import { taskIdSchema } from './task-id.ts';

/**
 * The stage of a task. Each stage is written before the side effect that follows it:
 * `acknowledging` before the reply, `preparing` before the uploads, `submitting` before the create,
 * `delivering` before the upload, `notifying` before the last edit. `resume.ts` defines how a stage
 * continues after a restart.
 */
const stageSchema = z.discriminatedUnion('name', [
  z.object({ name: z.literal('acknowledging') }),
  z.object({
    name: z.literal('queued'),
    /** Creates that may have reached the provider, all of them answered that no task was made. */
    creates: z.int().nonnegative(),
    /** Attempts that certainly did not reach it. */
    notSent: z.int().nonnegative(),
    /** Attempts that were not made because the attempt log could not be written; `undefined` when none. */
    unlogged: z.int().nonnegative().optional(),
    notBefore: instantSchema,
    /** When that was decided; `undefined` in records of older versions. */
    since: instantSchema.optional(),
  }),
  z.object({
    /** Its media are on their way into the provider's library; no create is in flight. */
    name: z.literal('preparing'),
    since: instantSchema,
    /** The attempts so far; `undefined` before the first. */
    sent: z
      .object({
        creates: z.int().nonnegative(),
        notSent: z.int().nonnegative(),
        unlogged: z.int().nonnegative().optional(),
      })
      .optional(),
  }),
  z.object({
    name: z.literal('submitting'),
    creates: z.int().nonnegative(),
    notSent: z.int().nonnegative(),
    unlogged: z.int().nonnegative().optional(),
    since: instantSchema,
  }),
  z.object({
    name: z.literal('running'),
    providerTaskId: z.string(),
    /** When polling began: with the answer to the create, or when it was resumed. */
    submittedAt: instantSchema,
    /** When the create was answered; `undefined` when polling was never resumed, and `submittedAt` is that. */
    createdAt: instantSchema.optional(),
    /** Consecutive polls without information; the back-off grows with them. */
    faults: z.int().nonnegative(),
    /** When the provider first reported "finished" without an address. */
    addressMissingSince: instantSchema.optional(),
    /** Since when the provider has only reported "no such task". */
    missingSince: instantSchema.optional(),
    progressPercent: z.number().min(0).max(100).optional(),
    /** The last poll that found it running; `undefined` before the first. */
    lastPolledAt: instantSchema.optional(),
    /** When the provider last said that it has not begun; `undefined` once it says otherwise. */
    queuedAt: instantSchema.optional(),
    /** How long such tasks usually take, as known when this one started. */
    typicalDuration: typicalDurationSchema.optional(),
  }),
  z.object({
    name: z.literal('delivering'),
    providerTaskId: z.string(),
    finishedAt: instantSchema,
    /** Until when the result's address is valid. */
    resultUntil: instantSchema,
    attempts: z.int().nonnegative(),
    /** Whether to post the address because Discord or the size limit refused the file. */
    asLink: z.boolean(),
    /** Why; `undefined` while it is not, or if an older version wrote it. */
    linkReason: linkReasonSchema.optional(),
    /** Whether to post the address as plain text because Discord called the message malformed. */
    isTextAlone: z.boolean().optional(),
    /** Uploads that Discord accepted without showing the file. */
    uploadsUnseen: z.int().nonnegative().optional(),
    resultBytes: z.number().optional(),
  }),
  z.object({
    name: z.literal('notifying'),
    outcome: outcomeSchema,
    since: instantSchema,
    attempts: z.int().nonnegative(),
    providerTaskId: z.string().optional(),
    /** When the create of a timed-out task was answered. */
    createdAt: instantSchema.optional(),
    /** Set after a hold was resolved: the message of the ended task is edited, never posted anew. */
    isReNotified: z.literal(true).optional(),
  }),
  z.object({
    name: z.literal('ended'),
    outcome: outcomeSchema,
    endedAt: instantSchema,
    /** Whether the message could be updated. */
    notified: z.boolean(),
    providerTaskId: z.string().optional(),
    /** When the create of a timed-out task was answered. */
    createdAt: instantSchema.optional(),
  }),
]);
export type Stage = z.infer<typeof stageSchema>;
export type StageOf<N extends Stage['name']> = Extract<Stage, { name: N }>;

/** The parts of a task that are sealed in the store; empty if the key was lost. */
export const taskSecretsSchema = storedRecord({
  /** The validated request, from which the submission to the provider is made. */
  request: videoRequestSchema.optional(),
  /** In tasks of schema 1, which have no request. */
  submission: submissionSchema.optional(),
  interactionToken: z.string().optional(),
  resultUrl: z.string().optional(),
  /** Set if only the provider's key opens that address: it is fetched with it, and not shown to members. */
  resultNeedsKey: z.literal(true).optional(),
  /** Where the provider has the last frame of the result. */
  lastFrameUrl: z.string().optional(),
});
export type TaskSecrets = Readonly<z.infer<typeof taskSecretsSchema>>;

/** A task without its secrets, as it is stored beside them. */
export const openRecordSchema = storedRecord({
  id: taskIdSchema,
  /** The interaction that created it. */
  interactionId: snowflakeSchema,
  guildId: snowflakeSchema,
  memberId: snowflakeSchema,
  language: z.enum(['en', 'zh-CN']),
  acceptedAt: instantSchema,
  plan: planSchema,
  /** The attempts so far, the oldest first; empty in tasks of schema 1. */
  attempts: z.array(attemptSchema),
  /**
   * The keys of its media in the provider's library, in the order of the media, as far as their
   * content is known; `undefined` if it needs none.
   */
  assets: z.array(z.string()).optional(),
  /** Preferences of its member that the route does not take; `undefined` when none. */
  leftOut: leftOutSchema.optional(),
  /** The lengths of its reference videos; `undefined` while they were not read, or do not matter. */
  measured: measuredSchema.optional(),
  /** The maximum size of a file in this channel, in bytes. */
  attachmentLimitBytes: z.number().nonnegative(),
  /** What it was made from; `undefined` if a member called `/video`. */
  origin: originSchema.optional(),
  /** Its caller lets others use its media, and shows it in the gallery. */
  isShared: z.literal(true).optional(),
  /** Its forward to the gallery: recorded before it is sent, its id after. */
  gallery: z
    .object({ channelId: snowflakeSchema, messageId: snowflakeSchema.optional() })
    .optional(),
  /** Its prompt and media were deleted, at a member's wish its message as well; its money remains. */
  isErased: z.literal(true).optional(),
  address: messageAddressSchema,
  stage: stageSchema,
  /** The side of the server and the member. */
  money: taskMoneySchema,
  /** The operator's side, which the operator's ceiling counts; `undefined` when it is the same. */
  operatorMoney: taskMoneySchema.optional(),
  /** The operator's request that resolved that side, so that it is not carried out twice. */
  operatorRequest: z.string().optional(),
  /** The windows of its reservation: of the guild and its members, and of the operator. */
  windows: z.object({ guild: windowKeysSchema, operator: windowKeysSchema }),
  /** The month of its line in the guild's journal, `2026-11`. */
  journalMonth: z.string().regex(/^\d{4}-\d{2}$/),
  /** When its provider was asked to cancel it, at its caller's wish: recorded before it is sent. */
  cancelSentAt: instantSchema.optional(),
  /** When it last ended before it was opened again; `undefined` if it never was. */
  endedBefore: instantSchema.optional(),
  /** Set if it was unfinished in a restored store: its message is edited, never posted anew. */
  restored: z.literal(true).optional(),
});
type OpenRecord = z.infer<typeof openRecordSchema>;

export type Task = OpenRecord & { readonly secrets: TaskSecrets };
const taskSchema = openRecordSchema.extend({ secrets: taskSecretsSchema });

/** The task without what a newer version added to its record, which may be its member's own. */
export function withoutUnknown(task: Task): Task {
  return withoutUnknownFields(taskSchema, task);
}
