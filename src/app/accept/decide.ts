import { newReference } from '../new-reference.ts';
import type { GuildSettings } from '../../domain/guild-settings.ts';
import { snowflakeTime } from '../../domain/tasks/snowflake.ts';
import { toSubmission } from '../../domain/routes/submission.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { accountKeysFor, decideAdmission } from '../admission.ts';
import { askForPrice } from '../ask-for-price.ts';
import { taskOfClick } from '../second/task-of-click.ts';
import type { AcceptVideoDeps } from './accept-deps.ts';
import { usedBy } from './in-flight.ts';
import type { InFlight } from './in-flight.ts';
import { newTask } from './new-task.ts';
import type { Acceptance, VideoCall } from './video-call.ts';

/**
 * A task whose cost is reserved: in memory or, if `isWritten`, on disk as `acknowledging`; or the
 * reply that says why there is none.
 */
export type Decided =
  | { readonly kind: 'admitted'; readonly task: Task; readonly isWritten: boolean }
  | Acceptance;

/** Decides a call. Fails closed: if the store does not answer, nothing is accepted. */
export async function decide(
  deps: AcceptVideoDeps,
  inFlight: InFlight,
  call: VideoCall,
): Promise<Decided> {
  const { guildId, memberId, interactionId } = call;
  try {
    const [settings, isKnown, made] = await Promise.all([
      deps.guilds.get(guildId),
      deps.store.isClaimed(interactionId),
      call.claim === undefined || call.isAnother === true
        ? undefined
        : taskOfClick(deps, call.claim),
      deps.ledger.load(accountKeysFor(deps.ledger, guildId, memberId)),
    ]);
    if (isKnown) return { kind: 'duplicate' };
    if (made !== undefined) return { kind: 'already-made', task: made };
    return await reserve(deps, inFlight, call, settings);
  } catch (cause) {
    const reference = newReference();
    deps.log.error({ err: cause, interactionId, reference }, 'store does not answer');
    return { kind: 'store-down', reference };
  }
}

/**
 * Reserves the cost of a call. There is no await between the decision and the reservation, so that
 * no other call is decided in between.
 */
async function reserve(
  deps: AcceptVideoDeps,
  { confirmations }: InFlight,
  call: VideoCall,
  settings: GuildSettings,
): Promise<Decided> {
  const {
    guildId,
    channelId,
    threadOf,
    memberId,
    roleIds,
    route,
    request,
    confirms,
    interactionId,
  } = call;
  if (usedBy(call).some((id) => confirmations.has(id))) return { kind: 'already-confirmed' };
  const submission = toSubmission(route, request);
  const confirmed = confirms === undefined ? undefined : { shown: confirms.shown };
  const given = call.agreed ?? confirmed;
  const agreed = given === undefined ? {} : { agreed: given };
  const location = { guildId, channelId, threadOf, memberId, roleIds };
  const admissionRequest = { ...location, route, submission, ...agreed };
  // A task must not be older than its call, and belongs to the windows of the time in its id.
  const now = Math.max(deps.clock.now(), snowflakeTime(interactionId));
  const decision = decideAdmission(deps, settings, admissionRequest, now);
  if (decision.kind === 'denied') return decision;
  // A question about the price leaves the request beside it usable.
  const used = usedBy(decision.kind === 'confirm' ? { confirms } : call);
  for (const id of used) confirmations.add(id);
  try {
    return decision.kind === 'confirm'
      ? await askForPrice(deps, call, decision)
      : await keep(deps, newTask(deps.newTaskId(now), call, decision.admitted, settings));
  } catch (cause) {
    for (const id of used) confirmations.delete(id);
    throw cause;
  }
}

async function keep(deps: AcceptVideoDeps, task: Task): Promise<Decided> {
  const { active, areWritesFailing, handOver, store } = deps;
  if (!areWritesFailing()) {
    store.reserve(task);
    active.add(task);
    return { kind: 'admitted', task, isWritten: false };
  }
  active.add(task);
  try {
    await store.create(task);
  } catch (cause) {
    active.remove(task.id);
    handOver(task);
    throw cause;
  }
  return { kind: 'admitted', task, isWritten: true };
}
