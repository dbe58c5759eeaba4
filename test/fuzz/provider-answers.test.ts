import {
  readAnyfastCreate,
  readAnyfastQuery,
  readJimmyCreate,
  readJimmyQuery,
} from '../providers/readers.ts';
import * as fc from 'fast-check';
import { describe, expect } from 'vitest';
import type { CreateOutcome, QueryOutcome } from '../../src/app/ports/provider-port.ts';
import { taskText } from '../fakes/task-texts.ts';
import { planWithinBudget } from '../../src/domain/durations/poll-budget.ts';
import { EMPTY_HISTOGRAM } from '../../src/domain/durations/histogram.ts';
import { moneyAtStage } from '../../src/domain/tasks/money-at-stage.ts';
import { DEFAULT_TASK_POLICY } from '../../src/domain/tasks/policy.ts';
import type { Task } from '../../src/domain/tasks/task.ts';
import { afterCreate, afterQuery } from '../../src/domain/tasks/transitions.ts';
import type { Transition } from '../../src/domain/tasks/transitions.ts';
import type { HttpResult } from '../../src/providers/exchange.ts';
import { createCipher } from '../../src/store/records/cipher.ts';
import { fromRecord, toRecord } from '../../src/store/tasks/task-record.ts';
import { aTask, running, submitting } from '../fakes/a-task.ts';
import { NOON } from '../fakes/clock.ts';
import { fuzz } from './fuzz-runs.ts';
import { hostileText, hostileValue, mutated } from './hostile-json.ts';

const PROVIDERS = {
  jimmy: { create: readJimmyCreate, query: readJimmyQuery },
  anyfast: { create: readAnyfastCreate, query: readAnyfastQuery },
};

const moment = {
  nowMs: NOON + 60_000,
  acceptedAt: NOON,
  resultRetentionMs: 86_400_000,
  policy: DEFAULT_TASK_POLICY,
  durations: { plan: planWithinBudget(EMPTY_HISTOGRAM, { minMs: 1000, maxMs: 60_000 }) },
  random: () => 0.5,
};

const URL_1 = 'https://cdn.test/v.mp4?sig=1';
const status = fc.constantFrom(
  'success',
  'SUCCESS',
  'failed',
  'FAILURE',
  'processing',
  'queued',
  '',
);

/** Answers as the providers' documents have them, and as others do. */
const body = mutated(
  fc.oneof(
    fc.record({ code: fc.constantFrom('20000', 20000, -1, 'success'), msg: hostileText }),
    fc.record({
      code: fc.constantFrom('20000', '40001', 'success'),
      msg: hostileText,
      data: fc.record({
        task_id: fc.oneof(fc.constant('t-1'), hostileValue),
        status,
        progress: fc.oneof(fc.constantFrom('40%', 40, '0.4'), hostileValue),
        video_url: fc.oneof(fc.constant(URL_1), hostileText),
        error: hostileValue,
      }),
    }),
    fc.record({
      id: fc.oneof(fc.constant('task_1'), hostileValue),
      status,
      usage: fc.record({ completion_tokens: fc.oneof(fc.constant(108_900), hostileValue) }),
      content: fc.record({ video_url: fc.oneof(fc.constant(URL_1), hostileText) }),
      metadata: fc.record({ url: hostileText }),
    }),
    fc.record({
      error: fc.record({ code: hostileValue, message: hostileText, type: hostileText }),
    }),
  ),
);

const result: fc.Arbitrary<HttpResult> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({
      kind: fc.constant('answer' as const),
      status: fc.constantFrom(
        200,
        200,
        200,
        201,
        204,
        302,
        400,
        401,
        403,
        404,
        405,
        307,
        429,
        500,
        503,
        999,
      ),
      body: fc.oneof(
        {
          weight: 8,
          arbitrary: body.map((json) => ({
            kind: 'text' as const,
            text: JSON.stringify(json) ?? '',
          })),
        },
        { weight: 1, arbitrary: hostileText.map((text) => ({ kind: 'text' as const, text })) },
        fc.constantFrom({ kind: 'cut' as const }, { kind: 'too-large' as const }),
      ),
    }),
  },
  fc.record({
    kind: fc.constantFrom('not-sent' as const, 'no-answer' as const),
    detail: hostileText,
  }),
);

const provider = fc.constantFrom('jimmy' as const, 'anyfast' as const);

/** What a person is shown of it is bounded, and what is written is read back the same. */
function expectUsable(task: Task): void {
  const cipher = createCipher(new Uint8Array(32));
  const { value } = toRecord(cipher, task);
  expect(fromRecord(cipher, JSON.parse(JSON.stringify(value)))).toEqual(task);
  const outcome = 'outcome' in task.stage ? { outcome: task.stage.outcome } : {};
  for (const isPlain of [true, false]) {
    const text = taskText({ task, ...outcome, isPlain });
    expect(text).not.toBe('');
    // A long address alone may make it longer; that one goes into an embed.
    if (task.secrets.resultUrl === undefined) expect(text.length).toBeLessThanOrEqual(2000);
  }
}

function expectBounded(answer: CreateOutcome | QueryOutcome): void {
  if ('detail' in answer) expect(answer.detail.length).toBeLessThan(4000);
  if ('retryAfterMs' in answer) expect(answer.retryAfterMs).toBeGreaterThanOrEqual(0);
  if ('refusal' in answer) {
    expect(answer.refusal.message.length).toBeLessThanOrEqual(500);
    expect(answer.refusal.code?.length ?? 0).toBeLessThanOrEqual(200);
  }
}

function next(task: Task, { stage, nextAt }: Transition, more: Partial<Task> = {}): Task {
  expect(Number.isFinite(nextAt)).toBe(true);
  expect(nextAt).toBeGreaterThanOrEqual(moment.nowMs);
  return { ...task, ...more, stage, ...moneyAtStage(task, stage) };
}

describe('what a provider answers', () => {
  fuzz(
    'to a create is told apart, and only a certain no gives money back',
    fc.tuple(provider, result),
    { runs: 3000 },
    ([name, given]) => {
      const answer = PROVIDERS[name].create(given);
      expectBounded(answer);
      const sending = aTask({ stage: submitting() });
      const task = next(sending, afterCreate(submitting(), answer, moment));
      expectUsable(task);
      if (answer.kind === 'created') {
        expect(given).toMatchObject({ kind: 'answer' });
        expect(answer.providerTaskId).toMatch(/^[^\p{Cc}\p{Cf}\p{Cs}]{1,512}$/u);
        expect(decodeURIComponent(encodeURIComponent(answer.providerTaskId))).toBe(
          answer.providerTaskId,
        );
      }
      const isUnclear =
        given.kind === 'no-answer' ||
        (given.kind === 'answer' && (given.status >= 500 || given.body.kind !== 'text'));
      // These say enough without a body.
      const isPlainNo = given.kind === 'answer' && [307, 401, 403, 429].includes(given.status);
      if (isUnclear && !isPlainNo) {
        expect([answer.kind, task.money.state]).toEqual(['unknown', 'held']);
      }
      if (answer.kind === 'unknown') expect(task.money.state).toBe('held');
      if (answer.kind === 'refused') expect(task.money.state).toBe('released');
      if (answer.kind === 'wrong-address') expect(task.money.state).toBe('released');
    },
  );

  fuzz(
    'to a look never ends a task by a fault, and never frees what was finished',
    fc.tuple(provider, result),
    { runs: 3000 },
    ([name, given]) => {
      const answer = PROVIDERS[name].query(given);
      expectBounded(answer);
      const stage = running();
      const secrets =
        answer.kind === 'finished' && answer.resultUrl !== undefined
          ? { secrets: { ...aTask().secrets, resultUrl: answer.resultUrl } }
          : {};
      const task = next(aTask({ stage }), afterQuery(stage, answer, moment), secrets);
      expectUsable(task);
      if (answer.kind === 'fault' || answer.kind === 'busy') {
        expect(task.stage.name).toBe('running');
      }
      if (answer.kind === 'finished' && answer.resultUrl !== undefined) {
        expect(task.money.state).toBe('settled');
        expect(URL.canParse(answer.resultUrl)).toBe(true);
      }
      if (answer.kind === 'failed') expect(task.money.state).toBe('released');
    },
  );
});
