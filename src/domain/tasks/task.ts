import { z } from 'zod';
import { instantSchema } from '../instant.ts';
import { taskMoneySchema } from '../ledger/task-money.ts';
import { windowKeysSchema } from '../ledger/windows.ts';
import { typicalDurationSchema } from '../durations/typical-duration.ts';
import { messageAddressSchema } from './message-address.ts';
import { linkReasonSchema, outcomeSchema } from './outcome.ts';
import { videoRequestSchema } from '../routes/request.ts';
import { submissionSchema } from '../routes/submission.ts';
import { snowflakeSchema } from './age.ts';
import { attemptSchema } from './attempt.ts';
import { planSchema } from './plan.ts';
import { taskIdSchema } from './task-id.ts';

/**
 * Where a task stands. Each stage is written before the side effect that follows it:
 * `acknowledging` before the reply, `submitting` before the create, `delivering` before the upload,
 * `notifying` before the last edit. What a stage found after a restart means is in `resume.ts`.
 */
const stageSchema = z.discriminatedUnion('name', [
  z.object({ name: z.literal('acknowledging') }),
  z.object({
    name: z.literal('queued'),
    /** Creates that may have reached the provider, all of them answered "busy". */
    creates: z.int().nonnegative(),
    /** Attempts that surely did not reach it. */
    notSent: z.int().nonnegative(),
    /** Attempts that were not made because no line of them could be written; absent: none. */
    unlogged: z.int().nonnegative().optional(),
    notBefore: instantSchema,
    /** When that was decided; absent where an older version wrote it. */
    since: instantSchema.optional(),
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
    submittedAt: instantSchema,
    /** When the create was answered; absent: at `submittedAt`, for it was not asked for again since. */
    createdAt: instantSchema.optional(),
    /** Looks in a row that told nothing; back-off grows with them. */
    faults: z.int().nonnegative(),
    /** When the provider first said "finished" without an address. */
    addressMissingSince: instantSchema.optional(),
    /** Since when the provider has said nothing but "no such task". */
    missingSince: instantSchema.optional(),
    progressPercent: z.number().min(0).max(100).optional(),
    /** The last look that found it under way; absent: none has yet. */
    lastPolledAt: instantSchema.optional(),
    /** How long such tasks usually take, as it was known when this one began. */
    typicalDuration: typicalDurationSchema.optional(),
  }),
  z.object({
    name: z.literal('delivering'),
    providerTaskId: z.string(),
    finishedAt: instantSchema,
    /** Until when the result's address is good. */
    resultUntil: instantSchema,
    attempts: z.int().nonnegative(),
    /** Discord or the limit refused the file: post the address instead. */
    asLink: z.boolean(),
    /** Why; `undefined` while it is not, or if an older version wrote it. */
    linkReason: linkReasonSchema.optional(),
    /** Discord called the message malformed: post the address in a text alone. */
    isTextAlone: z.boolean().optional(),
    /** Uploads so far that Discord took without showing the file. */
    uploadsUnseen: z.int().nonnegative().optional(),
    resultBytes: z.number().optional(),
  }),
  z.object({
    name: z.literal('notifying'),
    outcome: outcomeSchema,
    since: instantSchema,
    attempts: z.int().nonnegative(),
    providerTaskId: z.string().optional(),
    /** When the create was answered, of a task that was given up. */
    createdAt: instantSchema.optional(),
    /** It had ended before, and its message is to say how a hold was ended: by an edit alone. */
    isReNotified: z.literal(true).optional(),
  }),
  z.object({
    name: z.literal('ended'),
    outcome: outcomeSchema,
    endedAt: instantSchema,
    /** False where no message could be reached any more. */
    notified: z.boolean(),
    providerTaskId: z.string().optional(),
    /** When the create was answered, of a task that was given up. */
    createdAt: instantSchema.optional(),
  }),
]);
export type Stage = z.infer<typeof stageSchema>;
export type StageOf<N extends Stage['name']> = Extract<Stage, { name: N }>;

/** What is sealed in the store; empty in a task whose key was lost. */
export const taskSecretsSchema = z.object({
  /** As it was validated; what its provider is sent is made from it. */
  request: videoRequestSchema.optional(),
  /** In its place in tasks of schema 1, which did not keep the request. */
  submission: submissionSchema.optional(),
  interactionToken: z.string().optional(),
  resultUrl: z.string().optional(),
});
export type TaskSecrets = Readonly<z.infer<typeof taskSecretsSchema>>;

/** A task without its secrets, as it stands in the store beside them. */
export const openRecordSchema = z.object({
  id: taskIdSchema,
  /** The call that it was made for. */
  interactionId: snowflakeSchema,
  guildId: snowflakeSchema,
  memberId: snowflakeSchema,
  language: z.enum(['en', 'zh-CN']),
  acceptedAt: instantSchema,
  plan: planSchema,
  /** The creates so far, the oldest first; those of schema 1 were not kept. */
  attempts: z.array(attemptSchema),
  /** Bytes that one file of this message may have. */
  attachmentLimitBytes: z.number().nonnegative(),
  address: messageAddressSchema,
  stage: stageSchema,
  /** The server's and the member's side. */
  money: taskMoneySchema,
  /** The operator's, which his ceiling counts; absent: the same. */
  operatorMoney: taskMoneySchema.optional(),
  /** The operator's request that ended his side: one made twice is carried out once. */
  operatorRequest: z.string().optional(),
  /** The windows in which it was reserved: of the guild and its members, and of the operator. */
  windows: z.object({ guild: windowKeysSchema, operator: windowKeysSchema }),
  /** The month of the guild's journal that it stands in, `2026-11`. */
  journalMonth: z.string().regex(/^\d{4}-\d{2}$/),
  /** Found unfinished in a restored store: its message is edited, never posted anew. */
  restored: z.literal(true).optional(),
});
type OpenRecord = z.infer<typeof openRecordSchema>;

export type Task = OpenRecord & { readonly secrets: TaskSecrets };
