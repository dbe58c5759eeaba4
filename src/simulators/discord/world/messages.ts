import type { MessageState } from './compose.ts';
import { keepNewestEntries } from '../keep-newest.ts';
import type { MessageFacts, Via } from './message-view.ts';

/** One version of a stored message. */
export interface MessageVersion {
  readonly state: MessageState;
  /** Virtual milliseconds. */
  readonly at: number;
  readonly via: Via;
  readonly deleted: boolean;
}

/** The properties of a message that do not change: author, type, channel, visibility. */
export interface MessageOrigin {
  readonly id: string;
  readonly channelId: string;
  readonly guildId: string | undefined;
  readonly authorId: string;
  /** Discord's message type: 0 default, 19 reply, 20 slash command, 23 context menu. */
  readonly type: 0 | 19 | 20 | 23;
  readonly interactionId: string | undefined;
  /** The rendered `interaction_metadata`. */
  readonly interactionMetadata: Record<string, unknown> | undefined;
  /** The command that it responds to directly. */
  readonly command: MessageFacts['command'];
  /** The only user who sees an ephemeral message. */
  readonly ephemeralFor: string | undefined;
  readonly repliesTo: string | undefined;
  /** What it forwards. */
  readonly forward: Forward | undefined;
  readonly nonce: string | number | undefined;
  /** Virtual milliseconds. */
  readonly createdAt: number;
}

/** A forwarded message as it was at that moment; later changes of the original do not reach it. */
export interface Forward {
  /** Where the original is, or was. */
  readonly messageId: string;
  readonly channelId: string;
  readonly guildId: string | undefined;
  readonly snapshot: {
    readonly type: MessageOrigin['type'];
    readonly state: MessageState;
    readonly mentionedUsers: readonly string[];
    readonly mentionedRoles: readonly string[];
    /** Virtual milliseconds. */
    readonly createdAt: number;
    readonly editedAt: number | undefined;
  };
}

export interface StoredMessage extends MessageOrigin {
  mentionedUsers: readonly string[];
  mentionedRoles: readonly string[];
  mentionsEveryone: boolean;
  editedAt: number | undefined;
  /** Oldest first, never empty. */
  readonly history: readonly [MessageVersion, ...MessageVersion[]];
  readonly latest: MessageVersion;
}

export interface MessageStore {
  get(id: string): StoredMessage | undefined;
  all(): StoredMessage[];
  add(origin: MessageOrigin, first: MessageVersion): StoredMessage;
  addVersion(message: StoredMessage, version: MessageVersion): void;
}

/** Creates a store that keeps the newest `maxItems` messages with all their versions. */
export function createMessageStore(maxItems: number): MessageStore {
  const messages = new Map<string, StoredMessage>();
  const histories = new Map<string, MessageVersion[]>();
  return {
    get: (id) => messages.get(id),
    all: () => [...messages.values()],
    add(origin, first) {
      const history: [MessageVersion, ...MessageVersion[]] = [first];
      histories.set(origin.id, history);
      const message: StoredMessage = {
        ...origin,
        mentionedUsers: [],
        mentionedRoles: [],
        mentionsEveryone: false,
        editedAt: undefined,
        history,
        get latest() {
          return history.at(-1) ?? first;
        },
      };
      messages.set(origin.id, message);
      keepNewestEntries(messages, maxItems);
      keepNewestEntries(histories, maxItems);
      return message;
    },
    addVersion(message, version) {
      histories.get(message.id)?.push(version);
    },
  };
}
