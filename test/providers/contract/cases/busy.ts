import { expect } from 'vitest';
import { DAY_MS } from '../../../../src/domain/time-units.ts';
import type { ContractCase } from '../contract-case.ts';
import {
  BUSY,
  REFUSED,
  UNKNOWN,
  create,
  createdReply,
  expectCreates,
  expectOutcome,
  raw,
  replied,
} from '../asking.ts';
import { examplesOf } from '../examples.ts';
import { afterCreateOutcome } from '../money.ts';
import { submitting } from '../../../fakes/a-task.ts';
import type { Scene } from '../scene.ts';

/** A wrong clock, which is the server's own. */
const DATE = 'Thu, 01 Jan 2015 00:00:00 GMT';

const RETRY_AFTER: readonly (readonly [header: string, ms: number | undefined])[] = [
  ['7', 7000],
  ['0', 0],
  ['1.5', 1500],
  ['Thu, 01 Jan 2015 00:00:30 GMT', 30_000],
  ['Wed, 31 Dec 2014 00:00:00 GMT', 0],
  ['99999999', 30 * DAY_MS],
  ['soon', undefined],
  ['-5', undefined],
  ['', undefined],
];

function busyAnswers(scene: Scene) {
  return [
    { what: 'its own envelope', ...scene.dialect.rateLimited },
    { what: 'nothing', status: 429, body: '' },
    { what: 'a page', status: 429, body: '<html>slow down</html>' },
    { what: 'a refusal', status: 429, body: scene.dialect.refused('no').body },
    { what: 'a task', status: 429, body: createdReply(scene).body },
  ];
}

export const BUSY_CASES: readonly ContractCase[] = [
  {
    name: 'is busy at 429, whatever its body',
    row: 'busy',
    async check(scene) {
      const answers = busyAnswers(scene).map(({ what, status, body }) => [what, raw(status, body)]);
      await expectCreates(scene, Object.fromEntries(answers), BUSY);
    },
  },
  {
    name: 'comes again when Retry-After says, by the clock of the server',
    row: 'busy',
    async check(scene) {
      for (const [header, ms] of RETRY_AFTER) {
        const headers = { date: DATE, 'retry-after': header };
        const outcome = await create(scene, replied(scene.dialect.rateLimited, { headers }));
        const retryAfterMs = outcome.kind === 'busy' ? outcome.retryAfterMs : 'not busy';
        expect({ header, retryAfterMs }).toEqual({ header, retryAfterMs: ms });
      }
    },
  },
  {
    name: 'is busy by what its documents call busy',
    row: 'busy',
    needs: 'busy-code',
    async check(scene) {
      for (const { what, status, body } of examplesOf(scene.documents.creates, 'busy-code')) {
        const outcome = await create(scene, raw(status, body, { 'retry-after': '7' }));
        expectOutcome(scene, outcome, BUSY, what);
        expect(outcome).toMatchObject({ retryAfterMs: 7000 });
      }
    },
  },
  {
    name: 'is busy by such a code or sentence at any status below 500, redirects included',
    row: 'busy',
    needs: 'busy-code',
    async check(scene) {
      for (const { what, body, isSentence } of examplesOf(scene.documents.creates, 'busy-code')) {
        const statuses = [200, 301, 302, 303, 307, 308, 400, 403, 404, 405, 409, 422, 499];
        for (const status of isSentence === true ? [200, 302, 308, 400] : statuses) {
          const outcome = await create(scene, raw(status, body));
          expectOutcome(scene, outcome, BUSY, `${what} at ${status}`);
        }
      }
    },
  },
  {
    name: 'does not know what came of a create that is called busy at 500 and above',
    row: 'lost-track',
    async check(scene) {
      const examples = [...examplesOf(scene.documents.creates, 'busy-code'), ...busyAnswers(scene)];
      for (const { what, body } of examples) {
        for (const status of [500, 502, 503, 529]) {
          const outcome = await create(scene, raw(status, body, { 'retry-after': '7' }));
          expectOutcome(scene, outcome, UNKNOWN, `${what} at ${status}`);
        }
      }
    },
  },
  {
    name: 'takes words about being busy in a refusal for a refusal',
    row: 'refused',
    async check(scene) {
      const { dialect, descriptor } = scene;
      const words = [
        'too many requests at the bakery',
        'rate limit exceeded',
        '请求过于频繁,请稍后再试',
        ...descriptor.dialect.conditionSentences.map(({ words: known }) => known),
      ];
      const answers = words.map((text) => [text, replied(dialect.refused(text))]);
      await expectCreates(scene, Object.fromEntries(answers), REFUSED);
    },
  },
  {
    name: 'is sent eight times at most, and costs nothing when all were busy',
    row: 'busy',
    async check(scene) {
      const outcome = await create(scene, { kind: 'rate-limited', retryAfterSeconds: 1 });
      const again = afterCreateOutcome(scene, outcome, submitting({ creates: 6 }));
      expect([again.stage.name, again.money.state]).toEqual(['queued', 'reserved']);
      const last = afterCreateOutcome(scene, outcome, submitting({ creates: 7 }));
      expect(last.stage).toMatchObject({ outcome: { kind: 'provider-busy' } });
      expect(last.money).toEqual({ state: 'released', assumed: false });
    },
  },
  {
    name: 'is not waited for beyond the time of the task',
    row: 'busy',
    async check(scene) {
      const outcome = await create(scene, { kind: 'rate-limited', retryAfterSeconds: 7200 });
      const { stage, money } = afterCreateOutcome(scene, outcome);
      expect(stage).toMatchObject({ outcome: { kind: 'provider-busy' } });
      expect(money.state).toBe('released');
    },
  },
];
