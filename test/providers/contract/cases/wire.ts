import { expect } from 'vitest';
import type { CreateAnswer, Encoding } from '../../../../src/simulators/providers/answers.ts';
import type { JsonReply } from '../../../../src/simulators/providers/json-reply.ts';
import type { ContractCase } from '../contract-case.ts';
import {
  CREATED,
  NEVER,
  TASK_ID,
  UNKNOWN,
  create,
  expectOutcome,
  raw,
  replied,
  sent,
} from '../asking.ts';
import type { Scene } from '../scene.ts';

/** No answer of the simulation is as long. */
const MAX_ANSWER_BYTES = 4000;

/** Cuts the answers to creates one byte later each time, until one is whole; returns its outcome. */
async function cutEverywhere(scene: Scene, answer: CreateAnswer) {
  const adapter = scene.open();
  for (let bytes = 0; bytes < MAX_ANSWER_BYTES; bytes += 1) {
    scene.knobs.create.next(answer);
    scene.knobs.cut.next({ kind: 'after', bytes });
    const outcome = await adapter.create(scene.submission, NEVER);
    if (outcome.kind !== 'unknown') return { outcome, bytes };
    expect(outcome.detail).not.toBe('');
  }
  throw new Error('no answer was whole');
}

function bodyBytes({ body }: JsonReply): number {
  return Buffer.byteLength(JSON.stringify(body));
}

const ENCODINGS: readonly Encoding['kind'][] = ['gzip', 'br', 'deflate', 'deflate-raw'];

export const WIRE_CASES: readonly ContractCase[] = [
  {
    name: 'knows nothing of a task whose answer is cut, at whichever byte',
    row: 'unknown',
    async check(scene) {
      const { outcome, bytes } = await cutEverywhere(scene, { kind: 'ok' });
      expectOutcome(scene, outcome, CREATED);
      const creates = sent(scene, 'create');
      const whole = creates.at(-1)?.reply?.body ?? '';
      expect(bytes).toBeGreaterThan(Buffer.byteLength(whole));
      expect(creates).toHaveLength(bytes + 1);
      expect(scene.records.tasks).toHaveLength(bytes + 1);
    },
  },
  {
    name: 'knows nothing of a refusal that is cut, at whichever byte',
    row: 'unknown',
    async check(scene) {
      const refusal = scene.dialect.refused('no');
      const { outcome, bytes } = await cutEverywhere(scene, replied(refusal, { status: 400 }));
      expect(outcome.kind).toBe('refused');
      expect(bytes).toBeGreaterThan(bodyBytes(refusal));
    },
  },
  {
    name: 'knows nothing of a poll that is cut, at whichever byte',
    row: 'fault',
    async check(scene) {
      const [status] = scene.documents.words.is.finished;
      const answer = raw(200, scene.documents.task({ status, url: 'https://cdn.test/v.mp4' }));
      const adapter = scene.open();
      for (let bytes = 0; bytes < MAX_ANSWER_BYTES; bytes += 1) {
        scene.knobs.query.next(answer);
        scene.knobs.cut.next({ kind: 'after', bytes });
        const outcome = await adapter.query(TASK_ID, NEVER);
        if (outcome.kind === 'finished') {
          expect(bytes).toBeGreaterThan(answer.body.length);
          return;
        }
        expect({ bytes, ...outcome }).toMatchObject({ bytes, kind: 'fault', fault: 'unavailable' });
      }
      throw new Error('no answer was whole');
    },
  },
  ...ENCODINGS.map((kind): ContractCase => ({
    name: `reads answers in ${kind}, although it asked for none`,
    row: 'created',
    async check(scene) {
      scene.knobs.encoding.always({ kind });
      expectOutcome(scene, await create(scene), CREATED);
      const id = scene.records.tasks[0]?.id ?? '';
      expect((await scene.open().query(id, NEVER)).kind).toBe('finished');
      const refusal = await create(scene, replied(scene.dialect.refused('no')));
      expect(refusal.kind).toBe('refused');
    },
  })),
  ...ENCODINGS.map((kind): ContractCase => ({
    name: `knows nothing of a bomb in ${kind}`,
    row: 'unknown',
    async check(scene) {
      scene.knobs.encoding.always({ kind });
      expectOutcome(scene, await create(scene, { kind: 'huge', bytes: 8_000_000 }), UNKNOWN);
      scene.knobs.query.next({ kind: 'huge', bytes: 8_000_000 });
      expect(await scene.open().query('task-1', NEVER)).toMatchObject({
        kind: 'fault',
        fault: 'bad-response',
      });
    },
  })),
  {
    name: 'knows nothing of a compressed answer that is cut',
    row: 'unknown',
    async check(scene) {
      for (const kind of ENCODINGS) {
        // Within its head, and within the shortest body that a provider has.
        for (const bytes of [150, 180, 200]) {
          scene.knobs.encoding.next({ kind });
          scene.knobs.cut.next({ kind: 'after', bytes });
          expectOutcome(scene, await create(scene), UNKNOWN, `${kind} after ${bytes} bytes`);
        }
      }
    },
  },
];
