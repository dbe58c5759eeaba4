import { CONFIRMATION_MS } from '../domain/tasks/confirmable-until.ts';
import type { LeftOut } from '../domain/preferences/with-preferences.ts';
import type { ClickClaim } from '../domain/tasks/click-claim.ts';
import type { Origin } from '../domain/tasks/origin.ts';
import type { PriceList } from '../domain/ledger/price-list.ts';
import type { Quote } from '../domain/ledger/quote.ts';
import type { RemainingLimit } from '../domain/ledger/remaining-limits.ts';
import type { VideoRequest } from '../domain/routes/request.ts';
import type { Route } from '../domain/routes/route.ts';
import type { AutoChoice } from '../domain/tasks/plan.ts';
import { cheaperWay } from '../domain/ways/cheaper-way.ts';
import type { Way } from '../domain/ways/way.ts';
import type { Agreement } from './admission.ts';
import type {
  CheaperOffer,
  ConfirmationStore,
  PendingConfirmation,
  UsedUp,
} from './ports/confirmation-port.ts';
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
  readonly request: VideoRequest;
  /** What is left of the limits before this video. */
  readonly left: readonly RemainingLimit[];
  readonly cheaper?: CheaperOffer;
}

interface AskDeps {
  readonly confirmations: ConfirmationStore;
  readonly priceList: PriceList | undefined;
  readonly clock: Clock;
}

interface UnconfirmedCall {
  readonly interactionId: string;
  readonly interactionToken: string;
  readonly applicationId: string;
  readonly guildId: string;
  readonly memberId: string;
  readonly route: Route;
  readonly request: VideoRequest;
  readonly auto?: AutoChoice | undefined;
  readonly leftOut?: LeftOut | undefined;
  readonly confirms?: PendingConfirmation;
  readonly agreed?: Agreement | undefined;
  readonly origin?: Origin | undefined;
  readonly claim?: ClickClaim | undefined;
  readonly usesUp?: UsedUp | undefined;
  readonly isAnother?: boolean | undefined;
}

/**
 * Stores the request with the prices to show, and with the key to the answer that shows them; a
 * confirmation that this call used is used up.
 */
export async function askForPrice(
  { confirmations, priceList, clock }: AskDeps,
  call: UnconfirmedCall,
  { quote, left }: Pick<PriceQuestion, 'quote' | 'left'>,
): Promise<PriceQuestion> {
  const { interactionId: id, guildId, memberId, route, request, confirms, agreed } = call;
  const cheaper = cheaperOffer(cheaperWay({ route, request, quote }, priceList));
  await confirmations.put(
    {
      id,
      guildId,
      memberId,
      route: route.id,
      request,
      auto: call.auto,
      leftOut: call.leftOut,
      origin: call.origin,
      claim: call.claim,
      usesUp: call.usesUp?.id,
      isAnother: call.isAnother,
      shown: quote,
      cheaper,
      answer: { applicationId: call.applicationId, token: call.interactionToken },
      expiresAt: clock.now() + CONFIRMATION_MS,
    },
    confirms?.id,
  );
  const was = confirms === undefined ? undefined : (agreed?.shown ?? confirms.shown);
  return {
    kind: 'confirm',
    id,
    quote,
    request,
    left,
    ...(was === undefined ? {} : { was }),
    ...(cheaper === undefined ? {} : { cheaper }),
  };
}

function cheaperOffer(way: Way | undefined): CheaperOffer | undefined {
  const resolution = way?.request.resolution;
  if (way === undefined || resolution === undefined) return undefined;
  return { resolution, shown: way.quote };
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
