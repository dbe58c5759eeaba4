import { newReference } from '../new-reference.ts';
import type { GuildSettings } from '../../domain/guild-settings.ts';
import { snowflakeTime } from '../../domain/tasks/snowflake.ts';
import { toSubmission } from '../../domain/routes/submission.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { accountKeysFor, decideAdmission } from '../admission.ts';
import type { AdmissionRequest } from '../admission.ts';
import { NotOurs } from '../slots/not-ours.ts';
import type { BudgetShortage } from '../budget/decide-operator.ts';
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
    if (cause instanceof NotOurs) return { kind: 'elsewhere' };
    const reference = newReference();
    deps.log.error({ err: cause, interactionId, reference }, 'store does not answer');
    return { kind: 'store-down', reference };
  }
}

/** Where others always take what was granted for this call, it is not decided for ever. */
const MAX_GRANTS_ASKED = 8;

/**
 * Reserves the cost of a call. There is no await between the decision and the reservation, so that
 * no other call is decided in between.
 */
async function reserve(
  deps: AcceptVideoDeps,
  inFlight: InFlight,
  call: VideoCall,
  settings: GuildSettings,
  grantsAsked = 0,
): Promise<Decided> {
  const { confirmations } = inFlight;
  if (usedBy(call).some((id) => confirmations.has(id))) return { kind: 'already-confirmed' };
  const admissionRequest = requestOf(call);
  // A task must not be older than its call, and belongs to the windows of the time in its id.
  const now = Math.max(deps.clock.now(), snowflakeTime(call.interactionId));
  const decision = decideAdmission(deps, settings, admissionRequest, now);
  if (decision.kind === 'denied') return decision;
  if (decision.kind === 'budget-short') {
    if (grantsAsked >= MAX_GRANTS_ASKED) return { kind: 'busy' };
    return await afterGrant(deps, call, decision, async () =>
      reserve(deps, inFlight, call, settings, grantsAsked + 1),
    );
  }
  // A question about the price leaves the request beside it usable.
  const used = usedBy(decision.kind === 'confirm' ? { confirms: call.confirms } : call);
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

function requestOf(call: VideoCall): AdmissionRequest {
  const { guildId, channelId, threadOf, memberId, roleIds, route, confirms } = call;
  const submission = toSubmission(route, call.request);
  const agreed =
    call.agreed ??
    (confirms === undefined ? undefined : { shown: confirms.shown, by: 'question' as const });
  const request = { guildId, channelId, threadOf, memberId, roleIds, route, submission };
  return { ...request, ...(agreed === undefined ? {} : { agreed }) };
}

/**
 * Decides a call again once the operator's budget has granted what it needs, at the very moment. The
 * slot may be another process's by then.
 */
async function afterGrant(
  { grants, ledger, ownership }: AcceptVideoDeps,
  { guildId, memberId }: VideoCall,
  { need, resetsAtMs }: BudgetShortage,
  decideAgain: () => Promise<Decided>,
): Promise<Decided> {
  if (grants === undefined) throw new Error('a budget without grants is decided at once');
  const obtained = await grants.obtain(need, () => {
    const isOurs = ownership.tenureOf(guildId) !== undefined;
    if (!isOurs || !ledger.isLoaded(accountKeysFor(ledger, guildId, memberId))) throw new NotOurs();
    // Not waited for here: others wait for their turn behind this.
    return { decided: decideAgain() };
  });
  if (obtained.kind === 'decided') return obtained.result.decided;
  return { kind: 'denied', denial: { kind: 'budget', refusal: obtained.refusal, resetsAtMs } };
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
