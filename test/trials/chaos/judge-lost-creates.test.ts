import { describe, expect, it } from 'vitest';
import type { Attempt } from '../../../src/domain/tasks/attempt.ts';
import { planOf } from '../../../src/domain/tasks/plan.ts';
import { taskIdSchema } from '../../../src/domain/tasks/task-id.ts';
import type { Task } from '../../../src/domain/tasks/task.ts';
import type { SimulatedTask } from '../../../src/simulators/providers/simulated-task.ts';
import type { Evidence } from '../../../src/trials/chaos/evidence.ts';
import { judgeLostCreates } from '../../../src/trials/chaos/judge-lost-creates.ts';
import { SETTINGS, ended } from '../../fakes/a-task.ts';
import { NOON } from '../../fakes/clock.ts';
import { aClip, anAnswer, cleanEvidence, deliveredTask } from './clean-evidence.ts';

const ROUTE = 'ark/seedance-2.0-mini';
const PLAN = planOf({ ...SETTINGS, route: ROUTE, durationSeconds: 5, quote: { kind: 'unknown' } });

const lostTask = (changes: Partial<Task> = {}): Task =>
  deliveredTask({
    plan: PLAN,
    attempts: [{ route: ROUTE, at: NOON, outcome: 'unknown' }],
    stage: ended({ kind: 'outcome-unknown' }),
    money: { state: 'held', amounts: { videos: 1n, seconds: 5n } },
    ...changes,
  });

const FOUND: Attempt = { route: ROUTE, at: NOON, outcome: 'created', providerTaskId: 'p-1' };
const foundTask = (): Task => deliveredTask({ plan: PLAN, attempts: [FOUND] });

const arkClip = (changes: Partial<SimulatedTask> = {}): SimulatedTask =>
  aClip({ provider: 'ark', reportedCreatedMs: NOON + 10_000, ...changes });

const listOf = (...ids: string[]) =>
  anAnswer({ items: ids.map((id) => ({ id })) }, { purpose: 'list' });

function found(tasks: readonly Task[], changes: Partial<Evidence>): string[] {
  const byCall = new Map(tasks.map((task) => [task.interactionId, task]));
  return judgeLostCreates(cleanEvidence({ tasks: byCall, ...changes })).map(({ kind }) => kind);
}

const LINE = JSON.stringify({
  taskId: lostTask().id,
  answer: 'done',
  msg: 'task found at its provider',
});

describe('the verdict on creates that were searched for', () => {
  it('finds one that nothing else could be, and that did not go on', () => {
    const task = lostTask();
    const searched = { searched: [task.id], clips: [arkClip()] };
    expect(found([task], searched)).toEqual(['lost']);
    expect(found([task], { ...searched, searched: [] })).toEqual([]);
    expect(found([task], { ...searched, clips: [] })).toEqual([]);
    expect(found([foundTask()], searched)).toEqual([]);
  });

  it.each<[string, readonly Task[], readonly SimulatedTask[]]>([
    ['two listed tasks', [lostTask()], [arkClip(), arkClip({ id: 'p-2' })]],
    [
      'another lost create',
      [
        lostTask(),
        lostTask({
          id: taskIdSchema.parse('1300000000000000077'),
          interactionId: '1300000000000000078',
        }),
      ],
      [arkClip()],
    ],
    [
      'clocks that are too far apart',
      [lostTask()],
      [arkClip({ reportedCreatedMs: NOON + 60_000 })],
    ],
    ['a task that is not listed any more', [lostTask()], [arkClip({ isDeleted: true })]],
  ])('takes one that stays held because of %s', (_what, tasks, clips) => {
    expect(found(tasks, { searched: [lostTask().id], clips })).toEqual([]);
  });

  it('finds one that went on although another listed task could be it', () => {
    const clips = [arkClip(), arkClip({ id: 'p-2' })];
    const went = { lines: [LINE], clips, providerRequests: [listOf('p-1', 'p-2')] };
    expect(found([foundTask()], went)).toEqual(['lost']);
    // It was made later than the list.
    expect(found([foundTask()], { ...went, providerRequests: [listOf('p-1')] })).toEqual([]);
    const longer = arkClip({ id: 'p-2', clip: { ...aClip().clip, durationSeconds: 9 } });
    expect(found([foundTask()], { ...went, clips: [arkClip(), longer] })).toEqual([]);
  });
});
