import { CONFIRMATION_MS } from '../domain/tasks/confirmable-until.ts';
import type { Quote } from '../domain/ledger/quote.ts';
import type { VideoRequest } from '../domain/routes/request.ts';
import type { Route } from '../domain/routes/route.ts';
import type { ConfirmationStore, PendingConfirmation } from './ports/confirmation-port.ts';
import type { Clock, Log } from './ports/core.ts';

/**
 * That the caller is asked for a price. Nothing is reserved; `id` names the pending request for the
 * button. `was`: the price that the caller has just confirmed, and that holds no more.
 */
export interface PriceQuestion {
  readonly kind: 'confirm';
  readonly id: string;
  readonly quote: Quote;
  readonly was?: Quote;
}

interface Asking {
  readonly interactionId: string;
  readonly guildId: string;
  readonly memberId: string;
  readonly route: Route;
  readonly request: VideoRequest;
  readonly confirms?: PendingConfirmation;
}

/** Keeps the request with the price to be shown; one that this call confirmed is used up by it. */
export async function askForPrice(
  { confirmations, clock }: { readonly confirmations: ConfirmationStore; readonly clock: Clock },
  { interactionId: id, guildId, memberId, route, request, confirms }: Asking,
  shown: Quote,
): Promise<PriceQuestion> {
  const expiresAt = clock.now() + CONFIRMATION_MS;
  const pending = { id, guildId, memberId, route: route.id, request, shown, expiresAt };
  await confirmations.put(pending, confirms?.id);
  const was = confirms?.shown;
  return { kind: 'confirm', id, quote: shown, ...(was === undefined ? {} : { was }) };
}

/** Makes a button good again whose next question came too late to be shown; never throws. */
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
