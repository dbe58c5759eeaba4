import type { Attempt } from '../../domain/tasks/attempt.ts';
import { currentRoute, isAuto, providerOf, providerOfRoute } from '../../domain/tasks/plan.ts';
import type { SwitchReason } from '../../domain/tasks/plan.ts';
import type { Task } from '../../domain/tasks/task.ts';
import type { Evidence } from './evidence.ts';
import type { Finding } from './finding.ts';
import { labelIn } from './sent-command.ts';

type Answer = Attempt['outcome'];

/** The answers after which a task is sent again by the same route: no task was made. */
const AGAIN: ReadonlySet<Answer> = new Set(['busy', 'not-sent', 'assets-unready']);

/**
 * The answers after which it goes on by the next one for that reason. `paused` needs none: another
 * task was refused for the account. Nor does what another task, or an upload, met before its first.
 */
const ON: Readonly<Record<SwitchReason, ReadonlySet<Answer>>> = {
  busy: new Set(['busy', 'not-sent', 'assets-unready']),
  unreachable: new Set(['not-sent', 'busy', 'assets-unready']),
  'wrong-address': new Set(['wrong-address']),
  refused: new Set(['refused']),
  paused: AGAIN,
};

/** Reasons that only an answer to a create of the route itself can give. */
const OF_A_CREATE: ReadonlySet<SwitchReason> = new Set(['wrong-address', 'refused']);

/**
 * Checks the attempts of each `auto` task: in the order of its plan, each but the last with a certain
 * "no", and neither more nor fewer than its providers were asked.
 */
export function judgeAttempts(evidence: Evidence): Finding[] {
  return [...evidence.tasks.values()]
    .filter((task) => isAuto(task))
    .flatMap((task) => [
      ...judgeAnswers(task),
      ...judgeReasons(task),
      ...judgeMaker(evidence, task),
      ...judgeAsked(evidence, task),
    ]);
}

const saying = (taskId: string, kind: Finding['kind'], what: string): Finding => ({
  kind,
  what,
  taskId,
});

/** Checks the answer to each attempt but the last. */
function judgeAnswers({ id, attempts, plan }: Task): Finding[] {
  const indexOf = ({ route }: Attempt): number =>
    plan.routes.findIndex((planned) => planned.route === route);
  return attempts.flatMap((attempt, index): Finding[] => {
    const place = indexOf(attempt);
    if (place < 0) return [saying(id, 'off', `${attempt.route} is not in its plan`)];
    const next = attempts[index + 1];
    if (next === undefined) return [];
    const { outcome = 'no answer', route } = attempt;
    if (indexOf(next) < place) return [saying(id, 'doubled', `goes back from ${route}`)];
    const because = plan.routes[place + 1]?.because;
    const allowed = next.route === route || because === undefined ? AGAIN : ON[because];
    const isAllowed = allowed.has(attempt.outcome);
    const what = `was sent to ${next.route} after "${outcome}" of ${route}`;
    return isAllowed ? [] : [saying(id, 'doubled', what)];
  });
}

/** Checks that a route which was left for an answer to a create had one. */
function judgeReasons({ id, attempts, plan }: Task): Finding[] {
  return plan.routes.flatMap(({ route }, index): Finding[] => {
    const because = plan.routes[index + 1]?.because;
    if (because === undefined || !OF_A_CREATE.has(because)) return [];
    const last = attempts.findLast((attempt) => attempt.route === route);
    return last?.outcome === because
      ? []
      : [saying(id, 'off', `left ${route} as "${because}" after "${last?.outcome ?? 'nothing'}"`)];
  });
}

/** Checks that the provider's task is one of the route that the books name. */
function judgeMaker({ clips }: Evidence, task: Task): Finding[] {
  const number = 'providerTaskId' in task.stage ? task.stage.providerTaskId : undefined;
  const made = clips.find(({ id }) => id === number);
  if (made === undefined) return [];
  const { route, durationSeconds, resolution } = currentRoute(task);
  const { model, ...clip } = made.clip;
  const isOfRoute =
    isOf(route, `${made.provider}/${model}`) &&
    clip.durationSeconds === durationSeconds &&
    clip.resolution === resolution;
  const what = `${made.provider} made ${clip.durationSeconds} s of ${model} for ${route}`;
  return isOfRoute ? [] : [saying(task.id, 'off', what)];
}

/** What these models are called in requests, where that is not their name. */
const NAMES: Readonly<Record<string, string>> = {
  'ark/seedance-2.0-mini': 'ark/dreamina-seedance-2-0-mini-260615',
  'gpu/wan-2.2-5b': 'gpu/Wan-AI/Wan2.2-TI2V-5B-Diffusers',
};

function isOf(route: string, made: string): boolean {
  return made.startsWith(NAMES[route] ?? route);
}

/** The answers which show that the provider read a request. */
const READ: ReadonlySet<Answer> = new Set(['created', 'refused', 'busy', 'assets-unready']);

/** Checks that each provider was asked as often as the attempts of this prompt say. */
function judgeAsked(evidence: Evidence, task: Task): Finding[] {
  const { commands, tasks, restore, providerRequests } = evidence;
  // What was sent after a copy is in no record of it.
  if (restore !== undefined) return [];
  const label = commands.find(({ handle }) => handle.id === task.interactionId)?.label;
  const same = commands
    .filter((command) => command.label === label)
    .flatMap(({ handle }) => tasks.get(handle.id) ?? []);
  const attempts = same.flatMap((one) => one.attempts);
  const providers = new Set([providerOf(task), ...attempts.map(providerOfRoute)]);
  return [...providers].flatMap((provider): Finding[] => {
    const asked = providerRequests.filter(
      (one) => one.provider === provider && one.purpose === 'create' && labelIn(one.body) === label,
    ).length;
    const own = attempts.filter((attempt) => providerOfRoute(attempt) === provider);
    const least = own.filter(({ outcome }) => READ.has(outcome)).length;
    const most = own.filter(({ outcome }) => outcome !== 'not-sent').length;
    const what = `${provider} was asked ${asked} times, by ${own.length} attempts of ${least} answers`;
    if (asked > most) return [saying(task.id, 'doubled', what)];
    return asked < least ? [saying(task.id, 'off', what)] : [];
  });
}
