import type { Task } from '../../domain/tasks/task.ts';
import type { Evidence } from './evidence.ts';
import type { Finding } from './finding.ts';
import { grouped } from './grouped.ts';
import { CONNECTIONS_CUT } from './incident-patterns.ts';
import type { SeenCall } from './library-calls.ts';

/** The uploads whose answers are lost, for one task that needs them. */
const MAX_LOST = 2;

/** Checks that each content was uploaded as often as answers allow, and only for whom needs it. */
export function judgeUploads(evidence: Evidence): Finding[] {
  const uploads = evidence.libraryCalls.filter(({ call }) => call === 'upload');
  const strangers = uploads.filter(({ sha256 }) => sha256 === undefined);
  return [
    ...strangers.map(({ library }): Finding => ({
      kind: 'let-through',
      what: `${library} was sent something that nobody attached`,
    })),
    ...contentsOf(uploads).flatMap((same) => judgeContent(evidence, same)),
  ];
}

const RECORD_PREFIX = 'asset:';

/** The uploads of each content into each library, oldest first. */
function contentsOf(uploads: readonly SeenCall[]): SeenCall[][] {
  const groups = grouped(uploads, ({ library, way, sha256 }) => `${library} ${way} ${sha256}`);
  return [...groups.values()];
}

/** How many servers have a record of a content in a library, or a task that wanted it there. */
function serversOf(
  { records, tasks }: Evidence,
  { library, sha256 }: { readonly library: string; readonly sha256: string },
): number {
  const kept = [...records.keys()].flatMap((key) =>
    key.startsWith(RECORD_PREFIX) ? key.slice(RECORD_PREFIX.length) : [],
  );
  // What was refused at last has no record any more.
  const wanted = [...tasks.values()].flatMap(({ assets = [] }) => assets);
  const keys = [...kept, ...wanted].filter(
    (key) => key.includes(`:${library}:`) && key.endsWith(sha256),
  );
  return new Set(keys).size;
}

/** Checks the uploads of one content into one library, oldest first. */
function judgeContent(evidence: Evidence, uploads: readonly SeenCall[]): Finding[] {
  const [first] = uploads;
  if (first?.sha256 === undefined) return [];
  const { library, sha256 } = first;
  const tasks = usersOf(evidence, { library, sha256 });
  const names = evidence.namings.filter((one) => one.sha256 === sha256);
  const users = library === FULL ? tasks.length : tasks.length + names.length;
  const name = evidence.media.find((one) => one.sha256 === sha256)?.name ?? 'what a video left';
  const add = (kind: Finding['kind'], what: string): Finding[] => [
    { kind, what: `${name}: ${what}`, ...(tasks[0] === undefined ? {} : { taskId: tasks[0].id }) },
  ];
  const most = Math.max(users, 1) * MAX_LOST * (evidence.restore === undefined ? 1 : 2);
  const unclear = uploads.filter(
    (upload, index) => !isNo(upload) && !isKnown(evidence, upload, uploads[index + 1]?.atMs),
  );
  const pairs = uploads.slice(1).map((upload, index) => ({ before: uploads[index], upload }));
  // Each server has an upload of its own.
  const others = Math.max(serversOf(evidence, { library, sha256 }) - 1, 0);
  const again = pairs.filter((pair) => isNeedless(evidence, pair, users)).slice(others);
  const unsearched = pairs.filter((pair) => isUnsearched(evidence, pair));
  const isExpected = users > 0 || evidence.restore !== undefined || wasLeft(evidence, sha256);
  return [
    ...(isExpected ? [] : add('let-through', 'was uploaded, and nothing uses it')),
    ...(unclear.length > most ? add('doubled', `${unclear.length} uploads without an answer`) : []),
    ...again.flatMap(() => add('doubled', 'was uploaded again although its id was known')),
    ...unsearched.flatMap(() => add('doubled', 'was uploaded again without a search for it')),
  ];
}

/** Whether a task that attached it has gone on to a route that takes it without a library. */
function wasLeft({ commands, tasks, media }: Evidence, sha256: string): boolean {
  const names = media.filter((one) => one.sha256 === sha256).map(({ name }) => name);
  return commands.some(({ handle, media: attached = [] }) => {
    const routes = tasks.get(handle.id)?.plan.routes ?? [];
    return routes.length > 1 && attached.some((name) => names.includes(name));
  });
}

/** Only tasks bring media there. */
const FULL = 'jimmy/full';

/** The tasks that recorded their use of a content in a library. */
export function usersOf(
  { tasks }: Pick<Evidence, 'tasks'>,
  { library, sha256 }: { readonly library: string; readonly sha256: string | undefined },
): Task[] {
  if (sha256 === undefined) return [];
  return [...tasks.values()].filter(({ assets = [] }) =>
    assets.some((key) => key.includes(`:${library}:`) && key.endsWith(sha256)),
  );
}

/** The uploads whose id the bot certainly knows. */
export function answeredUploads(evidence: Evidence): SeenCall[] {
  const uploads = evidence.libraryCalls.filter(({ call }) => call === 'upload');
  return contentsOf(uploads).flatMap((same) =>
    same.filter((upload, index) => isKnown(evidence, upload, same[index + 1]?.atMs)),
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

/**
 * Whether a process ended or was removed as dead, or connections were cut, after one moment and before
 * another.
 */
function wasInterrupted(
  { runs, incidents, noted }: Evidence,
  fromMs: number,
  untilMs: number,
): boolean {
  const ends = [
    ...runs.flatMap(({ endedAtMs }) => endedAtMs ?? []),
    ...noted.members.flatMap(({ gone }) => gone ?? []),
  ];
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

/** Two uploads of one content, of which one followed the other. */
interface Repeated {
  readonly before: SeenCall | undefined;
  readonly upload: SeenCall;
}

/** Fates of what was never usable. */
const TURNED_DOWN: ReadonlySet<string> = new Set(['failed', 'rejected', 'never-there']);

/** Whether an upload followed one whose id the bot knew, and nothing had become of that. */
function isNeedless(evidence: Evidence, { before, upload }: Repeated, users: number): boolean {
  if (before === undefined || !isKnown(evidence, before, upload.atMs)) return false;
  const [id] = before.assetIds;
  const fate = evidence.assets.find((one) => one.id === id)?.fate.kind ?? 'active';
  // The next task that needs it puts it there anew; the one that it was turned down for does not.
  const wasTurnedDown = TURNED_DOWN.has(fate) && users > 1;
  // It was marked for its deletion before, which a cut connection or a kill puts off.
  const isDeleted = isDeletedBefore(evidence, id, Infinity);
  const hasEnded = fate === 'vanishes' || wasTurnedDown || isDeleted;
  return !hasEnded && !isForgottenBy(evidence, upload.atMs);
}

/** Whether an upload followed one without an answer, and the library's list was not searched for it. */
function isUnsearched(evidence: Evidence, { before, upload }: Repeated): boolean {
  if (before === undefined || !LISTS.has(upload.library)) return false;
  if (isNo(before) || isKnown(evidence, before, upload.atMs)) return false;
  const isSearched = evidence.libraryCalls.some(
    ({ call, name, isRight, atMs }) =>
      call === 'list' &&
      isRight &&
      name === before.name &&
      atMs >= before.atMs &&
      atMs <= upload.atMs,
  );
  return !isSearched && !isForgottenBy(evidence, upload.atMs);
}

/** The libraries whose documents have a list. */
const LISTS: ReadonlySet<string> = new Set(['anyfast/assets']);

/** What nothing uses and no member has is forgotten where it cannot be deleted; so it is in a copy. */
function isForgottenBy({ restore, forgets }: Evidence, atMs: number): boolean {
  return restore !== undefined || forgets.some((one) => one.atMs <= atMs);
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
