import { findRoute } from '../domain/routes/catalogue.ts';
import type { Catalogue } from '../domain/routes/catalogue.ts';
import {
  forgottenCreateOf,
  lostAttemptOf,
  lostCreateOf,
  mayBeFindable,
  nextSearch,
  providerIdsOf,
} from '../domain/tasks/lost-create.ts';
import { matchLost } from '../domain/tasks/match-lost.ts';
import type { ListedTask, LostCreate } from '../domain/tasks/match-lost.ts';
import { currentRoute, providerOf, providerOfRoute } from '../domain/tasks/plan.ts';
import { isOlderSnowflake, snowflakeAt } from '../domain/tasks/snowflake.ts';
import { isReadable, submissionOf } from '../domain/tasks/task-request.ts';
import type { Task } from '../domain/tasks/task.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../domain/time-units.ts';
import type { HoldActions } from './hold-actions.ts';
import { startLoop } from './loop.ts';
import type { Loop } from './loop.ts';
import type { AttemptLog } from './ports/attempt-log-port.ts';
import type { Clock, Log, TaskStore } from './ports/core.ts';
import type { Ownership } from './ports/ownership-port.ts';
import type { Restore } from './ports/store-origin-port.ts';
import type { ProviderPort, TaskSearch } from './ports/provider-port.ts';

/** Holds are read this often, so that a new one is found before it is first searched. */
const PASS_EVERY_MS = 5 * SECOND_MS;
const UNSURE_WAIT_MS = SECOND_MS;
const FAILURE_WAIT_MS = MINUTE_MS;

export interface LostCreatesDeps {
  readonly store: Pick<TaskStore, 'heldIds' | 'get' | 'visitSince'>;
  readonly attemptLog: Pick<AttemptLog, 'attemptsSince'>;
  readonly holds: Pick<HoldActions, 'resumeFound'>;
  readonly catalogue: Catalogue;
  readonly providers: ReadonlyMap<string, Pick<ProviderPort, 'search'>>;
  readonly ownership: Ownership;
  readonly clock: Clock;
  readonly log: Log;
  /** How long a task may wait before its create, in milliseconds. */
  readonly taskTimeoutMs: number;
  /** The last restore of the store: its records do not know what was made between. */
  readonly restore?: Restore | undefined;
}

/** A provider with a list. */
interface Searched {
  readonly id: string;
  readonly search: TaskSearch;
}

/** A held task that is searched for. */
interface Wanted {
  readonly guildId: string;
  readonly provider: string;
  /** When its create was sent. */
  readonly sentAt: number;
  /** When it was last searched for in a list that was read. */
  searchedAt?: number;
  /** Not before this, because a list could not be read or the task was not over. */
  notBefore: number;
}

/** What this process knows of the holds; a restart begins anew. */
interface SearchState {
  readonly wanted: Map<string, Wanted>;
  /** Holds that are not searched for, or not any more. */
  readonly others: Map<string, { readonly guildId: string }>;
  /** The guilds of holds that another process owned when they were read; it may hand them over. */
  readonly elsewhere: Map<string, string>;
  /** When a restore of the store was detected at the latest. */
  restoredBy: number;
}

/**
 * Starts searching for creates whose answer never came, in the lists of their providers: a held task of
 * which exactly one listed task can be goes on as running. Nothing is sent again or released here.
 * What was found is in the task's record; a restart searches once more for what is still held.
 */
export function startLostCreates(deps: LostCreatesDeps): Loop {
  const { clock, log } = deps;
  const state: SearchState = {
    wanted: new Map(),
    others: new Map(),
    elsewhere: new Map(),
    restoredBy: deps.restore?.found ?? Infinity,
  };
  return startLoop(clock, async (signal) => {
    if (searchedOf(deps).length === 0) return HOUR_MS;
    if (!clock.isSure()) return UNSURE_WAIT_MS;
    state.restoredBy = Math.min(state.restoredBy, clock.now());
    try {
      await noteHolds(deps, state);
      for (const searched of searchedOf(deps)) {
        if (!signal.aborted) await searchAt(deps, state, searched, signal);
      }
      return PASS_EVERY_MS;
    } catch (cause) {
      log.warn({ err: cause }, 'lost creates not searched for; trying again');
      return FAILURE_WAIT_MS;
    }
  });
}

function searchedOf({ providers }: LostCreatesDeps): Searched[] {
  return [...providers].flatMap(([id, { search }]) =>
    search === undefined ? [] : [{ id, search }],
  );
}

/** Notes which holds are searched for; each is read once by the process that owns it. */
async function noteHolds(deps: LostCreatesDeps, state: SearchState): Promise<void> {
  const { wanted, others, elsewhere } = state;
  const { store, clock, taskTimeoutMs } = deps;
  const keptMs = Math.max(...searchedOf(deps).map(({ search }) => search.keptMs));
  const oldest = snowflakeAt(clock.now() - keptMs - taskTimeoutMs);
  const ids = new Set(await store.heldIds());
  for (const known of [wanted, others, elsewhere]) {
    for (const id of known.keys()) if (!ids.has(id)) known.delete(id);
  }
  forgetLost(deps, state);
  for (const id of ids) {
    if (wanted.has(id) || others.has(id) || isOlderSnowflake(id, oldest)) continue;
    const task = await readOwn(deps, state, id);
    if (task !== 'elsewhere') note(deps, state, id, task);
  }
}

function note(
  deps: LostCreatesDeps,
  { wanted, others }: SearchState,
  id: string,
  task: Task | undefined,
): void {
  const sentAt = task && wantedSince(deps, task);
  // A task without a record has no guild.
  const guildId = task?.guildId ?? '';
  if (task === undefined || sentAt === undefined) others.set(id, { guildId });
  else wanted.set(id, { guildId, provider: providerOf(task), sentAt, notBefore: 0 });
}

/** Another process may have gone on with them by the time that they are this one's again. */
function forgetLost(
  { ownership }: LostCreatesDeps,
  { wanted, others, elsewhere }: SearchState,
): void {
  for (const known of [wanted, others]) {
    for (const [id, { guildId }] of known) {
      if (ownership.owns(guildId)) continue;
      known.delete(id);
      elsewhere.set(id, guildId);
    }
  }
}

async function readOwn(
  { store, ownership }: LostCreatesDeps,
  { elsewhere }: SearchState,
  id: string,
): Promise<Task | 'elsewhere' | undefined> {
  const guild = elsewhere.get(id);
  if (guild !== undefined && !ownership.owns(guild)) return 'elsewhere';
  const task = await store.get(id);
  if (task === undefined || ownership.owns(task.guildId)) return task;
  elsewhere.set(id, task.guildId);
  return 'elsewhere';
}

/** When the create of a task was sent that is searched for; `undefined` if it is not. */
function wantedSince(deps: LostCreatesDeps, task: Task): number | undefined {
  const { catalogue, providers } = deps;
  if (!mayBeFindable(task)) return undefined;
  if (providers.get(providerOf(task))?.search === undefined) return undefined;
  // Otherwise nothing but the time could tell which listed task it is.
  const isKnown = findRoute(catalogue, currentRoute(task).route) !== undefined && isReadable(task);
  return isKnown ? lostAttemptOf(task)?.at : undefined;
}

/** Searches for what is due at one provider. */
async function searchAt(
  deps: LostCreatesDeps,
  { wanted, others, restoredBy }: SearchState,
  searched: Searched,
  signal: AbortSignal,
): Promise<void> {
  const now = deps.clock.now();
  const due = new Map<string, Wanted>();
  for (const [id, one] of wanted) {
    if (one.provider !== searched.id || one.notBefore > now) continue;
    const at = nextSearch(one.sentAt, one.searchedAt);
    if (at === undefined) {
      wanted.delete(id);
      others.set(id, one);
    } else if (at <= now) due.set(id, one);
  }
  if (due.size === 0) return;
  const found = await findIn(deps, searched, { due: [...due.values()], restoredBy }, signal);
  for (const [taskId, one] of due) {
    if (found === undefined) one.notBefore = now + FAILURE_WAIT_MS;
    else await resume(deps, { taskId, one, now }, found.get(taskId));
  }
}

async function resume(
  { holds }: LostCreatesDeps,
  { taskId, one, now }: { readonly taskId: string; readonly one: Wanted; readonly now: number },
  match: ListedTask | undefined,
): Promise<void> {
  const answer = match && (await holds.resumeFound(taskId, match.providerTaskId));
  // Its caller is not notified yet: it is searched for again in the next pass.
  if (answer?.kind !== 'under-way') one.searchedAt = now;
}

/** Which listed tasks the provider's lost creates became; `undefined` if its list was not read. */
async function findIn(
  deps: LostCreatesDeps,
  { id, search }: Searched,
  { due, restoredBy }: { readonly due: readonly Wanted[]; readonly restoredBy: number },
  signal: AbortSignal,
): Promise<ReadonlyMap<string, ListedTask> | undefined> {
  const { log, store, taskTimeoutMs } = deps;
  const since = Math.min(...due.map(({ sentAt }) => sentAt)) - MINUTE_MS;
  const answer = await search.list(since, signal);
  if (answer.kind === 'no-answer') {
    log.warn({ provider: id, detail: answer.detail }, 'list of tasks not read');
    return undefined;
  }
  // After the list: what a create was answered until now is known, whatever the list has.
  const known = new Set<string>();
  const lost: LostCreate[] = [];
  await store.visitSince(since - taskTimeoutMs, (task) => {
    for (const providerTaskId of providerIdsOf(task)) known.add(providerTaskId);
    const create = lostAt(deps, { id, search }, task);
    if (create !== undefined) lost.push(create);
  });
  const unknown = answer.tasks.filter(({ providerTaskId }) => !known.has(providerTaskId));
  const maybe = matchLost(lost, unknown);
  // Its lines are read only if something hangs on them.
  const forgotten = maybe.size === 0 ? [] : await forgottenSince(deps, since);
  const found = forgotten.length === 0 ? maybe : matchLost([...lost, ...forgotten], unknown);
  log.info(
    { provider: id, listed: answer.tasks.length, lost: lost.length, found: found.size },
    'list of tasks read for lost creates',
  );
  const certain = lost.filter((create) => !mayBeOfOthers(deps, restoredBy, create));
  return new Map(
    certain.flatMap(({ taskId }) => {
      const match = found.get(taskId);
      return match === undefined ? [] : [[taskId, match]];
    }),
  );
}

/**
 * The creates that the attempt log has of tasks without a record: a copy of the store that was put back
 * does not know them, or a member's data were deleted.
 */
async function forgottenSince(
  { attemptLog, store }: LostCreatesDeps,
  since: number,
): Promise<LostCreate[]> {
  const forgotten: LostCreate[] = [];
  const known = new Map<string, boolean>();
  for (const { taskId, at } of await attemptLog.attemptsSince(since)) {
    const isKnown = known.get(taskId) ?? (await store.get(taskId)) !== undefined;
    known.set(taskId, isKnown);
    if (!isKnown) forgotten.push(forgottenCreateOf(taskId, at));
  }
  return forgotten;
}

/** How much earlier than it says a copy may have been made, in milliseconds. */
const COPY_SLACK_MS = MINUTE_MS;

/**
 * Whether a listed task may be one that the store has forgotten in a restore: another member's, or one
 * that was delivered then.
 */
function mayBeOfOthers(
  { restore }: LostCreatesDeps,
  restoredBy: number,
  { from, until }: LostCreate,
): boolean {
  return restore !== undefined && until >= restore.since - COPY_SLACK_MS && from <= restoredBy;
}

/**
 * A create of this provider without an answer, also one in flight or one whose hold was resolved: a
 * listed task may be its own.
 */
function lostAt(
  { catalogue }: LostCreatesDeps,
  { id, search }: Searched,
  task: Task,
): LostCreate | undefined {
  const attempt = lostAttemptOf(task);
  if (attempt === undefined || providerOfRoute(attempt) !== id) return undefined;
  const route = findRoute(catalogue, attempt.route);
  const submission = route && submissionOf(task, route);
  // What cannot be read any more may have been anything.
  return lostCreateOf(task, attempt, submission === undefined ? {} : search.expects(submission));
}
