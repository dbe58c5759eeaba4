import type { ClickClaim, MadeByClick } from '../../domain/tasks/click-claim.ts';
import type { StoredRecord } from './record-store-port.ts';

/** What clicks were made into, so that a second click makes nothing. */
export interface ClickClaims {
  /** The last task of such a click; `undefined` if there is none, or it was long ago. */
  find(claim: ClickClaim): Promise<MadeByClick | undefined>;
  /** The record to write in the same commit as the first record of the task. */
  recordOf(claim: ClickClaim, made: MadeByClick): StoredRecord;
}
