import type { Task } from '../../domain/tasks/task.ts';
import type { Evidence } from './evidence.ts';
import type { Finding } from './finding.ts';
import { grouped } from './grouped.ts';
import { CONNECTIONS_CUT } from './incident-patterns.ts';
import type { SeenCall } from './library-calls.ts';

/** The uploads whose answers are lost, for one task that needs them. */
const MAX_LOST = 2;

/** Checks that each content was uploaded as often as answers allow, and only for tasks that need it. */
export function judgeUploads(evidence: Evidence): Finding[] {
  const uploads = evidence.libraryCalls.filter(({ call }) => call === 'upload');
  const strangers = uploads.filter(({ sha256 }) => sha256 === undefined);
  return [
    ...strangers.map(({ library }): Finding => ({
      kind: 'let-through',
      what: `${library} was sent something that nobody attached`,
    })),
    ...[...grouped(uploads, ({ library, sha256 }) => `${library} ${sha256}`).values()].flatMap(
      (same) => judgeContent(evidence, same),
    ),
  ];
}

/** Checks the uploads of one content into one library, oldest first. */
function judgeContent(evidence: Evidence, uploads: readonly SeenCall[]): Finding[] {
  const [{ library, sha256 } = { library: '', sha256: undefined }] = uploads;
  if (sha256 === undefined) return [];
  const users = usersOf(evidence, library, sha256);
  const name = evidence.media.find((one) => one.sha256 === sha256)?.name ?? 'what a video left';
  const add = (kind: Finding['kind'], what: string): Finding[] => [
    { kind, what: `${name}: ${what}`, ...(users[0] === undefined ? {} : { taskId: users[0].id }) },
  ];
  const most = Math.max(users.length, 1) * MAX_LOST * (evidence.restore === undefined ? 1 : 2);
  const unclear = uploads.filter(
    (upload, index) => !isNo(upload) && !isKnown(evidence, upload, uploads[index + 1]?.atMs),
  );
  const again = uploads
    .slice(1)
    .filter((upload, index) => isNeedless(evidence, { before: uploads[index], upload }));
  const isExpected = users.length > 0 || evidence.restore !== undefined;
  return [
    ...(isExpected ? [] : add('let-through', 'was uploaded, and no task uses it')),
    ...(unclear.length > most ? add('doubled', `${unclear.length} uploads without an answer`) : []),
    ...again.flatMap(() => add('doubled', 'was uploaded again although its id was known')),
  ];
}

/** The tasks that recorded their use of a content in a library. */
function usersOf({ tasks }: Pick<Evidence, 'tasks'>, library: string, sha256: string): Task[] {
  return [...tasks.values()].filter(({ assets = [] }) =>
    assets.some((key) => key.includes(`:${library}:`) && key.endsWith(sha256)),
  );
}

/** Answers that certainly say no: nothing lies there. */
const NOES: ReadonlySet<string> = new Set(['refused', 'rate-limited', 'raw']);

const isNo = ({ answer }: SeenCall): boolean => NOES.has(answer);

/** Whether the bot knows the id of an upload: it asked about it, or nothing kept the answer from it. */
function isKnown(evidence: Evidence, upload: SeenCall, nextAtMs = Infinity): boolean {
  if (wasNamed(evidence, upload)) return true;
  const { isRight, isDisturbed, reply, atMs } = upload;
  return (
    isRight && !isDisturbed && reply !== undefined && !wasInterrupted(evidence, atMs, nextAtMs)
  );
}

/** Whether a process ended, or connections were cut, after one moment and before another. */
function wasInterrupted({ runs, incidents }: Evidence, fromMs: number, untilMs: number): boolean {
  const ends = runs.flatMap(({ endedAtMs }) => endedAtMs ?? []);
  const cuts = incidents
    .filter(({ what }) => CONNECTIONS_CUT.test(what))
    .flatMap(({ atMs }) => atMs ?? []);
  return [...ends, ...cuts].some((at) => at >= fromMs && at <= untilMs);
}

/** Whether the bot asked about what an upload made, so that its record has the id. */
function wasNamed({ libraryCalls }: Evidence, { assetIds: [id] }: SeenCall): boolean {
  return libraryCalls.some(
    ({ call, assetIds }) => call !== 'upload' && id !== undefined && assetIds.includes(id),
  );
}

/** Whether an upload followed one whose id the bot knew, and nothing had become of that. */
function isNeedless(
  evidence: Evidence,
  { before, upload }: { readonly before: SeenCall | undefined; readonly upload: SeenCall },
): boolean {
  if (before === undefined || !isKnown(evidence, before, upload.atMs)) return false;
  const [id] = before.assetIds;
  const fate = evidence.assets.find((one) => one.id === id)?.fate.kind ?? 'active';
  const hasEnded = fate === 'vanishes' || isDeletedBefore(evidence, id, upload.atMs);
  // What nothing uses and no member has is forgotten where it cannot be deleted.
  const isForgotten =
    evidence.restore !== undefined || evidence.forgets.some(({ atMs }) => atMs <= upload.atMs);
  return !hasEnded && !isForgotten;
}

/** Whether the bot had deleted an asset at its library by then. */
export function isDeletedBefore(
  { libraryCalls }: Evidence,
  id: string | undefined,
  atMs: number,
): boolean {
  return libraryCalls.some(
    (one) =>
      one.call === 'delete' && one.atMs <= atMs && one.assetIds.some((deleted) => deleted === id),
  );
}
