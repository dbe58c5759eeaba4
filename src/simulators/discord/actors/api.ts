import type { Acknowledgement } from '../world/interactions.ts';
import type { MessageView } from '../world/message-view.ts';

export interface MemberActorOptions {
  readonly id?: string;
  readonly username?: string;
  /** Default: the first guild. */
  readonly guildId?: string;
  /** Role ids. */
  readonly roles?: readonly string[];
  /** Bitset of the member's permissions in every channel. Default: what everyone has. */
  readonly permissions?: bigint;
  /** Discord's name of a language, `en-US` by default. */
  readonly locale?: string;
  /** Bytes per file that this person's Nitro allows, if more than the default. */
  readonly attachmentSizeLimit?: number;
}

/** A file a person attaches; give `bytes` or a `path` to read. */
export interface MemberFile {
  readonly filename: string;
  readonly contentType?: string;
  readonly bytes?: Uint8Array;
  readonly path?: string;
  readonly width?: number;
  readonly height?: number;
  readonly durationSeconds?: number;
  /** A size to claim instead of the true one (with `raw`). */
  readonly claimedSize?: number;
}

/** A user, role or channel is named by its id (or by an actor, role or channel with an `id`). */
export type OptionValue = string | number | boolean | { readonly id: string } | MemberFile;

export interface SendOptions {
  /** No check against the registered definition and its limits: for stale clients and hostile payloads. */
  readonly raw?: boolean;
  /** Last word on the payload before it is delivered. */
  readonly alter?: (payload: Record<string, unknown>) => Record<string, unknown>;
  /** 0 guild (default), 1 direct message with the bot, 2 private channel. */
  readonly context?: 0 | 1 | 2;
  /** Who installed the app. Default: the guild alone. */
  readonly installedBy?: 'guild' | 'user' | 'both';
}

/** One interaction as its sender sees it. */
export interface InteractionHandle {
  readonly id: string;
  readonly token: string;
  /** Who sent it. */
  readonly userId: string;
  readonly payload: Readonly<Record<string, unknown>>;
  /** Gateway sessions that got it. */
  readonly deliveredTo: number;
  /** The first accepted callback; rejects after the backstop. */
  readonly acknowledged: Promise<Acknowledgement>;
  /** The acknowledgement if there was one. */
  acknowledgement(): Acknowledgement | null;
  /** The response: `@original` (for a component's update the message that carries it), or null. */
  message(): MessageView | null;
  versions(): MessageView[];
  followUps(): MessageView[];
  /** Resolves with the response as soon as it satisfies the predicate; rejects after the backstop with a dump. */
  waitFor(
    predicate: (message: MessageView) => boolean,
    options?: { readonly backstopMs?: number; readonly label?: string },
  ): Promise<MessageView>;
  /** Delivers the same INTERACTION_CREATE once more; returns the number of sessions that got it. */
  deliverAgain(): number;
}

export type Target = string | { readonly id: string };

export interface MemberActor {
  readonly id: string;
  readonly guildId: string;
  readonly username: string;
  /** Posts a message of this person. */
  say(channel: Target, content: string): MessageView;
  /** `slash(channel, 'quota set', { … })`; sub-commands separated by spaces. Throws what the client would refuse. */
  slash(
    channel: Target,
    command: string,
    options?: Readonly<Record<string, OptionValue>>,
    send?: SendOptions,
  ): Promise<InteractionHandle>;
  autocomplete(
    channel: Target,
    command: string,
    options: Readonly<Record<string, OptionValue>>,
    focused: string,
    send?: SendOptions,
  ): Promise<InteractionHandle>;
  /** On a message (`{ messageId }`) or a person (`{ userId }`). */
  contextMenu(
    channel: Target,
    command: string,
    target: { readonly messageId: string } | { readonly userId: string },
    send?: SendOptions,
  ): Promise<InteractionHandle>;
  click(message: Target, customId: string, send?: SendOptions): Promise<InteractionHandle>;
  selectMenu(
    message: Target,
    customId: string,
    values: readonly string[],
    send?: SendOptions,
  ): Promise<InteractionHandle>;
  /** Submits the modal that answered `opened`; values by custom id, files for uploads. */
  modalSubmit(
    opened: InteractionHandle,
    values: Readonly<Record<string, string | readonly string[] | readonly MemberFile[] | boolean>>,
    send?: SendOptions,
  ): Promise<InteractionHandle>;
}
