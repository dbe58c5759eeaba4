import type { Outcome } from '../../domain/tasks/outcome.ts';
import type { Task } from '../../domain/tasks/task.ts';
import type { SimulatedTask } from '../../simulators/providers/simulated-task.ts';
import type { Evidence } from './evidence.ts';
import { grouped } from './grouped.ts';
import { labelIn } from './sent-command.ts';
import type { SentCommand } from './sent-command.ts';

/** Outcomes that say that no provider accepted the task. */
export const NOT_ACCEPTED: ReadonlySet<Outcome['kind']> = new Set([
  'refused',
  'provider-busy',
  'provider-unreachable',
  'provider-paused',
  'wrong-address',
  'removed-unsent',
  'not-started',
  'prompt-unreadable',
  'media-gone',
  'media-unusable',
  'queue-expired',
  'cancelled',
]);

/** Which accepted create belongs to which command. */
export interface MatchedClips {
  /** By interaction id. */
  readonly byCommand: ReadonlyMap<string, SimulatedTask>;
  /** Accepted creates that no record is left for. */
  readonly rest: readonly SimulatedTask[];
}

/**
 * Matches accepted creates with the tasks of their label: by the provider's number where the record
 * has it, the others first with tasks that say that a provider may have them.
 */
export function matchClips({ commands, tasks, clips }: Evidence): MatchedClips {
  const byCommand = new Map<string, SimulatedTask>();
  const rest: SimulatedTask[] = [];
  for (const [label, accepted] of grouped(clips, ({ clip }) => labelIn(clip.prompt))) {
    const recorded = recordedOf(commands, label, tasks);
    for (const { command, task } of recorded) {
      const known = accepted.find(({ id }) => numberOf(task) === id);
      if (known !== undefined) byCommand.set(command.handle.id, known);
    }
    const open = recorded
      .filter(({ command }) => !byCommand.has(command.handle.id))
      .toSorted((a, b) => doubtOf(a.task) - doubtOf(b.task));
    const taken = new Set(recorded.map(({ command }) => byCommand.get(command.handle.id)));
    for (const clip of accepted.filter((one) => !taken.has(one))) {
      const next = open.shift();
      if (next === undefined) rest.push(clip);
      else byCommand.set(next.command.handle.id, clip);
    }
  }
  return { byCommand, rest };
}

interface Recorded {
  readonly command: SentCommand;
  readonly task: Task;
}

function recordedOf(
  commands: readonly SentCommand[],
  label: string | undefined,
  tasks: Evidence['tasks'],
): Recorded[] {
  return commands
    .filter((command) => command.label === label)
    .flatMap((command) => {
      const task = tasks.get(command.handle.id);
      return task === undefined ? [] : [{ command, task }];
    });
}

/** 0 for a task that a provider may have; 2 for one that it cannot have even if its refusal lied. */
function doubtOf({ stage }: Task): number {
  if (!('outcome' in stage) || !NOT_ACCEPTED.has(stage.outcome.kind)) return 0;
  return stage.outcome.kind === 'refused' ? 1 : 2;
}

/** The provider's number of a task, if its record has it. */
function numberOf({ stage }: Task): string | undefined {
  return 'providerTaskId' in stage ? stage.providerTaskId : undefined;
}
