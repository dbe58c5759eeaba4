import type { LeftOut } from '../../domain/preferences/with-preferences.ts';
import type { OfferedBy } from '../../domain/ledger/agreed-price.ts';
import type { Quote } from '../../domain/ledger/quote.ts';
import type { VideoRequest } from '../../domain/routes/request.ts';
import type { Resolution } from '../../domain/routes/options.ts';
import type { RouteId } from '../../domain/routes/route.ts';
import type { ClickClaim } from '../../domain/tasks/click-claim.ts';
import type { Origin } from '../../domain/tasks/origin.ts';
import type { AutoChoice } from '../../domain/tasks/plan.ts';
import type { StoredRecord } from './record-store-port.ts';

/** A choice that is offered for a pending request: a route, and its price as it is shown. */
export interface OfferedWay {
  readonly route: RouteId;
  /** Where it differs from that of the request. */
  readonly resolution?: Resolution | undefined;
  readonly shown: Quote;
}

/** The same video at a lower resolution, as it is offered beside the price. */
export interface CheaperOffer {
  readonly resolution: Resolution;
  readonly shown: Quote;
}

/** By which the answer that has the buttons can be edited. The token must not be logged. */
interface AnswerKey {
  readonly applicationId: string;
  readonly token: string;
}

/**
 * A request whose caller has yet to confirm its price or, of an offer, to choose how it is made;
 * nothing is reserved for it.
 */
export interface PendingConfirmation {
  /** The id of the interaction whose reply showed the price: a `/video`, or an earlier click. */
  readonly id: string;
  readonly guildId: string;
  readonly memberId: string;
  /** The route that was asked for; of an offer without one, empty. */
  readonly route: RouteId;
  readonly request: VideoRequest;
  /** How `auto` chose the route; `undefined` if the member did. */
  readonly auto?: AutoChoice | undefined;
  /** Preferences of the member that the route does not take. */
  readonly leftOut?: LeftOut | undefined;
  /** The price that was shown, or that it was unknown; `undefined` in records of older versions. */
  readonly shown?: Quote | undefined;
  /** Of an offer of one more video: by which click that price was agreed to; else by its own choice. */
  readonly agreedBy?: OfferedBy | undefined;
  readonly cheaper?: CheaperOffer | undefined;
  /** `undefined` of a form, in records of older versions, and if the encryption key was lost. */
  readonly answer?: AnswerKey | undefined;
  /** What an offer's select offers, in its order; `undefined` for a price. */
  readonly ways?: readonly OfferedWay[] | undefined;
  /** Of a video that is made from something: what the task is to record. */
  readonly origin?: Origin | undefined;
  readonly claim?: ClickClaim | undefined;
  /** The pending request that the task uses up besides this one. */
  readonly usesUp?: string | undefined;
  /** Whether another video is wanted although the last one of its click is not finished. */
  readonly isAnother?: boolean | undefined;
  /** Of an offer: what was typed in a form where a length belongs, if it is none. */
  readonly typedDuration?: string | undefined;
  /** After this the button has no effect, in milliseconds. */
  readonly expiresAt: number;
}

/** A confirmation as shown to its member; without its request if the encryption key was lost. */
export type KeptConfirmation = Omit<PendingConfirmation, 'request' | 'answer'> & {
  readonly request?: VideoRequest;
};

/** A pending request that a task uses up, and the answer whose buttons then do nothing any more. */
export type UsedUp = Pick<PendingConfirmation, 'id' | 'answer'>;

export interface ConfirmationStore {
  /**
   * Writes a confirmation, but never overwrites one: an interaction may be delivered twice.
   * `inPlaceOf`: the id of one with an outdated price, used up by the same commit.
   */
  put(pending: PendingConfirmation, inPlaceOf?: string): Promise<void>;
  /** Restores a confirmation whose successor was never shown, and removes the successor. */
  restore(pending: PendingConfirmation, successorId: string): Promise<void>;
  /** `undefined` when it never existed, was used, or was deleted after it expired. */
  get(id: string): Promise<PendingConfirmation | undefined>;
  /** Keeps an offer for longer, unless it is used up. */
  extend(pending: PendingConfirmation, expiresAt: number): Promise<void>;
  /** The record to write in the same commit as the task that uses it up, so that it works once. */
  used(id: string): StoredRecord;
  /** Every confirmation of a member, including expired ones that are not deleted yet. */
  ofMember(memberId: string): Promise<KeptConfirmation[]>;
  /** Removes confirmations, so that their buttons have no effect. */
  remove(ids: readonly string[]): Promise<void>;
  /** Removes expired confirmations. */
  sweep(nowMs: number): Promise<void>;
}
