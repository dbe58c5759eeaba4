import type { Task } from '../../domain/tasks/task.ts';
import { BRIEF } from './pace.ts';
import { FAULTS } from './finding.ts';
import type { Fault } from './finding.ts';
import type { Round } from './round.ts';

/** What rounds came to, added up. */
export type Sums = Readonly<
  Record<
    | 'rounds'
    | 'commands'
    | 'tasks'
    | 'creates'
    | 'videos'
    | 'kills'
    | 'restores'
    | 'holdEnds'
    | 'troubles',
    number
  >
> & {
  readonly ends: Readonly<Record<string, number>>;
  readonly faults: Readonly<Record<Fault, number>>;
};

export const NOTHING: Sums = {
  rounds: 0,
  commands: 0,
  tasks: 0,
  creates: 0,
  videos: 0,
  kills: 0,
  restores: 0,
  holdEnds: 0,
  troubles: 0,
  ends: {},
  faults: { lost: 0, doubled: 0, 'let-through': 0, off: 0, leaked: 0, broken: 0 },
};

export function addRound(sums: Sums, { evidence, findings }: Round): Sums {
  const ends = { ...sums.ends };
  for (const task of evidence.tasks.values()) ends[endOf(task)] = (ends[endOf(task)] ?? 0) + 1;
  const faults = { ...sums.faults };
  for (const { fault } of findings) faults[fault] += 1;
  const videos = evidence.messages.filter(({ attachments }) =>
    attachments.some(({ filename }) => filename.endsWith('.mp4')),
  );
  return {
    rounds: sums.rounds + 1,
    commands: sums.commands + evidence.takes.length,
    tasks: sums.tasks + evidence.tasks.size,
    creates: sums.creates + evidence.clips.length,
    videos: sums.videos + videos.length,
    kills: sums.kills + evidence.lives.filter(({ sent }) => sent === 'SIGKILL').length,
    restores: sums.restores + (evidence.restore === undefined ? 0 : 1),
    holdEnds: sums.holdEnds + evidence.holdEnds.length,
    troubles: sums.troubles + evidence.incidents.length,
    ends,
    faults,
  };
}

function endOf({ stage }: Task): string {
  if (stage.name !== 'ended') return `still ${stage.name}`;
  const { outcome } = stage;
  return outcome.kind === 'delivered' ? `delivered (${outcome.how})` : outcome.kind;
}

export function renderSums(sums: Sums): string {
  const ends = Object.entries(sums.ends)
    .toSorted(([, a], [, b]) => b - a)
    .map(([end, count]) => `${end} ${count}`);
  return [
    `${sums.rounds} rounds: ${sums.commands} commands, ${sums.tasks} tasks, ${sums.creates} creates accepted, ${sums.videos} videos posted; ${sums.kills} kills, ${sums.restores} restores, ${sums.holdEnds} ends of holds asked for, ${sums.troubles} troubles`,
    `ends: ${ends.join(', ')}`,
    FAULTS.map((fault) => `${fault}: ${sums.faults[fault]}`).join(', '),
  ].join('\n');
}

export function renderRound({ number, evidence, findings }: Round, ms: number): string {
  const { takes, tasks, lives, incidents } = evidence;
  const verdict = findings.length === 0 ? 'ok' : `${findings.length} FOUND`;
  return `round ${number}: ${takes.length} commands, ${tasks.size} tasks, ${lives.length} processes, ${incidents.length} troubles, ${(ms / 1000).toFixed(1)} s: ${verdict}`;
}

const LAST_LINES = 30;

/** Everything that is needed to understand a round that failed. */
export function renderFindings({ seed, number, pace, evidence, findings }: Round): string {
  const concerned = new Set(findings.flatMap(({ taskId }) => taskId ?? []));
  return [
    `seed ${seed}, round ${number}: npm run chaos -- --seed ${seed} --from ${number} --rounds 1${pace === BRIEF ? ' --brief' : ''}`,
    ...findings.map(({ fault, what, taskId }) => `  ${fault}: ${what} (${taskId ?? 'round'})`),
    `incidents of the round: ${evidence.incidents
      .filter(({ take }) => take === undefined)
      .map(({ what }) => what)
      .join(', ')}`,
    ...evidence.takes
      .filter(({ handle }) => concerned.has(evidence.tasks.get(handle.id)?.id ?? handle.id))
      .flatMap(({ handle }) => renderTake(evidence, handle.id)),
    'last lines:',
    ...evidence.lines.slice(-LAST_LINES).map((line) => `  ${line}`),
  ].join('\n');
}

function renderTake(evidence: Round['evidence'], id: string): string[] {
  const take = evidence.takes.find(({ handle }) => handle.id === id);
  if (take === undefined) return [];
  const { label, handle } = take;
  const clip = evidence.clips.find(({ clip: { prompt } }) => prompt === take.prompt);
  const requests = evidence.providerRequests.filter(
    ({ body, path }) =>
      JSON.stringify(body ?? '').includes(label) || (clip !== undefined && path.includes(clip.id)),
  );
  const met = evidence.incidents.filter((incident) => incident.take === label);
  const task = evidence.tasks.get(id);
  const repostId = task?.address.repostId;
  return [
    `task ${task?.id ?? 'without a record'} of ${id} (${label}), met: ${met.map(({ what }) => what).join(', ')}`,
    `  record: ${shown(task)}`,
    `  acknowledgement: ${JSON.stringify(handle.acknowledgement())}`,
    '  message versions:',
    ...handle.versions().map(renderVersion),
    ...evidence.messages
      .filter((message) => message.id === repostId)
      .map((message) => `  repost: ${renderVersion(message)}`),
    '  provider requests:',
    ...requests.map(({ method, path, answer, atMs }) => `    ${atMs} ${method} ${path} ${answer}`),
    '  its lines:',
    ...evidence.lines
      .filter((line) => line.includes(id) || line.includes(task?.id ?? id))
      .map((line) => `    ${line}`),
  ];
}

/** As JSON; amounts are whole numbers that JSON does not know. */
function shown(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'bigint' ? String(part) : part,
  );
}

function renderVersion({
  at,
  via,
  text,
  attachments,
  deleted,
}: Round['evidence']['messages'][number]) {
  const files = attachments.map(({ filename }) => filename).join(' ');
  return `    ${at} ${via}${deleted ? ' deleted' : ''}: ${text.replaceAll('\n', ' | ')} [${files}]`;
}
