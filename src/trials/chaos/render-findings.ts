import { matchClips } from './match-clips.ts';
import { BRIEF } from './pace.ts';
import type { Round } from './round.ts';

const LAST_LINES = 30;

/** Renders everything that is needed to understand a failed round. */
export function renderFindings({ seed, number, pace, evidence, findings }: Round): string {
  const concerned = new Set(findings.flatMap(({ taskId }) => taskId ?? []));
  return [
    `seed ${seed}, round ${number}: npm run chaos -- --seed ${seed} --from ${number} --rounds 1${pace === BRIEF ? ' --brief' : ''}`,
    ...findings.map(({ kind, what, taskId }) => `  ${kind}: ${what} (${taskId ?? 'round'})`),
    `incidents of the round: ${evidence.incidents
      .filter(({ label }) => label === undefined)
      .map(({ what }) => what)
      .join(', ')}`,
    ...evidence.commands
      .filter(({ handle }) => concerned.has(evidence.tasks.get(handle.id)?.id ?? handle.id))
      .flatMap(({ handle }) => renderCommand(evidence, handle.id)),
    'last lines:',
    ...evidence.lines.slice(-LAST_LINES).map((line) => `  ${line}`),
  ].join('\n');
}

function renderCommand(evidence: Round['evidence'], id: string): string[] {
  const command = evidence.commands.find(({ handle }) => handle.id === id);
  if (command === undefined) return [];
  const { label, handle } = command;
  const clip = matchClips(evidence).byCommand.get(id);
  const requests = evidence.providerRequests.filter(
    ({ body, path }) =>
      JSON.stringify(body ?? '').includes(label) || (clip !== undefined && path.includes(clip.id)),
  );
  const met = evidence.incidents.filter(
    (incident) => incident.label === label && (incident.interactionId ?? id) === id,
  );
  const task = evidence.tasks.get(id);
  const repostId = task?.address.repostId;
  return [
    `task ${task?.id ?? 'without a record'} of ${id} (${label}), met: ${met.map(({ what }) => what).join(', ')}`,
    `  record: ${jsonOf(task)}`,
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

/** The value as JSON, with each bigint as text. */
function jsonOf(value: unknown): string {
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
