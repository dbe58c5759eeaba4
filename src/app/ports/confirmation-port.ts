import type { Quote } from '../../domain/ledger/quote.ts';
import type { VideoRequest } from '../../domain/routes/request.ts';
import type { RouteId } from '../../domain/routes/route.ts';
import type { StoredRecord } from './record-store-port.ts';

/** A request waiting for its caller's yes to a price; nothing is reserved for it. */
export interface PendingConfirmation {
  /** The id of the interaction that was answered with the price: a `/video`, or an earlier click. */
  readonly id: string;
  readonly guildId: string;
  readonly memberId: string;
  readonly route: RouteId;
  readonly request: VideoRequest;
  /** The price that was shown, or that it was unknown; absent where an older version wrote it. */
  readonly shown?: Quote | undefined;
  /** After this the button does nothing any more, in milliseconds. */
  readonly expiresAt: number;
}

/** One as its member may see it; without its request where the key that sealed it was lost. */
export type KeptConfirmation = Omit<PendingConfirmation, 'request'> & {
  readonly request?: VideoRequest;
};

export interface ConfirmationStore {
  /**
   * Never over one that is there: the same interaction may be delivered twice. `inPlaceOf`: the id of
   * one that is used up by the same commit, for its price holds no more.
   */
  put(pending: PendingConfirmation, inPlaceOf?: string): Promise<void>;
  /** Makes one good again whose successor nobody was shown. */
  restore(pending: PendingConfirmation, successorId: string): Promise<void>;
  /** Undefined: never there, used, or swept away after it expired. */
  get(id: string): Promise<PendingConfirmation | undefined>;
  /** To be written together with the task that uses it up, so that it works once. */
  used(id: string): StoredRecord;
  /** What is kept of a member: waiting, or expired and not swept away yet. */
  ofMember(memberId: string): Promise<KeptConfirmation[]>;
  /** Their buttons do nothing any more. */
  remove(ids: readonly string[]): Promise<void>;
  /** Removes what has expired. */
  sweep(nowMs: number): Promise<void>;
}
