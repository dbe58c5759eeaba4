import { routesTaking, validateRequest } from '../../domain/routes/validate.ts';
import { withdrawQuestion } from '../ask-for-price.ts';
import { withinLimit } from '../within-limit.ts';
import type { AcceptVideoDeps } from './accept-deps.ts';
import { acknowledge } from './acknowledge.ts';
import { decideAndWrite } from './decide-and-write.ts';
import type { Decided } from './decide-and-write.ts';
import { endUnstarted } from './end-unstarted.ts';
import { createInFlight } from './in-flight.ts';
import type { InFlight } from './in-flight.ts';
import type { Acceptance, AcceptVideo, VideoCall } from './video-call.ts';

/** After this the caller is told that the bot is busy: Discord waits 3 s for the first answer. */
const DECISION_LIMIT_MS = 2000;

/**
 * Decides a `/video` and starts its task: judged, reserved and written as about to be acknowledged,
 * acknowledged, written as queued. It starts only when the last of these has happened.
 */
export function createAcceptVideo(deps: AcceptVideoDeps): AcceptVideo {
  const inFlight = createInFlight();

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
    const decided = await withinLimit(deps.clock, msToDecide(deps, call), deciding);
    if (decided === 'late') {
      // The caller is told "busy": what is written late must not start after all. Until that is known
      // the interaction stays in flight: delivered again, it would be reserved twice.
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

/** What is left of the time for the decision, counted from the call's arrival, in milliseconds. */
function msToDecide({ clock }: AcceptVideoDeps, { receivedElapsed }: VideoCall): number {
  const elapsed = clock.elapsed();
  return (receivedElapsed ?? elapsed) + DECISION_LIMIT_MS - elapsed;
}

async function acknowledgeDecided(
  deps: AcceptVideoDeps,
  { confirmations }: InFlight,
  call: VideoCall,
  decided: Decided,
): Promise<Acceptance> {
  if (decided.kind !== 'written') return decided;
  const acceptance = await acknowledge(deps, call, decided.task);
  // A click that started nothing has not used its button up.
  if (acceptance.kind !== 'accepted' && call.confirms !== undefined) {
    confirmations.delete(call.confirms.id);
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
  if (late.kind === 'written') await endUnstarted(deps, late.task);
  if (confirms !== undefined && (late.kind === 'written' || late.kind === 'confirm')) {
    // The question that took the place of this one is shown to nobody.
    if (late.kind === 'confirm') await withdrawQuestion(deps, late, confirms);
    confirmations.delete(confirms.id);
  }
  interactions.delete(interactionId);
}
