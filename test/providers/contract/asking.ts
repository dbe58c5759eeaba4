import { expect, vi } from 'vitest';
import type { CreateOutcome, QueryOutcome } from '../../../src/app/ports/provider-port.ts';
import type { TaskMoney } from '../../../src/domain/ledger/task-money.ts';
import type { Submission } from '../../../src/domain/routes/submission.ts';
import type { CreateAnswer } from '../../../src/simulators/providers/answers.ts';
import type { JsonReply } from '../../../src/simulators/providers/json-reply.ts';
import type { RecordedRequest } from '../../../src/simulators/providers/recorded-request.ts';
import { afterCreateOutcome } from './money.ts';
import type { AdapterOptions, Scene } from './scene.ts';

/** No caller calls anything off. */
export const NEVER = new AbortController().signal;

/** A task's number that every provider could give. */
export const TASK_ID = 'task-1';

type RawAnswer = Extract<CreateAnswer, { readonly kind: 'raw' }>;

/** An answer of the API, word for word: text as it is, anything else as JSON. */
export function raw(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): RawAnswer {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { kind: 'raw', status, body: text, headers: { ...headers } };
}

/** A body beyond the size limit. */
export function padded(body: unknown): object {
  return { ...(typeof body === 'object' ? body : {}), padding: 'x'.repeat(70_000) };
}

/** A reply of the simulation, at another status if one is given. */
export function replied(
  { status: own, body }: JsonReply,
  {
    status = own,
    headers = {},
  }: { status?: number; headers?: Readonly<Record<string, string>> } = {},
): RawAnswer {
  return raw(status, body, headers);
}

/** The simulation's answer to a create that made a task of this number. */
export function createdReply({ dialect }: Scene, id = TASK_ID): JsonReply {
  return dialect.created({
    id,
    provider: dialect.name,
    createdMs: 0,
    drawn: Promise.resolve(),
    size: { width: 1280, height: 720 },
    clip: {
      model: 'any-model',
      prompt: 'a boat',
      ratio: '16:9',
      resolution: '720p',
      durationSeconds: 5,
      media: [],
    },
  });
}

/** Its requests of one kind, oldest first. */
export function sent(
  { records }: Scene,
  purpose: RecordedRequest['purpose'],
): readonly RecordedRequest[] {
  return records.requests.filter((request) => request.purpose === purpose);
}

interface CreateOptions extends AdapterOptions {
  readonly submission?: Submission;
}

/** Makes one create, which is answered so, or as the simulation would. */
export async function create(
  scene: Scene,
  answer?: CreateAnswer,
  { submission = scene.submission, ...options }: CreateOptions = {},
): Promise<CreateOutcome> {
  if (answer !== undefined) scene.knobs.create.next(answer);
  return scene.open(options).create(submission, NEVER);
}

/** Makes one query, which is answered so. */
export async function query(
  scene: Scene,
  answer: RawAnswer,
  options: AdapterOptions = {},
): Promise<QueryOutcome> {
  scene.knobs.query.next(answer);
  return scene.open(options).query(TASK_ID, NEVER);
}

/** What has to come out of a create, and what becomes of the money. */
export interface Expected {
  readonly kind: CreateOutcome['kind'];
  readonly money: TaskMoney['state'];
}

export const UNKNOWN: Expected = { kind: 'unknown', money: 'held' };
export const REFUSED: Expected = { kind: 'refused', money: 'released' };
export const WRONG_ADDRESS: Expected = { kind: 'wrong-address', money: 'released' };
/** It is sent again. */
export const BUSY: Expected = { kind: 'busy', money: 'reserved' };
export const NOT_SENT: Expected = { kind: 'not-sent', money: 'reserved' };
export const CREATED: Expected = { kind: 'created', money: 'reserved' };

/** Compares an outcome and the money of its task. `what` stands in the failure. */
export function expectOutcome(
  scene: Scene,
  outcome: CreateOutcome,
  expected: Expected,
  what = '',
): void {
  const { money } = afterCreateOutcome(scene, outcome);
  expect({ what, kind: outcome.kind, money: money.state }).toEqual({ what, ...expected });
}

/** Makes a create with each of these answers; all of them have to come out alike, sent once each. */
export async function expectCreates(
  scene: Scene,
  answers: Readonly<Record<string, CreateAnswer>>,
  expected: Expected,
  options: CreateOptions = {},
): Promise<void> {
  for (const [what, answer] of Object.entries(answers)) {
    expectOutcome(scene, await create(scene, answer, options), expected, what);
  }
  expect(sent(scene, 'create')).toHaveLength(Object.keys(answers).length);
}

/** Makes a query with each of these answers; all of them have to come out alike. */
export async function expectQueries(
  scene: Scene,
  answers: Readonly<Record<string, RawAnswer>>,
  expected: object,
): Promise<void> {
  for (const [what, answer] of Object.entries(answers)) {
    const outcome = await query(scene, answer);
    expect({ what, ...outcome }).toMatchObject({ what, ...expected });
  }
}

/** Time limits of a minute and more pass by a clock that stands still until it is moved. */
export async function withoutTime<Result>(
  play: (pass: (ms: number) => Promise<void>) => Promise<Result>,
): Promise<Result> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    return await play(async (ms) => void (await vi.advanceTimersByTimeAsync(ms)));
  } finally {
    vi.useRealTimers();
  }
}

/** Resolves when the simulation has read a request and decided its answer. */
export async function nextRequest({ hooks }: Scene): Promise<void> {
  return new Promise((resolve) => {
    hooks.beforeAnswer = () => resolve();
  });
}
