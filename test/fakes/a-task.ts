import type { MessageAddress } from '../../src/domain/tasks/message-address.ts';
import { linkReasonSchema } from '../../src/domain/tasks/outcome.ts';
import type { Outcome } from '../../src/domain/tasks/outcome.ts';
import type { ProviderRejection } from '../../src/domain/tasks/provider-rejection.ts';
import type { Submission } from '../../src/domain/routes/submission.ts';
import type { Quote } from '../../src/domain/ledger/quote.ts';
import { planOf } from '../../src/domain/tasks/plan.ts';
import type { PlannedRoute } from '../../src/domain/tasks/plan.ts';
import { taskIdSchema } from '../../src/domain/tasks/task-id.ts';
import type { Stage, StageOf, Task } from '../../src/domain/tasks/task.ts';
import { aRequest, anAttachment } from './a-request.ts';
import { NOON } from './clock.ts';

export const TASK_ID = taskIdSchema.parse('1300000000000000001');
export const INTERACTION_ID = '1300000000000000002';
export const GUILD_ID = '1300000000000000010';
export const MEMBER_ID = '1300000000000000020';
export const CHANNEL_ID = '1300000000000000030';
export const MESSAGE_ID = '1300000000000000040';
export const APPLICATION_ID = '1300000000000000050';
export const RESULT_URL = 'https://results.test/video.mp4?sig=abc';

const WINDOW_KEYS = {
  day: '2026-11-20T00:00:00.000Z',
  week: '2026-11-16T00:00:00.000Z',
  month: '2026-11-01T00:00:00.000Z',
  total: 'total',
};

export const aSubmission = (changes: Partial<Submission> = {}): Submission => ({
  route: 'jimmy/seedance2.0-sp',
  prompt: 'a paper boat',
  durationSeconds: 5,
  media: [],
  ...changes,
});

export const anAddress = (changes: Partial<MessageAddress> = {}): MessageAddress => ({
  applicationId: APPLICATION_ID,
  channelId: CHANNEL_ID,
  messageId: MESSAGE_ID,
  tokenSince: NOON,
  deliveryPath: 'webhook',
  ...changes,
});

export const aRefusal = (changes: Partial<ProviderRejection> = {}): ProviderRejection => ({
  category: 'prompt-moderated',
  message: 'not this',
  ...changes,
});

/** Of the route that `aTask` is made by. */
export const SETTINGS = { route: 'jimmy/seedance2.0-sp', durationSeconds: 5, resolution: '720p' };

/** What a test may change: `settings` and `quote` are those of its only route. */
export type TaskChanges = Partial<Omit<Task, 'id'>> & {
  readonly id?: string;
  readonly settings?: Omit<PlannedRoute, 'quote'>;
  readonly quote?: Quote;
};

/** A queued task accepted at noon, its money reserved; every field of it may be changed. */
export const aTask = ({ id, settings, quote, ...changes }: TaskChanges = {}): Task => ({
  id: id === undefined ? TASK_ID : taskIdSchema.parse(id),
  interactionId: id ?? INTERACTION_ID,
  guildId: GUILD_ID,
  memberId: MEMBER_ID,
  language: 'en',
  acceptedAt: NOON,
  plan: planOf({ ...(settings ?? SETTINGS), quote: quote ?? { kind: 'unknown' } }),
  attempts: [],
  attachmentLimitBytes: 20 * 1_048_576,
  address: anAddress(),
  stage: queued(),
  money: { state: 'reserved', amounts: { videos: 1n, seconds: 5n } },
  windows: { guild: WINDOW_KEYS, operator: WINDOW_KEYS },
  journalMonth: '2026-11',
  secrets: { request: aRequest(), interactionToken: 'token' },
  ...changes,
});

/** Of a route whose media go into a library. */
export const LIBRARY_SETTINGS = { route: 'jimmy/sd2_mx', durationSeconds: 5, resolution: '720p' };

export const preparing = (changes: Partial<StageOf<'preparing'>> = {}): StageOf<'preparing'> => ({
  name: 'preparing',
  since: NOON,
  ...changes,
});

export const queued = (changes: Partial<StageOf<'queued'>> = {}): StageOf<'queued'> => ({
  name: 'queued',
  creates: 0,
  notSent: 0,
  notBefore: NOON,
  ...changes,
});

export const submitting = (
  changes: Partial<StageOf<'submitting'>> = {},
): StageOf<'submitting'> => ({
  name: 'submitting',
  creates: 0,
  notSent: 0,
  since: NOON,
  ...changes,
});

export const running = (changes: Partial<StageOf<'running'>> = {}): StageOf<'running'> => ({
  name: 'running',
  providerTaskId: 'p-1',
  submittedAt: NOON,
  faults: 0,
  ...changes,
});

export const delivering = (
  changes: Partial<StageOf<'delivering'>> = {},
): StageOf<'delivering'> => ({
  name: 'delivering',
  providerTaskId: 'p-1',
  finishedAt: NOON,
  resultUntil: NOON + 72 * 3_600_000,
  attempts: 0,
  asLink: false,
  ...changes,
});

export const telling = (
  outcome: Outcome,
  changes: Partial<StageOf<'notifying'>> = {},
): StageOf<'notifying'> => ({ name: 'notifying', outcome, since: NOON, attempts: 0, ...changes });

export const ended = (
  outcome: Outcome,
  changes: Partial<StageOf<'ended'>> = {},
): StageOf<'ended'> => ({ name: 'ended', outcome, endedAt: NOON, notified: true, ...changes });

/** Every way in which a task may end. */
export const OUTCOMES: readonly Outcome[] = [
  { kind: 'delivered', how: 'attachment' },
  { kind: 'delivered', how: 'attachment', codec: 'HEVC' },
  { kind: 'delivered', how: 'link', until: NOON + 86_400_000 },
  ...linkReasonSchema.options.map((why): Outcome => ({
    kind: 'delivered',
    how: 'link',
    until: NOON + 86_400_000,
    why,
  })),
  { kind: 'delivered', how: 'message-gone' },
  ...(['gone', 'forbidden', 'not-mp4', 'no-address', 'expired'] as const).flatMap(
    (why): Outcome[] => [
      { kind: 'result-lost', why, showAddress: true },
      { kind: 'result-lost', why, showAddress: false },
    ],
  ),
  { kind: 'undeliverable' },
  { kind: 'refused', refusal: aRefusal() },
  { kind: 'failed', refusal: aRefusal({ category: 'result-moderated' }) },
  { kind: 'provider-busy' },
  { kind: 'provider-unreachable' },
  { kind: 'provider-paused' },
  { kind: 'wrong-address' },
  { kind: 'queue-expired' },
  { kind: 'cancelled' },
  { kind: 'cancelled', isAtProvider: true },
  { kind: 'outcome-unknown' },
  { kind: 'timed-out' },
  { kind: 'unknown-to-provider' },
  { kind: 'route-removed' },
  { kind: 'removed-unsent' },
  { kind: 'not-started' },
  { kind: 'prompt-unreadable' },
  { kind: 'media-gone' },
  { kind: 'media-unusable', option: 'image1', why: 'too-slow' },
  { kind: 'restored' },
];

/** One of every stage, and of every outcome in the last two. */
export const STAGES: readonly Stage[] = [
  { name: 'acknowledging' },
  queued(),
  queued({ creates: 2, notSent: 1, notBefore: NOON + 5000 }),
  preparing(),
  submitting(),
  running(),
  running({ progressPercent: 40.4 }),
  running({ queuedAt: NOON }),
  delivering(),
  ...OUTCOMES.flatMap((outcome): Stage[] => [telling(outcome), ended(outcome)]),
];

/** The task with a copy of the bot's own as its picture, of an earlier task. */
export function withCopy(task: Task, bytes = 1000): Task {
  const kept = { taskId: TASK_ID, option: 'last_clip_frame', sha256: 'a'.repeat(64) } as const;
  const image1 = anAttachment('image1', { kept, url: '', bytes });
  return { ...task, secrets: { ...task.secrets, request: aRequest({ media: { image1 } }) } };
}
