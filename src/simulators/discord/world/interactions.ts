import { keepNewestEntries } from '../keep-newest.ts';
import { TIME_LIMITS } from '../limits.ts';

export type AcknowledgementKind =
  | 'message'
  | 'deferred-message'
  | 'deferred-update'
  | 'update'
  | 'autocomplete'
  | 'modal';

/** The accepted callback of an interaction. */
export interface Acknowledgement {
  readonly kind: AcknowledgementKind;
  /** Discord's callback type. */
  readonly type: number;
  readonly ephemeral: boolean;
  /** Virtual milliseconds after the interaction was sent. */
  readonly afterMs: number;
  readonly messageId: string | undefined;
  /** The `data` of the callback. */
  readonly data: unknown;
}

/** Discord's interaction types: 2 command, 3 component, 4 autocomplete, 5 modal. */
export type InteractionType = 2 | 3 | 4 | 5;

/** A sent interaction and its state. */
export interface InteractionRecord {
  readonly id: string;
  readonly token: string;
  readonly type: InteractionType;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly channelId: string;
  readonly guildId: string | undefined;
  readonly userId: string;
  readonly commandType: number | undefined;
  /** Bytes per file in its responses. */
  readonly attachmentSizeLimit: number;
  readonly integrationOwners: Readonly<Record<string, string>>;
  /** The `interaction_metadata` of its responses. */
  readonly metadata: Readonly<Record<string, unknown>>;
  /** The message that has the component, or from which the modal was opened. */
  readonly sourceMessageId: string | undefined;
  /** Virtual milliseconds. */
  readonly createdAt: number;
  acknowledgement: Acknowledgement | undefined;
  /** The message that `@original` refers to. */
  originalMessageId: string | undefined;
  readonly followUpIds: string[];
}

export interface InteractionStore {
  add(record: InteractionRecord): void;
  get(id: string): InteractionRecord | undefined;
  byToken(token: string): InteractionRecord | undefined;
}

/** Creates a store that keeps the newest `maxItems` interactions. */
export function createInteractionStore(maxItems: number): InteractionStore {
  const byId = new Map<string, InteractionRecord>();
  const byToken = new Map<string, InteractionRecord>();
  return {
    add(record) {
      byId.set(record.id, record);
      byToken.set(record.token, record);
      keepNewestEntries(byId, maxItems);
      keepNewestEntries(byToken, maxItems);
    },
    get: (id) => byId.get(id),
    byToken: (token) => byToken.get(token),
  };
}

export function isTooLateToAcknowledge(record: InteractionRecord, now: number): boolean {
  return now - record.createdAt > TIME_LIMITS.acknowledgeMs;
}

export function isTokenExpired(record: InteractionRecord, now: number): boolean {
  return now - record.createdAt >= TIME_LIMITS.tokenMs;
}
