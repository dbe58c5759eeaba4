import { routesAccepting, validateRequest } from '../../domain/routes/validate.ts';
import { withdrawQuestion } from '../ask-for-price.ts';
import type { AcceptVideoDeps } from './accept-deps.ts';
import { DECISION_LIMIT_MS, msToDecide, withinDecision } from './decision-limit.ts';
import { decide } from './decide.ts';
import type { Decided } from './decide.ts';
import { endUnstarted } from './end-unstarted.ts';
import { clickKey } from '../../domain/tasks/click-claim.ts';
import { createInFlight, usedBy } from './in-flight.ts';
import type { InFlight } from './in-flight.ts';
import { release, replyFirst } from './reply-first.ts';
import type { Acceptance, AcceptVideo, OwnedCall, VideoCall } from './video-call.ts';
import { acknowledgeWritten } from './write-first.ts';

/**
 * Creates the function that decides a `/video` and starts its task: it checks the request, reserves
 * the cost in memory, acknowledges the interaction, and then writes the task by one commit, before
 * which nothing reaches a provider. After a commit that failed it writes the task before it
 * acknowledges.
 */
export function createAcceptVideo(deps: AcceptVideoDeps): AcceptVideo {
  const inFlight = createInFlight();

  return async (call) => {
    const { route, request, interactionId } = call;
    const issues = validateRequest(route, request);
    if (issues.length > 0) {
      return {
        kind: 'invalid',
        issues,
        alternatives: routesAccepting(request, deps.routesOn, route),
      };
    }
    const pausedUntil = deps.pauses.until(route.provider);
    if (pausedUntil !== undefined) {
      const open = deps.routesOn.filter(
        ({ provider }) => deps.pauses.until(provider) === undefined,
      );
      return { kind: 'provider-paused', until: pausedUntil, open };
    }
    // What was read before took too long, and the caller has been answered.
    if (msToDecide(deps.clock, call) <= 0) return { kind: 'busy' };
    const tenure = deps.ownership.tenureOf(call.guildId);
    if (tenure?.mayAct(DECISION_LIMIT_MS) !== true) return { kind: 'elsewhere' };
    if (isKnown(inFlight, interactionId)) return { kind: 'duplicate' };
    const click = call.claim === undefined ? undefined : clickKey(call.claim);
    if (click !== undefined && inFlight.clicks.has(click)) {
      return { kind: 'already-made', task: undefined };
    }
    enter(inFlight, interactionId, click);
    const deciding = decide(deps, inFlight, call);
    const decided = await withinDecision(deps.clock, call, deciding);
    if (decided === 'late') {
      // The reply is "busy", so a task that is written late must not start. Until the outcome is
      // known the interaction stays in flight, or a second delivery of it would reserve twice.
      void endLate(deps, inFlight, call, deciding).finally(() => {
        leave(inFlight, interactionId, click);
      });
      return { kind: 'busy' };
    }
    try {
      return await acknowledgeDecided(deps, inFlight, { call, tenure }, decided);
    } finally {
      leave(inFlight, interactionId, click);
    }
  };
}

function enter(
  { interactions, clicks }: InFlight,
  interactionId: string,
  click: string | undefined,
): void {
  interactions.add(interactionId);
  if (click !== undefined) clicks.add(click);
}

function leave(
  { interactions, clicks }: InFlight,
  interactionId: string,
  click: string | undefined,
): void {
  interactions.delete(interactionId);
  if (click !== undefined) clicks.delete(click);
}

function isKnown({ interactions, unclear }: InFlight, interactionId: string): boolean {
  return interactions.has(interactionId) || unclear.has(interactionId);
}

async function acknowledgeDecided(
  deps: AcceptVideoDeps,
  inFlight: InFlight,
  owned: OwnedCall,
  decided: Decided,
): Promise<Acceptance> {
  if (decided.kind !== 'admitted') return decided;
  const { task, isWritten } = decided;
  const { call } = owned;
  const acceptance = isWritten
    ? await acknowledgeWritten(deps, owned, task)
    : await replyFirst(deps, inFlight, owned, task);
  // A click that started nothing must not use up its button.
  if (acceptance.kind !== 'accepted') freeAll(inFlight, call);
  return acceptance;
}

async function endLate(
  deps: AcceptVideoDeps,
  inFlight: InFlight,
  call: VideoCall,
  deciding: Promise<Decided>,
): Promise<void> {
  const late = await deciding;
  if (late.kind === 'admitted') {
    if (late.isWritten) await endUnstarted(deps, late.task);
    else release(deps, late.task);
    freeAll(inFlight, call);
  }
  if (late.kind === 'confirm' && call.confirms !== undefined) {
    // The new question that replaced this one is never shown.
    await withdrawQuestion(deps, late, call.confirms);
    inFlight.confirmations.delete(call.confirms.id);
  }
}

function freeAll({ confirmations }: InFlight, call: VideoCall): void {
  for (const id of usedBy(call)) confirmations.delete(id);
}
