import { expect } from 'vitest';
import type { ContractCase } from '../contract-case.ts';
import {
  NEVER,
  TASK_ID,
  create,
  expectQueries,
  nextRequest,
  padded,
  query,
  raw,
  replied,
  withoutTime,
} from '../asking.ts';
import { afterQueryOutcome } from '../money.ts';
import { API_KEY, LIMITS } from '../scene.ts';
import type { Scene } from '../scene.ts';

const PAGE = '<html><h1>nginx</h1></html>';
const UNAVAILABLE = { kind: 'fault', fault: 'unavailable' };
const BAD = { kind: 'fault', fault: 'bad-response' };
const WRONG_ADDRESS = { kind: 'fault', fault: 'wrong-address' };

/** The answer to a poll of a task that finished. */
function finishedBody({ documents }: Scene): unknown {
  const [status] = documents.words.is.finished;
  return documents.task({ status, url: 'https://cdn.test/v.mp4' });
}

function anyBody(scene: Scene): Readonly<Record<string, unknown>> {
  const { dialect } = scene;
  return {
    nothing: '',
    'a page': PAGE,
    'a refusal': dialect.refused('no').body,
    'no such task': dialect.missing.body,
    'a task that finished': finishedBody(scene),
  };
}

async function expectAtAnyBody(scene: Scene, status: number, expected: object): Promise<void> {
  const answers = Object.entries(anyBody(scene)).map(([what, body]) => [what, raw(status, body)]);
  await expectQueries(scene, Object.fromEntries(answers), expected);
}

export const POLL_FAULT_CASES: readonly ContractCase[] = [
  ...[500, 502, 503, 504].map((status): ContractCase => ({
    name: `has no answer to a poll from HTTP ${status}, whatever its body`,
    row: 'fault',
    check: async (scene) => expectAtAnyBody(scene, status, UNAVAILABLE),
  })),
  {
    name: 'has no answer to a poll from 403, which may be about anything',
    row: 'fault',
    check: async (scene) => expectAtAnyBody(scene, 403, UNAVAILABLE),
  },
  {
    name: 'knows from a poll that its key is refused',
    row: 'fault',
    async check(scene) {
      const wrong = await scene.open({ apiKey: `${API_KEY}-wrong` }).query(TASK_ID, NEVER);
      expect(wrong).toMatchObject({ kind: 'fault', fault: 'unauthorized' });
      await expectAtAnyBody(scene, 401, { kind: 'fault', fault: 'unauthorized' });
    },
  },
  {
    name: 'polls again when Retry-After says, by the clock of the server',
    row: 'fault',
    async check(scene) {
      const headers = {
        date: 'Thu, 01 Jan 2015 00:00:00 GMT',
        'retry-after': 'Thu, 01 Jan 2015 00:00:30 GMT',
      };
      for (const body of Object.values(anyBody(scene))) {
        expect(await query(scene, raw(429, body, headers))).toMatchObject({
          kind: 'busy',
          retryAfterMs: 30_000,
        });
      }
    },
  },
  {
    name: 'has no answer to a poll in what is not JSON, or about nothing',
    row: 'fault',
    check: async (scene) =>
      expectQueries(
        scene,
        {
          'a page': raw(200, PAGE),
          'an empty body': raw(200, ''),
          'half of a JSON': raw(200, '{"status":"suc'),
          null: raw(200, 'null'),
          'a list': raw(200, []),
          'an object about nothing': raw(200, {}),
          'a bare status': raw(200, { status: 'error' }),
          'a page at 400': raw(400, PAGE),
        },
        BAD,
      ),
  },
  {
    name: 'has no answer to a poll in a task at a status that says no',
    row: 'fault',
    async check(scene) {
      for (const status of [300, 302, 303, 400, 409, 410, 422]) {
        const outcome = await query(scene, raw(status, finishedBody(scene)));
        expect({ status, kind: outcome.kind }).toEqual({ status, kind: 'fault' });
      }
    },
  },
  {
    name: 'has no answer to a poll in the provider’s refusal of it',
    row: 'fault',
    async check(scene) {
      const refusal = replied(scene.dialect.refused('no'));
      expect((await query(scene, refusal)).kind).toBe('fault');
    },
  },
  {
    name: 'has no answer to a poll beyond the size limit',
    row: 'fault',
    async check(scene) {
      await expectQueries(scene, { long: raw(200, padded(finishedBody(scene))) }, BAD);
      scene.knobs.query.next({ kind: 'huge', bytes: 2_000_000 });
      expect(await scene.open().query(TASK_ID, NEVER)).toMatchObject(BAD);
    },
  },
  ...(['cut', 'cut-before-reading', 'not-http'] as const).map((kind): ContractCase => ({
    name: `has no answer to a poll that ends by ${kind}`,
    row: 'fault',
    async check(scene) {
      scene.knobs.query.next({ kind });
      expect(await scene.open().query(TASK_ID, NEVER)).toMatchObject(UNAVAILABLE);
    },
  })),
  ...(['hang', 'slow'] as const).map((kind): ContractCase => ({
    name: `waits for the answer to a poll until its time limit (${kind})`,
    row: 'fault',
    async check(scene) {
      await create(scene);
      await withoutTime(async (pass) => {
        const arrived = nextRequest(scene);
        scene.knobs.query.next(kind === 'slow' ? { kind, ms: 600_000 } : { kind });
        let isOver = false;
        const outcome = scene
          .open()
          .query(scene.records.tasks[0]?.id ?? '', NEVER)
          .finally(() => {
            isOver = true;
          });
        await arrived;
        await pass(LIMITS.queryMs - 1);
        expect(isOver).toBe(false);
        await pass(1);
        expect(await outcome).toMatchObject(UNAVAILABLE);
      });
    },
  })),
  {
    name: 'has no answer to a poll where nobody listens or when it is called off, and goes on after',
    row: 'fault',
    async check(scene) {
      await create(scene);
      const id = scene.records.tasks[0]?.id ?? '';
      const adapter = scene.open();
      expect((await adapter.query(id, NEVER)).kind).toBe('finished');
      expect(await adapter.query(id, AbortSignal.abort())).toMatchObject(UNAVAILABLE);
      await scene.simulated.down();
      expect(await adapter.query(id, NEVER)).toMatchObject(UNAVAILABLE);
      await scene.simulated.up();
      expect((await adapter.query(id, NEVER)).kind).toBe('finished');
    },
  },
  {
    name: 'finds by a poll that the address is wrong',
    row: 'other-server',
    async check(scene) {
      await expectQueries(
        scene,
        {
          'a page at 404': raw(404, PAGE),
          'nothing at 404': raw(404, ''),
          'other JSON at 404': raw(404, { path: '/nothing' }),
          'a page at 405': raw(405, PAGE),
          301: raw(301, '', { location: '/elsewhere' }),
          307: raw(307, PAGE),
          308: raw(308, finishedBody(scene)),
        },
        WRONG_ADDRESS,
      );
      const nowhere = scene.open({ baseUrl: `${scene.simulated.url}/no/such` });
      expect(await nowhere.query(TASK_ID, NEVER)).toMatchObject(WRONG_ADDRESS);
    },
  },
  {
    name: 'never ends a task by a poll without an answer',
    row: 'fault',
    async check(scene) {
      for (const status of [301, 302, 401, 403, 404, 405, 429, 500, 503]) {
        const outcome = await query(scene, raw(status, PAGE));
        const { stage, money } = afterQueryOutcome(scene, outcome);
        expect({ status, stage: stage.name, money: money.state }).toEqual({
          status,
          stage: 'running',
          money: 'reserved',
        });
      }
    },
  },
  {
    name: 'gives a task up at the end of its time, and holds its price',
    row: 'money',
    async check(scene) {
      const outcome = await query(scene, raw(503, ''));
      const { stage, money } = afterQueryOutcome(scene, outcome, { ageMs: 3_600_000 });
      expect(stage).toMatchObject({ outcome: { kind: 'timed-out' }, providerTaskId: 'p-1' });
      expect(money.state).toBe('held');
    },
  },
];
