import { SECOND_MS } from '../../domain/time-units.ts';
import { currentRoute } from '../../domain/tasks/plan.ts';
import type { Task } from '../../domain/tasks/task.ts';
import type { SimulatedTask } from '../../simulators/providers/simulated-task.ts';
import type { Evidence } from './evidence.ts';
import type { Finding } from './finding.ts';
import { matchClips } from './match-clips.ts';

/** The one provider that lists its tasks. */
const LISTING = 'ark';

/** Clocks may differ by this much, beside what the round sets them apart. */
const SURE_MS = 25 * SECOND_MS;

/**
 * Checks the search for creates whose answer never came: what can be one listed task alone goes on as
 * that one; what can be several goes on as none of them. That none is created again or released, the
 * other judges check.
 */
export function judgeLostCreates(evidence: Evidence): Finding[] {
  return [...judgeFound(evidence), ...judgeUnfound(evidence)];
}

/** The tasks that went on because they were found in the list of their provider. */
export function foundIn({ lines, tasks }: Pick<Evidence, 'lines' | 'tasks'>): Task[] {
  const ids = lines
    .filter((line) => line.includes('task found at its provider') && line.includes('"done"'))
    .map((line) => /"taskId":"(\d+)"/.exec(line)?.[1]);
  return [...tasks.values()].filter(({ id }) => ids.includes(id));
}

/** Checks that no other listed task could have been it. */
function judgeFound(evidence: Evidence): Finding[] {
  return foundIn(evidence).flatMap((task): Finding[] => {
    const id = numberOf(task);
    const clip = evidence.clips.find((one) => one.id === id);
    if (clip === undefined) return [];
    const others = strangersOf(evidence).filter(
      (other) =>
        other !== clip &&
        isAlike(other, clip) &&
        isNear(task, other) &&
        listsWith(evidence, clip).every((list) => list.includes(`"${other.id}"`)),
    );
    const what = `went on as ${clip.id}, but could be ${others.map((one) => one.id).join(' or ')}`;
    return others.length === 0 ? [] : [{ kind: 'lost', what, taskId: task.id }];
  });
}

/** Checks that a create went on whose task nothing else could be. */
function judgeUnfound(evidence: Evidence): Finding[] {
  const { searched, tasks, restore, forgets } = evidence;
  // What is listed may be what the store has forgotten.
  if (restore !== undefined || forgets.length > 0) return [];
  const { byCommand } = matchClips(evidence);
  const lost = [...tasks.values()].filter(isLost);
  const strangers = strangersOf(evidence);
  return lost
    .filter(({ id }) => searched.includes(id))
    .flatMap((task): Finding[] => {
      const clip = byCommand.get(task.interactionId);
      if (clip === undefined || !strangers.includes(clip)) return [];
      const mayBe = strangers.filter((other) => isOfLength(task, other));
      const rivals = lost.filter((other) => other.isErased === true || isOfLength(other, clip));
      if (mayBe.length > 1 || rivals.length > 1 || !isNear(task, clip)) return [];
      return [{ kind: 'lost', what: `is ${clip.id}, and was not found`, taskId: task.id }];
    });
}

/** What the provider has, and no record names. */
function strangersOf({ clips, tasks }: Evidence): SimulatedTask[] {
  const known = new Set([...tasks.values()].flatMap(numbersOf));
  return clips.filter(
    ({ provider, id, isDeleted }) => provider === LISTING && !known.has(id) && isDeleted !== true,
  );
}

function numbersOf(task: Task): (string | undefined)[] {
  return [numberOf(task), ...task.attempts.map(({ providerTaskId }) => providerTaskId)];
}

function numberOf({ stage }: Task): string | undefined {
  return 'providerTaskId' in stage ? stage.providerTaskId : undefined;
}

/** Whether the last create of a task had no answer, or none that decides anything. */
function isLost({ attempts }: Task): boolean {
  const last = attempts.at(-1);
  if (last === undefined || !last.route.startsWith(`${LISTING}/`)) return false;
  return last.providerTaskId === undefined && (last.outcome ?? 'unknown') === 'unknown';
}

function isOfLength(task: Task, { clip }: SimulatedTask): boolean {
  return clip.durationSeconds === currentRoute(task).durationSeconds;
}

/** Whether the list says the same of both, as far as a create may say it. */
function isAlike({ clip }: SimulatedTask, { clip: other }: SimulatedTask): boolean {
  return (
    clip.model === other.model &&
    clip.durationSeconds === other.durationSeconds &&
    clip.resolution === other.resolution &&
    clip.ratio === other.ratio &&
    clip.sound === other.sound
  );
}

/** Whether it was certainly made while the create was in flight, by the clocks of both. */
function isNear({ attempts }: Task, { reportedCreatedMs = 0 }: SimulatedTask): boolean {
  const at = attempts.at(-1)?.at ?? 0;
  return Math.abs(reportedCreatedMs - at) < SURE_MS;
}

/** The lists that had a task. */
function listsWith({ providerRequests }: Evidence, { id }: SimulatedTask): string[] {
  return providerRequests
    .filter(({ purpose, reply }) => purpose === 'list' && reply?.status === 200)
    .flatMap(({ reply }) => (reply?.body.includes(`"${id}"`) === true ? [reply.body] : []));
}
