import { expect } from 'vitest';
import type { ContractCase } from '../contract-case.ts';
import { NEVER, TASK_ID, create, query, raw, replied } from '../asking.ts';
import { afterQueryOutcome } from '../money.ts';
import type { Scene } from '../scene.ts';
import { running } from '../../../fakes/a-task.ts';
import { NOON } from '../../../fakes/clock.ts';

const URL_1 = 'https://cdn.test/v.mp4?sig=1';

/** How words may be written: as documented, in other letters, with blanks. */
function spellings(word: unknown): readonly unknown[] {
  if (typeof word !== 'string') return [word];
  return [word, word.toUpperCase(), word.toLowerCase(), ` ${word}\n`];
}

/** Polls a task in each of these words, however they are written. */
async function kindsOf(
  scene: Scene,
  words: readonly unknown[],
): Promise<ReadonlyMap<string, string>> {
  const kinds = new Map<string, string>();
  for (const status of words.flatMap(spellings)) {
    const parts = { status, url: URL_1, reason: 'it failed' };
    const outcome = await query(scene, raw(200, scene.documents.task(parts)));
    kinds.set(JSON.stringify(status), outcome.kind);
  }
  return kinds;
}

/** Where a finished task's video is: as the answer says, or at an address made of the task's own. */
function resultOf({ descriptor: { api, results }, simulated }: Scene, id: string): string {
  const ending = results?.pathAfterTask;
  return ending === undefined
    ? `${new URL(simulated.url).origin}/results/${encodeURIComponent(id)}.mp4`
    : `${simulated.url}${api.queryPrefix}${id}${ending}`;
}

async function expectKind(scene: Scene, words: readonly unknown[], kind: string): Promise<void> {
  expect(words.length).toBeGreaterThan(0);
  const others = [...(await kindsOf(scene, words))].filter(([, read]) => read !== kind);
  expect(others).toEqual([]);
}

/** What no document has as a status. */
const ODD_WORDS = ['new-word', '', ' ', 'SUCCESSFUL?', 0.5, null, true, [], {}, 'a'.repeat(500)];

const PROGRESS: readonly (readonly [given: unknown, percent: number | undefined])[] = [
  [0, 0],
  [42, 42],
  ['50%', 50],
  ['30 %', 30],
  ['7', 7],
  [12.9, 12],
  [150, 100],
  [-3, 0],
  ['-3%', 0],
  ['half', undefined],
  ['', undefined],
  [null, undefined],
  [{ percent: 3 }, undefined],
];

const NO_ADDRESSES = [
  'seedance/v.mp4',
  '//cdn.test/v.mp4',
  'asset://abc',
  'file:///etc/passwd',
  'data:video/mp4;base64,AAAA',
  'https:cdn.test/v.mp4',
  'https://',
  'http://[::bad',
  'Task failed: see https://help.test',
  '',
  null,
  17,
  {},
];

const firstWord = (words: readonly unknown[]): unknown => words[0];

export const POLL_CASES: readonly ContractCase[] = [
  {
    name: 'asks for a task by GET at the address of its documents, with the key',
    row: 'pending',
    async check(scene) {
      await scene.open().query('cgt-1:a_b.c', NEVER);
      expect(scene.records.requests).toMatchObject([
        {
          method: 'GET',
          path: `${scene.dialect.queryPrefix}cgt-1%3Aa_b.c`,
          headers: { authorization: 'Bearer <right key>' },
          body: undefined,
        },
      ]);
    },
  },
  {
    name: 'asks nothing for what cannot be the number of a task',
    row: 'fault',
    async check(scene) {
      for (const id of ['', '.', '..', ' a', 'a\n', 'a\u0000b', '\uD800', 'a'.repeat(513)]) {
        const outcome = await scene.open().query(id, NEVER);
        expect({ id, ...outcome }).toMatchObject({ id, kind: 'fault', fault: 'bad-response' });
      }
      expect(scene.records.requests).toEqual([]);
    },
  },
  {
    name: 'follows its simulated task from the queue to its end',
    row: 'finished',
    async check(scene) {
      scene.knobs.taskMs = Infinity;
      await create(scene);
      const id = scene.records.tasks[0]?.id ?? '';
      const adapter = scene.open();
      expect((await adapter.query(id, NEVER)).kind).toBe('pending');
      scene.knobs.taskMs = 0;
      expect(await adapter.query(id, NEVER)).toMatchObject({
        kind: 'finished',
        resultUrl: resultOf(scene, id),
      });
    },
  },
  {
    name: 'calls a task running in each of its words for that',
    row: 'pending',
    check: async (scene) => expectKind(scene, scene.documents.words.is.pending, 'pending'),
  },
  {
    name: 'calls a task finished in each of its words for that',
    row: 'finished',
    check: async (scene) => expectKind(scene, scene.documents.words.is.finished, 'finished'),
  },
  {
    name: 'calls a task failed in each of its words for that',
    row: 'failed',
    check: async (scene) => expectKind(scene, scene.documents.words.is.failed, 'failed'),
  },
  {
    name: 'calls a task running in words that no document has',
    row: 'pending',
    check: async (scene) => expectKind(scene, ODD_WORDS, 'pending'),
  },
  {
    name: 'reads the percentage as it is given, and invents none',
    row: 'pending',
    needs: 'progress',
    async check(scene) {
      const status = firstWord(scene.documents.words.is.pending);
      for (const [progress, percent] of PROGRESS) {
        const outcome = await query(scene, raw(200, scene.documents.task({ status, progress })));
        const pending = {
          kind: 'pending',
          ...(percent === undefined ? {} : { progressPercent: percent }),
        };
        expect({ progress, ...outcome }).toEqual({ progress, ...pending });
      }
    },
  },
  {
    name: 'never ends a task by its progress or its address, but by its word alone',
    row: 'pending',
    async check(scene) {
      const { documents } = scene;
      const { pending, failed } = documents.words.is;
      const running100 = { status: firstWord(pending), progress: 100, url: URL_1 };
      expect((await query(scene, raw(200, documents.task(running100)))).kind).toBe('pending');
      const failed100 = { status: firstWord(failed), progress: 100, url: URL_1 };
      expect((await query(scene, raw(200, documents.task(failed100)))).kind).toBe('failed');
    },
  },
  {
    name: 'takes nothing but an absolute http or https address for the result',
    row: 'no-link',
    needs: 'result-address',
    async check(scene) {
      const status = firstWord(scene.documents.words.is.finished);
      for (const url of NO_ADDRESSES) {
        const outcome = await query(scene, raw(200, scene.documents.task({ status, url })));
        expect({ url, read: Object.hasOwn(outcome, 'resultUrl'), kind: outcome.kind }).toEqual({
          url,
          read: false,
          kind: 'finished',
        });
      }
    },
  },
  {
    name: 'reads the address of the result whole',
    row: 'finished',
    needs: 'result-address',
    async check(scene) {
      const status = firstWord(scene.documents.words.is.finished);
      for (const url of [URL_1, 'http://10.0.0.7/v.mp4', `https://cdn.test/${'a'.repeat(3000)}`]) {
        const outcome = await query(scene, raw(200, scene.documents.task({ status, url })));
        expect(outcome).toMatchObject({ kind: 'finished', resultUrl: url });
      }
    },
  },
  {
    name: 'waits a minute for the address of a finished task, which is charged without one',
    row: 'no-link',
    needs: 'result-address',
    async check(scene) {
      scene.knobs.resultUrl.always({ kind: 'absent' });
      await create(scene);
      const outcome = await scene.open().query(scene.records.tasks[0]?.id ?? '', NEVER);
      expect(outcome.kind).toBe('finished');
      expect(Object.hasOwn(outcome, 'resultUrl')).toBe(false);
      const early = afterQueryOutcome(scene, outcome);
      expect([early.stage.name, early.money.state]).toEqual(['running', 'reserved']);
      const late = afterQueryOutcome(scene, outcome, {
        stage: running({ addressMissingSince: NOON }),
        ageMs: 60_000,
      });
      expect(late.stage).toMatchObject({ outcome: { kind: 'result-lost', why: 'no-address' } });
      expect(late.money.state).toBe('settled');
    },
  },
  {
    name: 'tells why a task failed, in the provider’s own words',
    row: 'failed',
    async check(scene) {
      await create(scene);
      const id = scene.records.tasks[0]?.id ?? '';
      scene.knobs.query.next({ kind: 'fail', reason: 'the picture is too small' });
      const outcome = await scene.open().query(id, NEVER);
      expect(outcome).toMatchObject({
        kind: 'failed',
        refusal: { message: 'the picture is too small' },
      });
      const status = firstWord(scene.documents.words.is.failed);
      expect(await query(scene, raw(200, scene.documents.task({ status })))).toMatchObject({
        kind: 'failed',
        refusal: { message: '' },
      });
    },
  },
  {
    name: 'tells why a task failed without the address that its words contain',
    row: 'secrets',
    async check(scene) {
      const status = firstWord(scene.documents.words.is.failed);
      const reason = 'cannot fetch https://cdn.test/a.png?ex=1&hm=SIGNATURE';
      const outcome = await query(scene, raw(200, scene.documents.task({ status, reason })));
      expect(JSON.stringify(outcome)).toContain('https://cdn.test/a.png');
      expect(JSON.stringify(outcome)).not.toContain('SIGNATURE');
    },
  },
  {
    name: 'misses a task that the provider does not know, at whatever status it says so',
    row: 'missing',
    async check(scene) {
      const { dialect } = scene;
      expect(await scene.open().query('no-such-task', NEVER)).toEqual({ kind: 'missing' });
      for (const status of [200, 400, 404]) {
        const outcome = await query(scene, replied(dialect.missing, { status }));
        expect({ status, ...outcome }).toEqual({ status, kind: 'missing' });
      }
    },
  },
  {
    name: 'does not believe for a minute that a task is missing, and holds its price then',
    row: 'missing',
    async check(scene) {
      const outcome = await scene.open().query(TASK_ID, NEVER);
      const early = afterQueryOutcome(scene, outcome, {
        stage: running({ missingSince: NOON }),
        ageMs: 59_999,
      });
      expect([early.stage.name, early.money.state]).toEqual(['running', 'reserved']);
      const late = afterQueryOutcome(scene, outcome, {
        stage: running({ missingSince: NOON }),
        ageMs: 60_000,
      });
      expect(late.stage).toMatchObject({ outcome: { kind: 'unknown-to-provider' } });
      expect(late.money.state).toBe('held');
    },
  },
];
