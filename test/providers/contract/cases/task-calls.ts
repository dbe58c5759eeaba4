import { expect } from 'vitest';
import type { QueryOutcome, TaskSearch } from '../../../../src/app/ports/provider-port.ts';
import { matchLost } from '../../../../src/domain/tasks/match-lost.ts';
import { NEVER, create, raw, replied } from '../asking.ts';
import type { ContractCase } from '../contract-case.ts';
import { afterQueryOutcome } from '../money.ts';
import type { Scene } from '../scene.ts';

type Adapter = ReturnType<Scene['open']>;

/** Makes a task; returns its id. */
async function made(scene: Scene, changes: Partial<Scene['submission']> = {}): Promise<string> {
  const submission = { ...scene.submission, ...changes };
  const outcome = await create(scene, undefined, { submission });
  if (outcome.kind !== 'created') throw new Error(`the create is ${outcome.kind}`);
  return outcome.providerTaskId;
}

/** A task in the middle of its time. */
async function begun(scene: Scene): Promise<string> {
  const id = await made(scene);
  scene.knobs.taskMs = 100;
  for (const task of scene.records.tasks) Object.assign(task, { createdMs: -50 });
  return id;
}

async function cancel(adapter: Adapter, id: string) {
  const outcome = await adapter.cancel?.(id, NEVER);
  if (outcome === undefined) throw new Error('it has no cancel');
  return outcome;
}

const isQueued = (outcome: QueryOutcome): boolean =>
  outcome.kind === 'pending' && outcome.isQueued === true;

function searchOf({ open }: Scene): TaskSearch {
  const { search } = open();
  if (search === undefined) throw new Error('it has no list');
  return search;
}

async function listedIn(scene: Scene) {
  const answer = await searchOf(scene).list(0, NEVER);
  if (answer.kind !== 'listed') throw new Error(answer.detail);
  return answer.tasks;
}

/** What the list shows as this submission's. */
async function foundFor(scene: Scene, changes: Partial<Scene['submission']> = {}) {
  const facts = searchOf(scene).expects({ ...scene.submission, ...changes });
  const lost = { taskId: 'lost', from: -60_000, until: 60_000, facts };
  return matchLost([lost], await listedIn(scene)).get('lost')?.providerTaskId;
}

/** Another length that the first route makes. */
function otherSeconds({ routes, submission }: Scene): number {
  const { min = 1, max = 60 } = routes[0]?.duration ?? {};
  return submission.durationSeconds === max ? min : max;
}

const CANCEL_CASES: readonly ContractCase[] = [
  {
    name: 'cancels a task in its queue by DELETE, with the key, which costs nothing',
    row: 'cancel',
    needs: 'cancel',
    async check(scene) {
      scene.knobs.taskMs = Infinity;
      const id = await made(scene);
      const adapter = scene.open();
      expect(isQueued(await adapter.query(id, NEVER))).toBe(true);
      expect(await cancel(adapter, id)).toEqual({ kind: 'accepted' });
      const sent = scene.records.requests.at(-1);
      expect(sent).toMatchObject({
        method: 'DELETE',
        headers: { authorization: 'Bearer <right key>' },
      });
      expect(sent?.path).toContain(encodeURIComponent(id));
      const outcome = await adapter.query(id, NEVER);
      expect(outcome).toMatchObject({ kind: 'failed', isCancelled: true });
      const { stage, money } = afterQueryOutcome(scene, outcome, { isCancelSent: true });
      expect(stage).toMatchObject({ outcome: { kind: 'cancelled', isAtProvider: true } });
      expect(money.state).toBe('released');
    },
  },
  {
    name: 'does not cancel a task that runs, and does not call it queued',
    row: 'cancel',
    needs: 'cancel',
    async check(scene) {
      const id = await begun(scene);
      const adapter = scene.open();
      expect((await cancel(adapter, id)).kind).toBe('refused');
      const outcome = await adapter.query(id, NEVER);
      expect([outcome.kind, isQueued(outcome)]).toEqual(['pending', false]);
    },
  },
  {
    name: 'reads every answer to a cancel, and a poll is what decides',
    row: 'cancel',
    needs: 'cancel',
    async check(scene) {
      const { knobs, dialect } = scene;
      const answers = [
        [raw(200, ''), 'accepted'],
        [raw(204, ''), 'accepted'],
        [replied(dialect.missing), 'missing'],
        [replied(dialect.refused('it runs'), { status: 409 }), 'refused'],
        [replied(dialect.rateLimited), 'unclear'],
        [replied(dialect.unauthorized), 'unclear'],
        [replied(dialect.serverError(500)), 'unclear'],
        [{ kind: 'cut' }, 'unclear'],
        [{ kind: 'not-http' }, 'unclear'],
      ] as const;
      knobs.taskMs = Infinity;
      const id = await made(scene);
      const adapter = scene.open();
      for (const [answer, kind] of answers) {
        knobs.delete.next(answer);
        expect({ answer, kind: (await cancel(adapter, id)).kind }).toEqual({ answer, kind });
        expect(isQueued(await adapter.query(id, NEVER))).toBe(true);
      }
      expect((await cancel(adapter, 'no-such-task')).kind).toBe('missing');
    },
  },
  {
    name: 'sends no cancel for what cannot be the number of a task',
    row: 'cancel',
    needs: 'cancel',
    async check(scene) {
      const adapter = scene.open();
      for (const id of ['', '.', '..', 'a\n']) {
        expect((await cancel(adapter, id)).kind).toBe('unclear');
      }
      expect(scene.records.requests).toEqual([]);
    },
  },
];

const SEARCH_CASES: readonly ContractCase[] = [
  {
    name: 'finds a create whose answer was cut in its list, with the key',
    row: 'search',
    needs: 'search',
    async check(scene) {
      scene.knobs.taskMs = Infinity;
      const outcome = await create(scene, { kind: 'cut', accepts: true });
      expect(outcome.kind).toBe('unknown');
      const [task] = scene.records.tasks;
      expect(await foundFor(scene)).toBe(task?.id);
      expect(scene.records.requests.at(-1)).toMatchObject({
        method: 'GET',
        headers: { authorization: 'Bearer <right key>' },
      });
      const [listed] = await listedIn(scene);
      expect(listed?.createdAt).toBe(task?.createdMs);
    },
  },
  {
    name: 'finds nothing that was not made, and not what the list shows too late',
    row: 'search',
    needs: 'search',
    async check(scene) {
      expect(await foundFor(scene)).toBeUndefined();
      const id = await made(scene);
      scene.knobs.list.next({ kind: 'late', ms: 60_000 });
      expect(await foundFor(scene)).toBeUndefined();
      expect(await foundFor(scene)).toBe(id);
    },
  },
  {
    name: 'finds a task once that the list shows twice, and none of two',
    row: 'search',
    needs: 'search',
    async check(scene) {
      const id = await made(scene);
      scene.knobs.list.next({ kind: 'twice' });
      expect(await foundFor(scene)).toBe(id);
      await made(scene);
      expect(await foundFor(scene)).toBeUndefined();
    },
  },
  {
    name: 'tells a finished task of another length from the one that it searches for',
    row: 'search',
    needs: 'search',
    async check(scene) {
      const durationSeconds = otherSeconds(scene);
      const other = await made(scene, { durationSeconds });
      const id = await made(scene);
      expect(await foundFor(scene)).toBe(id);
      expect(await foundFor(scene, { durationSeconds })).toBe(other);
    },
  },
  {
    name: 'takes no list for one that it cannot read whole',
    row: 'search',
    needs: 'search',
    async check(scene) {
      const { knobs, dialect } = scene;
      await made(scene);
      const search = searchOf(scene);
      for (const answer of [
        replied(dialect.unauthorized),
        replied(dialect.rateLimited),
        replied(dialect.serverError(503)),
        replied(dialect.refused('no')),
        raw(200, ''),
        raw(200, 'null'),
        raw(200, { items: null, data: null }),
        raw(200, []),
        { kind: 'not-http' } as const,
      ]) {
        knobs.list.next(answer);
        const { kind } = await search.list(0, NEVER);
        expect({ answer, kind }).toEqual({ answer, kind: 'no-answer' });
      }
    },
  },
  {
    name: 'reads a list of several pages',
    row: 'search',
    needs: 'search',
    async check(scene) {
      const { search } = scene.descriptor;
      const count = (search?.pageSize ?? 0) + 2;
      for (let number = 0; number < count; number += 1) await made(scene);
      expect(await listedIn(scene)).toHaveLength(count);
    },
  },
];

/** What can be done with tasks besides: a cancel, and a list. */
export const TASK_CALL_CASES: readonly ContractCase[] = [...CANCEL_CASES, ...SEARCH_CASES];
