import { CONFIRMATION_MS } from '../domain/tasks/confirmable-until.ts';
import type { LeftOut } from '../domain/preferences/with-preferences.ts';
import type { ClickClaim } from '../domain/tasks/click-claim.ts';
import type { Origin } from '../domain/tasks/origin.ts';
import type { Quote } from '../domain/ledger/quote.ts';
import type { VideoRequest } from '../domain/routes/request.ts';
import type { Route } from '../domain/routes/route.ts';
import type { ConfirmationStore, PendingConfirmation } from './ports/confirmation-port.ts';
import type { Clock, Log } from './ports/core.ts';

/**
 * The question whether the caller accepts a price. Nothing is reserved; `id` names the pending
 * request for the button. `was`: the price that the caller confirmed before it changed.
 */
export interface PriceQuestion {
  readonly kind: 'confirm';
  readonly id: string;
  readonly quote: Quote;
  readonly was?: Quote;
}

interface UnconfirmedCall {
  readonly interactionId: string;
  readonly guildId: string;
  readonly memberId: string;
  readonly route: Route;
  readonly request: VideoRequest;
  readonly leftOut?: LeftOut | undefined;
  readonly confirms?: PendingConfirmation;
  readonly origin?: Origin | undefined;
  readonly claim?: ClickClaim | undefined;
  readonly usesUp?: string | undefined;
}

/** Stores the request with the price to show; a confirmation that this call used is used up. */
export async function askForPrice(
  { confirmations, clock }: { readonly confirmations: ConfirmationStore; readonly clock: Clock },
  {
    interactionId: id,
    guildId,
    memberId,
    route,
    request,
    leftOut,
    confirms,
    ...from
  }: UnconfirmedCall,
  shown: Quote,
): Promise<PriceQuestion> {
  const { origin, claim, usesUp } = from;
  const expiresAt = clock.now() + CONFIRMATION_MS;
  const asked = { id, guildId, memberId, route: route.id, request, leftOut };
  const pending = { ...asked, origin, claim, usesUp, shown, expiresAt };
  await confirmations.put(pending, confirms?.id);
  const was = confirms?.shown;
  return { kind: 'confirm', id, quote: shown, ...(was === undefined ? {} : { was }) };
}

/**
 * Makes the earlier button work again when its new question came too late to be shown; never
 * throws.
 */
export async function withdrawQuestion(
  { confirmations, log }: { readonly confirmations: ConfirmationStore; readonly log: Log },
  question: PriceQuestion,
  confirmed: PendingConfirmation,
): Promise<void> {
  try {
    await confirmations.restore(confirmed, question.id);
  } catch (cause) {
    log.error({ err: cause, interactionId: confirmed.id }, 'price button could not be restored');
  }
}
