import { OFFER_MS } from '../../domain/tasks/confirmable-until.ts';
import type { VideoRequest } from '../../domain/routes/request.ts';
import type { RouteId } from '../../domain/routes/route.ts';
import type { ClickClaim } from '../../domain/tasks/click-claim.ts';
import type { Origin } from '../../domain/tasks/origin.ts';
import type { Quote } from '../../domain/ledger/quote.ts';
import type {
  ConfirmationStore,
  OfferedWay,
  PendingConfirmation,
} from '../ports/confirmation-port.ts';
import type { Clock } from '../ports/core.ts';

/** A request that a private message offers to make in one of several ways. */
export interface Offer {
  /** The id of the interaction that the message, or a form, answers. */
  readonly interactionId: string;
  /** The key to that message; `undefined` of a form. */
  readonly answer?: PendingConfirmation['answer'];
  readonly guildId: string;
  readonly memberId: string;
  /** The route that was asked for; empty if none was. */
  readonly route: RouteId;
  readonly request: VideoRequest;
  /** The price on the button, if there is one. */
  readonly shown?: Quote;
  readonly agreedBy?: PendingConfirmation['agreedBy'];
  readonly ways?: readonly OfferedWay[];
  readonly origin?: Origin | undefined;
  readonly claim?: ClickClaim | undefined;
  readonly isAnother?: boolean | undefined;
  readonly typedDuration?: string | undefined;
}

/** Keeps an offer sealed, so that its buttons work for an hour, also after a restart. */
export async function keepOffer(
  { confirmations, clock }: { readonly confirmations: ConfirmationStore; readonly clock: Clock },
  { interactionId: id, ways = [], ...offer }: Offer,
): Promise<PendingConfirmation> {
  const pending = { ...offer, id, ways, expiresAt: clock.now() + OFFER_MS };
  await confirmations.put(pending);
  return pending;
}
