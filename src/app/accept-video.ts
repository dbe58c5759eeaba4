import { randomUUID } from 'node:crypto';
import type { RequestIssue } from '../domain/routes/request-issue.ts';
import type { Language } from '../domain/language.ts';
import type { VideoRequest } from '../domain/routes/request.ts';
import type { Route } from '../domain/routes/route.ts';
import { routesTaking, validateRequest } from '../domain/routes/validate.ts';
import { moneyAtStage } from '../domain/tasks/money-at-stage.ts';
import { effectiveRatio, effectiveResolution, toSubmission } from '../domain/routes/submission.ts';
import type { Task } from '../domain/tasks/task.ts';
import { accountKeysFor, decideAdmission } from './admission.ts';
import type { AdmissionDecision, AdmissionDeps, Admitted, PolicyDenial } from './admission.ts';
import { askForPrice, withdrawQuestion } from './ask-for-price.ts';
import type { PriceQuestion } from './ask-for-price.ts';
import type { ConfirmationStore, PendingConfirmation } from './ports/confirmation-port.ts';
import type { GuildSettings } from '../domain/guild-settings.ts';
import type { Clock, Log, TaskStore } from './ports/core.ts';
import type { StoredRecord } from './ports/record-store-port.ts';
import type { ProviderPauses } from './ports/provider-pauses-port.ts';
import type { GuildSettingsStore } from './ports/guild-settings-port.ts';

/** After this the caller is told that the bot is busy: Discord waits 3 s for the first answer. */
const DECISION_LIMIT_MS = 2000;

/** One `/video` as called. */
export interface VideoCall {
  readonly interactionId: string;
  readonly interactionToken: string;
  readonly applicationId: string;
  /** When the interaction arrived, in milliseconds. */
  readonly receivedAt: number;
  /** The same by the clock that never goes back; absent: just now. */
  readonly receivedElapsed?: number;
  readonly guildId: string;
  readonly channelId: string;
  /** The channel whose thread this is; undefined where it is none. */
  readonly threadOf: string | undefined;
  readonly memberId: string;
  readonly language: Language;
  readonly attachmentLimitBytes: number;
  readonly roleIds: readonly string[];
  readonly route: Route;
  readonly request: VideoRequest;
  /** The pending request that the caller confirms by this call; absent: a fresh `/video`. */
  readonly confirms?: PendingConfirmation;
  /** Makes the public reply: the claim on the interaction. */
  readonly acknowledge: () => Promise<Acknowledgement>;
}

/** Whether the public reply stands. `unclear`: Discord's answer never came. */
export type Acknowledgement =
  | { readonly kind: 'acknowledged'; readonly messageId: string | undefined }
  | { readonly kind: 'taken-by-another' }
  | { readonly kind: 'refused' | 'unclear'; readonly detail: string };

/** Anything but the last four is to be answered, to the caller alone. */
export type Acceptance =
  | { readonly kind: 'refused'; readonly faults: RequestIssue[]; readonly alternatives: Route[] }
  | { readonly kind: 'provider-paused'; readonly until: number }
  | { readonly kind: 'denied'; readonly denial: PolicyDenial }
  | PriceQuestion
  | { readonly kind: 'already-confirmed' }
  | { readonly kind: 'busy' }
  | { readonly kind: 'store-down'; readonly reference: string }
  | { readonly kind: 'accepted' }
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'not-acknowledged' }
  /** Acknowledged, but not written: the task's message says that nothing began. */
  | { readonly kind: 'not-begun' };

export interface AcceptVideoDeps extends AdmissionDeps {
  readonly store: TaskStore;
  readonly guilds: GuildSettingsStore;
  readonly confirmations: ConfirmationStore;
  readonly pauses: ProviderPauses;
  readonly routesOn: readonly Route[];
  readonly clock: Clock;
  readonly log: Log;
  /** Hands a task that has begun to the worker. */
  readonly handOver: (task: Task) => void;
}

export type AcceptVideo = (call: VideoCall) => Promise<Acceptance>;

/** What is being decided now, so that the same thing is not decided twice. */
interface InFlight {
  /** Interactions: the same one may be delivered twice. */
  readonly interactions: Set<string>;
  /** Confirmations that a task or another confirmation was written for, or is about to be. */
  readonly confirmations: Set<string>;
}

/**
 * Decides a `/video` and begins its task: judged, reserved and written as about to be acknowledged,
 * acknowledged, written as queued. It begins only when the last of these has happened.
 */
export function createAcceptVideo(deps: AcceptVideoDeps): AcceptVideo {
  const inFlight: InFlight = { interactions: new Set(), confirmations: new Set() };

  return async (call) => {
    const { route, request, interactionId } = call;
    const faults = validateRequest(route, request);
    if (faults.length > 0) {
      return { kind: 'refused', faults, alternatives: routesTaking(request, deps.routesOn, route) };
    }
    const pausedUntil = deps.pauses.until(route.provider);
    if (pausedUntil !== undefined) return { kind: 'provider-paused', until: pausedUntil };
    if (inFlight.interactions.has(interactionId)) return { kind: 'duplicate' };
    inFlight.interactions.add(interactionId);
    const deciding = decideAndWrite(deps, inFlight, call);
    const decided = await withinLimit(deps.clock, call, deciding);
    if (decided === 'late') {
      // The caller is told "busy": what is written late must not begin after all. Until it is known
      // the interaction stays under way: delivered again, it would be reserved twice.
      void endLate(deps, inFlight, call, deciding);
      return { kind: 'busy' };
    }
    try {
      return await acknowledgeDecided(deps, inFlight, call, decided);
    } finally {
      inFlight.interactions.delete(interactionId);
    }
  };
}

async function acknowledgeDecided(
  deps: AcceptVideoDeps,
  inFlight: InFlight,
  call: VideoCall,
  decided: Decided,
): Promise<Acceptance> {
  if (decided.kind !== 'written') return decided;
  const acceptance = await acknowledge(deps, call, decided.task);
  // A click that began nothing has not used its button up.
  if (acceptance.kind !== 'accepted' && call.confirms !== undefined) {
    inFlight.confirmations.delete(call.confirms.id);
  }
  return acceptance;
}

async function endLate(
  deps: AcceptVideoDeps,
  { confirmations, interactions }: InFlight,
  { confirms, interactionId }: VideoCall,
  deciding: Promise<Decided>,
): Promise<void> {
  const late = await deciding;
  if (late.kind === 'written') await endQuietly(deps, late.task);
  if (confirms !== undefined && (late.kind === 'written' || late.kind === 'confirm')) {
    // The question that took the place of this one is shown to nobody.
    if (late.kind === 'confirm') await withdrawQuestion(deps, late, confirms);
    confirmations.delete(confirms.id);
  }
  interactions.delete(interactionId);
}

/** Written with the task that begins, so that a button works once. */
function usedUp({ confirmations }: AcceptVideoDeps, { confirms }: VideoCall): StoredRecord[] {
  return confirms === undefined ? [] : [confirmations.used(confirms.id)];
}

type Decided = { readonly kind: 'written'; readonly task: Task } | Acceptance;

/** Fails closed: where the store does not answer, nothing is decided in the caller's favour. */
async function decideAndWrite(
  deps: AcceptVideoDeps,
  inFlight: InFlight,
  call: VideoCall,
): Promise<Decided> {
  try {
    const { guildId, memberId, interactionId } = call;
    const [settings, isKnown] = await Promise.all([
      deps.guilds.get(guildId),
      deps.store.has(interactionId),
      deps.ledger.load(accountKeysFor(guildId, memberId)),
    ]);
    if (isKnown) return { kind: 'duplicate' };
    return await reserve(deps, inFlight, call, settings);
  } catch (cause) {
    const reference = randomUUID().slice(0, 8);
    deps.log.error({ err: cause, taskId: call.interactionId, reference }, 'store does not answer');
    return { kind: 'store-down', reference };
  }
}

/** From the decision to its being counted there is no await: nobody else is decided in between. */
async function reserve(
  deps: AcceptVideoDeps,
  { confirmations }: InFlight,
  call: VideoCall,
  settings: GuildSettings,
): Promise<Decided> {
  const clicked = call.confirms?.id;
  if (clicked !== undefined && confirmations.has(clicked)) return { kind: 'already-confirmed' };
  const decision = admissionOf(deps, settings, call);
  if (decision.kind === 'denied') return decision;
  if (clicked !== undefined) confirmations.add(clicked);
  try {
    return decision.kind === 'confirm'
      ? await askForPrice(deps, call, decision.quote)
      : await writeTask(deps, newTask(call, decision.admitted, settings));
  } catch (cause) {
    if (clicked !== undefined) confirmations.delete(clicked);
    throw cause;
  }
}

async function writeTask(deps: AcceptVideoDeps, task: Task): Promise<Decided> {
  deps.active.add(task);
  try {
    await deps.store.create(task);
  } catch (cause) {
    deps.active.remove(task.id);
    // The disk may have it after all: then the worker ends it as one that never began.
    deps.handOver(task);
    throw cause;
  }
  return { kind: 'written', task };
}

function admissionOf(
  deps: AcceptVideoDeps,
  settings: GuildSettings,
  call: VideoCall,
): AdmissionDecision {
  const { guildId, channelId, threadOf, memberId, roleIds, route, request, confirms } = call;
  const submission = toSubmission(route, request);
  const agreed = confirms === undefined ? {} : { agreed: { shown: confirms.shown } };
  const place = { guildId, channelId, threadOf, memberId, roleIds };
  const applicant = { ...place, route, submission, ...agreed };
  return decideAdmission(deps, settings, applicant, deps.clock.now());
}

async function withinLimit(
  clock: Clock,
  call: VideoCall,
  deciding: Promise<Decided>,
): Promise<Decided | 'late'> {
  let cancel: (() => void) | undefined;
  const late = new Promise<'late'>((resolve) => {
    const elapsed = clock.elapsed();
    const left = (call.receivedElapsed ?? elapsed) + DECISION_LIMIT_MS - elapsed;
    cancel = clock.after(left, () => {
      resolve('late');
    });
  });
  try {
    return await Promise.race([deciding, late]);
  } finally {
    cancel?.();
  }
}

async function acknowledge(
  deps: AcceptVideoDeps,
  call: VideoCall,
  task: Task,
): Promise<Acceptance> {
  const answer = await call.acknowledge();
  switch (answer.kind) {
    case 'acknowledged': {
      const started: Task = {
        ...task,
        address: { ...task.address, messageId: answer.messageId },
        stage: { name: 'queued', creates: 0, notSent: 0, notBefore: deps.clock.now() },
      };
      try {
        await deps.store.save(started, started, usedUp(deps, call));
      } catch (cause) {
        deps.log.error({ err: cause, taskId: task.id }, 'acknowledged task could not be written');
        // Still "acknowledging" in the store: the worker tells that it never began.
        deps.handOver(task);
        return { kind: 'not-begun' };
      }
      deps.log.info({ taskId: task.id, route: call.route.id, guildId: call.guildId }, 'task begun');
      deps.handOver(started);
      return { kind: 'accepted' };
    }
    case 'unclear':
      deps.log.warn({ taskId: task.id, detail: answer.detail }, 'acknowledgement unclear');
      // Nothing is owed; where the reply stands after all, the worker makes it say so.
      deps.handOver(task);
      return { kind: 'not-acknowledged' };
    case 'refused':
    case 'taken-by-another':
      deps.log.warn({ taskId: task.id, answer: answer.kind }, 'interaction not acknowledged');
      await endQuietly(deps, task);
      return { kind: 'not-acknowledged' };
  }
}

function newTask(call: VideoCall, admitted: Admitted, settings: GuildSettings): Task {
  const { route, request } = call;
  const ratio = effectiveRatio(route, request.ratio);
  return {
    id: call.interactionId,
    guildId: call.guildId,
    memberId: call.memberId,
    language: settings.language ?? call.language,
    acceptedAt: call.receivedAt,
    settings: {
      route: route.id,
      durationSeconds: request.durationSeconds ?? route.duration.default,
      resolution: effectiveResolution(route, request.resolution),
      ...(ratio === undefined ? {} : { ratio }),
    },
    attachmentLimitBytes: call.attachmentLimitBytes,
    address: {
      applicationId: call.applicationId,
      channelId: call.channelId,
      tokenSince: call.receivedAt,
      deliveryPath: 'webhook',
    },
    stage: { name: 'acknowledging' },
    quote: admitted.quote,
    money: { state: 'reserved', amounts: admitted.need },
    windows: admitted.windows,
    journalMonth: admitted.journalMonth,
    secrets: {
      submission: toSubmission(route, request),
      interactionToken: call.interactionToken,
    },
  };
}

/** Ends a task that did not begin; where even that cannot be written, the worker does it. */
async function endQuietly(deps: AcceptVideoDeps, task: Task): Promise<void> {
  const endedAt = deps.clock.now();
  const stage = {
    name: 'ended',
    outcome: { kind: 'not-started' },
    endedAt,
    notified: false,
  } as const;
  try {
    await deps.store.end({ ...task, stage, ...moneyAtStage(task, stage) }, task);
    deps.active.remove(task.id);
  } catch (cause) {
    deps.log.error({ err: cause, taskId: task.id }, 'task that did not begin could not be ended');
    deps.handOver(task);
  }
}
