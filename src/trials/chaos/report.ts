import { isAuto } from '../../domain/tasks/plan.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { FINDING_KINDS } from './finding.ts';
import type { FindingKind } from './finding.ts';
import { foundIn } from './judge-lost-creates.ts';
import type { Round } from './round.ts';

/** The sums of all rounds. */
export type Sums = Readonly<
  Record<
    | 'rounds'
    | 'commands'
    | 'tasks'
    | 'autos'
    | 'switches'
    | 'creates'
    | 'found'
    | 'videos'
    | 'kills'
    | 'restores'
    | 'holdEnds'
    | 'uploads'
    | 'forgets'
    | 'deeds'
    | 'undos'
    | 'troubles',
    number
  >
> & {
  readonly ends: Readonly<Record<string, number>>;
  /** Accepted creates by provider. */
  readonly makers: Readonly<Record<string, number>>;
  /** Videos that were made from others, by what was done to those. */
  readonly seconds: Readonly<Record<string, number>>;
  readonly findings: Readonly<Record<FindingKind, number>>;
};

export const NO_ROUNDS: Sums = {
  rounds: 0,
  commands: 0,
  tasks: 0,
  autos: 0,
  switches: 0,
  creates: 0,
  found: 0,
  videos: 0,
  kills: 0,
  restores: 0,
  holdEnds: 0,
  uploads: 0,
  forgets: 0,
  deeds: 0,
  undos: 0,
  troubles: 0,
  ends: {},
  makers: {},
  seconds: {},
  findings: { lost: 0, doubled: 0, 'let-through': 0, off: 0, leaked: 0, broken: 0 },
};

export function addRound(sums: Sums, { evidence, findings: found }: Round): Sums {
  const tasks = [...evidence.tasks.values()];
  const ends = { ...sums.ends };
  const seconds = { ...sums.seconds };
  for (const task of tasks) {
    ends[endOf(task)] = (ends[endOf(task)] ?? 0) + 1;
    const action = task.origin?.action;
    if (action !== undefined) seconds[action] = (seconds[action] ?? 0) + 1;
  }
  const makers = { ...sums.makers };
  for (const { provider } of evidence.clips) makers[provider] = (makers[provider] ?? 0) + 1;
  const findings = { ...sums.findings };
  for (const { kind } of found) findings[kind] += 1;
  const videos = evidence.messages.filter(({ attachments }) =>
    attachments.some(({ filename }) => filename.endsWith('.mp4')),
  );
  return {
    rounds: sums.rounds + 1,
    commands: sums.commands + evidence.commands.length,
    tasks: sums.tasks + evidence.tasks.size,
    autos: sums.autos + tasks.filter(isAuto).length,
    switches: sums.switches + switchesIn(tasks),
    creates: sums.creates + evidence.clips.length,
    found: sums.found + foundIn(evidence).length,
    videos: sums.videos + videos.length,
    kills: sums.kills + evidence.runs.filter(({ sent }) => sent === 'SIGKILL').length,
    restores: sums.restores + (evidence.restore === undefined ? 0 : 1),
    holdEnds: sums.holdEnds + evidence.holdEnds.length,
    uploads: sums.uploads + evidence.assets.length,
    forgets: sums.forgets + evidence.forgets.length,
    troubles: sums.troubles + evidence.incidents.length,
    ends,
    makers,
    seconds,
    deeds: sums.deeds + evidence.deeds.length,
    undos: sums.undos + evidence.settingChanges.length,
    findings,
  };
}

/** How often tasks went to a next route. */
function switchesIn(tasks: readonly Task[]): number {
  return tasks.reduce((sum, { plan }) => sum + plan.routes.length - 1, 0);
}

function endOf({ stage }: Task): string {
  if (stage.name !== 'ended') return `still ${stage.name}`;
  const { outcome } = stage;
  if (outcome.kind === 'delivered') return `delivered (${outcome.how})`;
  const isAtProvider = outcome.kind === 'cancelled' && outcome.isAtProvider === true;
  return isAtProvider ? 'cancelled (by its provider)' : outcome.kind;
}

export function renderSums(sums: Sums): string {
  return [
    `${sums.rounds} rounds: ${sums.commands} commands, ${sums.tasks} tasks (${sums.autos} by auto, which went to a next route ${sums.switches} times), ${sums.creates} creates accepted, ${sums.found} found in a list, ${sums.videos} videos posted; ${sums.kills} kills, ${sums.restores} restores, ${sums.holdEnds} ends of holds requested, ${sums.uploads} uploads into libraries, ${sums.forgets} deletions of data, ${sums.deeds} uses of menus, ${sums.undos} settings undone, ${sums.troubles} troubles`,
    `ends: ${renderCounts(sums.ends)}`,
    `accepted by: ${renderCounts(sums.makers)}`,
    `made from others: ${renderCounts(sums.seconds)}`,
    FINDING_KINDS.map((kind) => `${kind}: ${sums.findings[kind]}`).join(', '),
  ].join('\n');
}

function renderCounts(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .toSorted(([, a], [, b]) => b - a)
    .map(([what, count]) => `${what} ${count}`)
    .join(', ');
}

export function renderRound({ number, evidence, findings }: Round, ms: number): string {
  const { commands, tasks, runs, incidents } = evidence;
  const verdict = findings.length === 0 ? 'ok' : `${findings.length} FOUND`;
  return `round ${number}: ${commands.length} commands, ${tasks.size} tasks, ${switchesIn([...tasks.values()])} next routes, ${runs.length} processes, ${incidents.length} troubles, ${(ms / 1000).toFixed(1)} s: ${verdict}`;
}
