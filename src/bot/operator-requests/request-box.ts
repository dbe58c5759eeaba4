import type { OperatorAnswer, OperatorRequest } from './request.ts';

/** A request is waiting, then taken by a bot, then answered. */
export const REQUEST_STATES = ['waiting', 'taken', 'answer'] as const;
export type RequestState = (typeof REQUEST_STATES)[number];

/** The most bytes of a request or an answer: more than twice the length of any. */
export const MAX_REQUEST_BYTES = 8192;

/** Where the operator leaves requests for a running bot, and finds the answers. */
export interface RequestBox {
  /** Everything in it. */
  list(): Promise<readonly { readonly id: string; readonly state: RequestState }[]>;
  put(request: OperatorRequest): Promise<void>;
  /** `undefined` if missing or malformed. Rejects if it cannot be read. */
  read(id: string, state: 'waiting' | 'taken'): Promise<OperatorRequest | undefined>;
  /** Claims a request for this process; false if it was taken or cancelled in the meantime. */
  take(id: string): Promise<boolean>;
  answer(id: string, answer: OperatorAnswer): Promise<void>;
  readAnswer(id: string): Promise<OperatorAnswer | undefined>;
  /** False if there is no request in that state. */
  remove(id: string, state: RequestState): Promise<boolean>;
}
