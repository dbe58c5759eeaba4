import { expect } from 'vitest';
import type { ContractCase } from '../contract-case.ts';
import {
  NEVER,
  UNKNOWN,
  create,
  createdReply,
  expectCreates,
  expectOutcome,
  nextRequest,
  padded,
  raw,
  replied,
} from '../asking.ts';
import { examplesOf } from '../examples.ts';
import type { Scene } from '../scene.ts';

const PAGE = '<html><h1>Bad gateway</h1></html>';

/** Bodies of the provider, and of others. */
function anyBody(scene: Scene): Readonly<Record<string, unknown>> {
  const { dialect } = scene;
  return {
    nothing: '',
    'a page': PAGE,
    'a refusal': dialect.refused('no').body,
    'a refused key': dialect.unauthorized.body,
    'too busy': dialect.rateLimited.body,
    'no such task': dialect.missing.body,
    'a broken server': dialect.serverError(500).body,
    'a task': createdReply(scene).body,
  };
}

function atStatuses(scene: Scene, statuses: readonly number[]) {
  return Object.fromEntries(
    statuses.flatMap((status) =>
      Object.entries(anyBody(scene)).map(([what, body]) => [
        `${what} at ${status}`,
        raw(status, body),
      ]),
    ),
  );
}

export const UNKNOWN_CASES: readonly ContractCase[] = [
  ...[500, 502, 503, 504, 524].map((status): ContractCase => ({
    name: `does not know what came of HTTP ${status}, whatever its text`,
    row: 'lost-track',
    check: async (scene) => expectCreates(scene, atStatuses(scene, [status]), UNKNOWN),
  })),
  {
    name: 'does not know what came of a create that a gateway lost track of, at any status',
    row: 'lost-track',
    needs: 'ambiguous-code',
    async check(scene) {
      const statuses = [200, 301, 400, 401, 403, 404, 429, 499, 500];
      const examples = examplesOf(scene.documents.creates, 'ambiguous-code');
      for (const { what, body } of examples) {
        for (const status of statuses) {
          const outcome = await create(scene, raw(status, body));
          expectOutcome(scene, outcome, UNKNOWN, `${what} at ${status}`);
        }
      }
    },
  },
  {
    name: 'knows nothing from redirects that do not last',
    row: 'unknown',
    async check(scene) {
      const answers = Object.entries(atStatuses(scene, [300, 302, 303]));
      // By its code that is a certain "no" (`busy.ts`).
      const others = answers.filter(([what]) => !what.startsWith('too busy'));
      await expectCreates(scene, Object.fromEntries(others), UNKNOWN);
    },
  },
  {
    name: 'knows nothing from what is not JSON, or about nothing',
    row: 'unknown',
    check: async (scene) =>
      expectCreates(
        scene,
        {
          'a page': { kind: 'not-json' },
          'a page at 400': raw(400, PAGE),
          'a page at 410': raw(410, PAGE),
          'an empty body': raw(200, ''),
          'an empty body at 400': raw(400, ''),
          'half of a JSON': raw(200, '{"id":"task-1"'),
          null: raw(200, 'null'),
          'a number': raw(200, '17'),
          'a list': raw(200, [1, 2, 3]),
          'an object about nothing': raw(200, {}),
          'an object about something else': raw(200, { welcome: 'here' }),
          'not modified': raw(304, ''),
        },
        UNKNOWN,
      ),
  },
  {
    name: 'knows nothing from success without a usable task number',
    row: 'unknown',
    async check(scene) {
      const ids = ['', '  ', '.', '..', '..\n', 'a\u0000b', 'a\u0007b', 'a\u202Eb', '\uD800'];
      const answers = [...ids, 'a'.repeat(513)].map((id) => [
        JSON.stringify(id),
        replied(createdReply(scene, id)),
      ]);
      await expectCreates(
        scene,
        { ...Object.fromEntries(answers), 'none at all': { kind: 'wrong-shape' } },
        UNKNOWN,
      );
    },
  },
  {
    name: 'knows nothing from a task in an answer that says no by its status',
    row: 'unknown',
    async check(scene) {
      const answers = [400, 404, 409, 410, 422].map((status) => [
        `a task at ${status}`,
        replied(createdReply(scene), { status }),
      ]);
      await expectCreates(scene, Object.fromEntries(answers), UNKNOWN);
    },
  },
  {
    name: 'knows nothing from an answer beyond the size limit',
    row: 'unknown',
    async check(scene) {
      const { body: task } = createdReply(scene);
      const { status, body: refusal } = scene.dialect.refused('no');
      await expectCreates(
        scene,
        {
          'without an end': { kind: 'huge', bytes: 2_000_000 },
          'with a task': raw(200, padded(task)),
          'with a refusal': raw(status, padded(refusal)),
        },
        UNKNOWN,
      );
    },
  },
  {
    name: 'knows nothing from a server that speaks no HTTP',
    row: 'unknown',
    check: async (scene) => expectCreates(scene, { banner: { kind: 'not-http' } }, UNKNOWN),
  },
  {
    name: 'knows nothing when the connection is cut after the request was read',
    row: 'unknown',
    check: async (scene) => expectCreates(scene, { cut: { kind: 'cut' } }, UNKNOWN),
  },
  {
    name: 'knows nothing when the connection is cut while the request is read',
    row: 'unknown',
    check: async (scene) => expectCreates(scene, { cut: { kind: 'cut-before-reading' } }, UNKNOWN),
  },
  {
    name: 'knows nothing when the connection is cut at its first byte',
    row: 'unknown',
    async check(scene) {
      scene.knobs.connection.always({ kind: 'cut-at-first-byte' });
      expectOutcome(scene, await create(scene), UNKNOWN);
      expect(scene.records.tasks).toEqual([]);
    },
  },
  {
    name: 'knows nothing when it is called off after the request was read',
    row: 'unknown',
    async check(scene) {
      const stop = new AbortController();
      const arrived = nextRequest(scene);
      scene.knobs.create.next({ kind: 'hang', accepts: true });
      const outcome = scene.open().create(scene.submission, stop.signal);
      await arrived;
      stop.abort();
      expectOutcome(scene, await outcome, UNKNOWN);
      expect(scene.records.tasks).toHaveLength(1);
    },
  },
  {
    name: 'knows nothing when the bot stops after the request was read',
    row: 'unknown',
    async check(scene) {
      const arrived = nextRequest(scene);
      scene.knobs.create.next({ kind: 'hang', accepts: true });
      const adapter = scene.open();
      const outcome = adapter.create(scene.submission, NEVER);
      await arrived;
      await adapter.close();
      expectOutcome(scene, await outcome, UNKNOWN);
    },
  },
];
