import { expect } from 'vitest';
import type { CreateOutcome } from '../../../../src/app/ports/provider-port.ts';
import { isAboutContent } from '../../../../src/domain/tasks/provider-rejection.ts';
import type { ContractCase } from '../contract-case.ts';
import {
  REFUSED,
  create,
  createdReply,
  expectCreates,
  expectOutcome,
  raw,
  replied,
} from '../asking.ts';
import { examplesOf } from '../examples.ts';
import type { CreateExample } from '../provider-under-test.ts';
import { API_KEY } from '../scene.ts';
import type { Scene } from '../scene.ts';

const PAGE = '<html>blocked</html>';

function categoryOf(outcome: CreateOutcome): string {
  return outcome.kind === 'refused' ? outcome.refusal.category : outcome.kind;
}

/** The answers whose sentence decides. */
function sentencesOf({ documents }: Scene): readonly CreateExample[] {
  return documents.creates.filter(({ isSentence }) => isSentence === true);
}

/** The texts within an answer. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

async function atAnyBody(scene: Scene, status: number): Promise<void> {
  await expectCreates(
    scene,
    {
      nothing: raw(status, ''),
      'a page': raw(status, PAGE),
      'a list': raw(status, []),
      'a refusal': replied(scene.dialect.refused('no'), { status }),
      'a refused key': replied(scene.dialect.unauthorized, { status }),
      'a task': replied(createdReply(scene), { status }),
    },
    REFUSED,
  );
}

export const REFUSED_CASES: readonly ContractCase[] = [
  {
    name: 'is refused by its error envelope at any status below 500',
    row: 'refused',
    async check(scene) {
      const refusal = scene.dialect.refused('no');
      const statuses = [refusal.status, 200, 400, 402, 403, 404, 409, 413, 422, 451];
      const answers = statuses.map((status) => [`at ${status}`, replied(refusal, { status })]);
      await expectCreates(scene, Object.fromEntries(answers), REFUSED);
    },
  },
  ...[401, 402, 403].map((status): ContractCase => ({
    name: `is refused by HTTP ${status}, whatever its body`,
    row: 'refused',
    check: async (scene) => atAnyBody(scene, status),
  })),
  {
    name: 'takes 401 for a refused key and 402 for a spent balance, and 403 for neither',
    row: 'refused',
    async check(scene) {
      const outcomes = [];
      for (const status of [401, 402, 403]) outcomes.push(await create(scene, raw(status, PAGE)));
      expect(outcomes.map(categoryOf)).toEqual(['unauthorized', 'balance-spent', 'unknown']);
    },
  },
  {
    name: 'knows its own words for a refused key',
    row: 'refused',
    async check(scene) {
      const outcome = await create(scene, replied(scene.dialect.unauthorized));
      expect(categoryOf(outcome)).toBe('unauthorized');
    },
  },
  {
    name: 'calls what its documents call a wrong request neither busy nor about the account',
    row: 'refused',
    async check(scene) {
      const outcome = await create(scene, replied(scene.dialect.refused('duration is too long')));
      expect(outcome).toMatchObject({
        kind: 'refused',
        refusal: { category: 'parameters', message: 'duration is too long' },
      });
    },
  },
  {
    name: 'knows why it is refused by a code or by the status, after which another model may be tried',
    row: 'refused',
    async check(scene) {
      const { dialect } = scene;
      for (const answer of [
        replied(dialect.refused('no')),
        replied(dialect.unauthorized),
        ...[401, 402, 403].map((status) => raw(status, PAGE)),
      ]) {
        expect(await create(scene, answer)).toMatchObject({ kind: 'refused', isCoded: true });
      }
    },
  },
  {
    name: 'is refused when the balance is spent, and not sent again after a while',
    row: 'refused',
    needs: 'balance-code',
    async check(scene) {
      for (const { what, status, body } of examplesOf(scene.documents.creates, 'balance-code')) {
        const outcome = await create(scene, raw(status, body, { 'retry-after': '7' }));
        expectOutcome(scene, outcome, REFUSED, what);
        expect(categoryOf(outcome)).toBe('balance-spent');
      }
    },
  },
  {
    name: 'tells a refusal of content from any other one',
    row: 'refused',
    needs: 'content-code',
    async check(scene) {
      for (const { what, status, body } of examplesOf(scene.documents.creates, 'content-code')) {
        const outcome = await create(scene, raw(status, body));
        expectOutcome(scene, outcome, REFUSED, what);
        const isContent = outcome.kind === 'refused' && isAboutContent(outcome.refusal.category);
        expect({ what, isContent }).toEqual({ what, isContent: true });
      }
    },
  },
  {
    name: 'believes no sentence about the account that may be quoted from the prompt',
    row: 'refused',
    async check(scene) {
      for (const { what, status, body } of sentencesOf(scene)) {
        const prompt = `a sign that says: ${textsIn(body).join(' ')}`;
        const submission = { ...scene.submission, prompt };
        const outcome = await create(scene, raw(status, body), { submission });
        expectOutcome(scene, outcome, REFUSED, what);
        expect(['unauthorized', 'balance-spent']).not.toContain(categoryOf(outcome));
      }
    },
  },
  {
    name: 'has a documented answer for every sentence about the account that it believes',
    row: 'descriptor',
    check(scene) {
      const { descriptor } = scene;
      const texts = sentencesOf(scene).flatMap(({ body }) => textsIn(body));
      const unshown = descriptor.dialect.conditionSentences.filter(
        ({ pattern }) => !texts.some((text) => pattern.test(text.trim())),
      );
      expect(unshown).toEqual([]);
    },
  },
  {
    name: 'keeps an echoed key and a signed address out of what it tells',
    row: 'secrets',
    async check(scene) {
      const echo = `${API_KEY} https://cdn.test/a.png?ex=1&hm=SIGNATURE`;
      const outcome = JSON.stringify(await create(scene, replied(scene.dialect.refused(echo))));
      expect(outcome).toContain('https://cdn.test/a.png');
      expect(outcome).not.toContain('SIGNATURE');
      expect(outcome).not.toContain(API_KEY);
    },
  },
];
