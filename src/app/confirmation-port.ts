import type { VideoRequest } from '../domain/routes/request.ts';
import type { RouteId } from '../domain/routes/route.ts';
import type { StoredRecord } from './record-store-port.ts';

/** A priced request waiting for its caller's yes; nothing is reserved for it. */
export interface PendingConfirmation {
  /** The id of the `/video` interaction. */
  readonly id: string;
  readonly guildId: string;
  readonly memberId: string;
  readonly route: RouteId;
  readonly request: VideoRequest;
  /** After this the button does nothing any more, in milliseconds. */
  readonly expiresAt: number;
}

export interface ConfirmationStore {
  /** Never over one that is there: the same interaction may be delivered twice. */
  put(pending: PendingConfirmation): Promise<void>;
  /** Undefined: never there, used, or swept away after it expired. */
  get(id: string): Promise<PendingConfirmation | undefined>;
  /** To be written together with the task that uses it up, so that it works once. */
  used(id: string): StoredRecord;
  /** Removes what has expired. */
  sweep(nowMs: number): Promise<void>;
}
