import { keepNewestOf } from '../keep-newest.ts';
import { CLOCKS } from '../limits.ts';

export type AcknowledgementKind =
  | 'message'
  | 'deferred-message'
  | 'deferred-update'
  | 'update'
  | 'autocomplete'
  | 'modal';

/** The one accepted answer to an interaction. */
export interface Acknowledgement {
  readonly kind: AcknowledgementKind;
  /** Discord's callback type. */
  readonly type: number;
  readonly ephemeral: boolean;
  /** Virtual milliseconds after the interaction was made. */
  readonly afterMs: number;
  readonly messageId: string | undefined;
  /** The `data` of the callback: choices, or the modal. */
  readonly data: unknown;
}

/** Discord's numbers: 2 command, 3 component, 4 autocomplete, 5 modal. */
export type InteractionType = 2 | 3 | 4 | 5;

export interface InteractionRecord {
  readonly id: string;
  readonly token: string;
  readonly type: InteractionType;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly channelId: string;
  readonly guildId: string | undefined;
  readonly userId: string;
  readonly commandType: number | undefined;
  /** Bytes per file in responses. */
  readonly attachmentSizeLimit: number;
  readonly integrationOwners: Readonly<Record<string, string>>;
  /** `interaction_metadata` of the messages that answer it. */
  readonly metadata: Readonly<Record<string, unknown>>;
  /** The message that carries the component, or from which the modal was opened. */
  readonly sourceMessageId: string | undefined;
  /** Virtual milliseconds. */
  readonly createdAt: number;
  acknowledgement: Acknowledgement | undefined;
  /** What `@original` means. */
  originalMessageId: string | undefined;
  readonly followUpIds: string[];
}

export interface InteractionStore {
  add(record: InteractionRecord): void;
  get(id: string): InteractionRecord | undefined;
  byToken(token: string): InteractionRecord | undefined;
}

/** Of more than `most` the oldest are forgotten. */
export function createInteractionStore(most: number): InteractionStore {
  const byId = new Map<string, InteractionRecord>();
  const byToken = new Map<string, InteractionRecord>();
  return {
    add(record) {
      byId.set(record.id, record);
      byToken.set(record.token, record);
      keepNewestOf(byId, most);
      keepNewestOf(byToken, most);
    },
    get: (id) => byId.get(id),
    byToken: (token) => byToken.get(token),
  };
}

export function isTooLateToAcknowledge(record: InteractionRecord, now: number): boolean {
  return now - record.createdAt > CLOCKS.acknowledgeMs;
}

export function isTokenExpired(record: InteractionRecord, now: number): boolean {
  return now - record.createdAt >= CLOCKS.tokenMs;
}
