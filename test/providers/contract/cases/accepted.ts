import { expect } from 'vitest';
import type { CreateAnswer } from '../../../../src/simulators/providers/answers.ts';
import type { ContractCase } from '../contract-case.ts';
import {
  BUSY,
  NEVER,
  REFUSED,
  UNKNOWN,
  WRONG_ADDRESS,
  create,
  expectOutcome,
  nextRequest,
  raw,
  replied,
  sent,
  withoutTime,
} from '../asking.ts';
import type { Expected } from '../asking.ts';
import type { Row } from '../rows.ts';
import { LIMITS } from '../scene.ts';
import type { Scene } from '../scene.ts';

/** A create that made a task although its answer says otherwise. */
interface AcceptedRow {
  readonly answeredBy: string;
  readonly row: Row;
  readonly answer: (scene: Scene) => CreateAnswer;
  readonly expected: Expected;
}

const ROWS: readonly AcceptedRow[] = [
  {
    answeredBy: 'a refusal',
    row: 'refused',
    answer: ({ dialect }) => replied(dialect.refused('no')),
    expected: REFUSED,
  },
  {
    answeredBy: 'a refused key',
    row: 'refused',
    answer: ({ dialect }) => replied(dialect.unauthorized),
    expected: REFUSED,
  },
  { answeredBy: '402', row: 'refused', answer: () => raw(402, ''), expected: REFUSED },
  { answeredBy: '403', row: 'refused', answer: () => raw(403, ''), expected: REFUSED },
  {
    answeredBy: 'no such task',
    row: 'refused',
    answer: ({ dialect }) => replied(dialect.missing),
    expected: REFUSED,
  },
  { answeredBy: '429', row: 'busy', answer: () => ({ kind: 'rate-limited' }), expected: BUSY },
  { answeredBy: '301', row: 'wrong-address', answer: () => raw(301, ''), expected: WRONG_ADDRESS },
  { answeredBy: '404', row: 'wrong-address', answer: () => raw(404, ''), expected: WRONG_ADDRESS },
  ...[500, 502, 503, 504].map((status): AcceptedRow => ({
    answeredBy: String(status),
    row: 'lost-track',
    answer: () => ({ kind: 'server-error', status }),
    expected: UNKNOWN,
  })),
  { answeredBy: '302', row: 'unknown', answer: () => raw(302, ''), expected: UNKNOWN },
  { answeredBy: '400 alone', row: 'unknown', answer: () => raw(400, ''), expected: UNKNOWN },
  ...(['cut', 'not-json', 'wrong-shape', 'not-http'] as const).map((kind): AcceptedRow => ({
    answeredBy: kind,
    row: 'unknown',
    answer: () => ({ kind }),
    expected: UNKNOWN,
  })),
  {
    answeredBy: 'an endless answer',
    row: 'unknown',
    answer: () => ({ kind: 'huge', bytes: 1_000_000 }),
    expected: UNKNOWN,
  },
];

/** Plays a create up to its time limit, and over it. */
async function untilItsLimit(scene: Scene, answer: CreateAnswer): Promise<void> {
  await withoutTime(async (pass) => {
    const arrived = nextRequest(scene);
    scene.knobs.create.next(answer);
    let isOver = false;
    const outcome = scene
      .open()
      .create(scene.submission, NEVER)
      .finally(() => {
        isOver = true;
      });
    await arrived;
    await pass(LIMITS.createMs - 1);
    expect(isOver).toBe(false);
    await pass(1);
    expectOutcome(scene, await outcome, UNKNOWN);
  });
  expect(scene.records.tasks).toHaveLength(1);
  expect(sent(scene, 'create')).toHaveLength(1);
}

/** Longer than the test: its small parts come by real time. */
const WITHOUT_END_MS = 600_000;

export const ACCEPTED_CASES: readonly ContractCase[] = [
  ...ROWS.map(({ answeredBy, row, answer, expected }): ContractCase => ({
    name: `sends a create once that is accepted and answered by ${answeredBy}`,
    row,
    async check(scene) {
      const accepting = { ...answer(scene), accepts: true };
      expectOutcome(scene, await create(scene, accepting), expected);
      expect(scene.records.tasks).toHaveLength(1);
      expect(sent(scene, 'create')).toHaveLength(1);
    },
  })),
  {
    name: 'waits for an answer until its time limit, and then knows nothing',
    row: 'unknown',
    check: async (scene) => untilItsLimit(scene, { kind: 'hang', accepts: true }),
  },
  {
    name: 'waits for the end of an answer until its time limit, and then knows nothing',
    row: 'unknown',
    check: async (scene) => untilItsLimit(scene, { kind: 'slow', ms: WITHOUT_END_MS }),
  },
  {
    name: 'waits for an answer that comes late, in small parts',
    row: 'created',
    async check(scene) {
      const outcome = await create(scene, { kind: 'slow', ms: 40 });
      expect(outcome).toMatchObject({
        kind: 'created',
        providerTaskId: scene.records.tasks[0]?.id,
      });
    },
  },
];
