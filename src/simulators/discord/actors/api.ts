import type { Acknowledgement } from '../world/interactions.ts';
import type { MessageView } from '../world/message-view.ts';

/** The options of a member. */
export interface MemberActorOptions {
  readonly id?: string;
  readonly username?: string;
  /** Default: the first guild. */
  readonly guildId?: string;
  /** Role ids. */
  readonly roles?: readonly string[];
  /** Permissions in every channel besides those of @everyone, as a bitset. */
  readonly permissions?: bigint;
  /** Permissions of @everyone that the member does not have, as a bitset. */
  readonly denied?: bigint;
  /** A Discord locale. Default: `en-US`. */
  readonly locale?: string;
  /** Bytes per file that the member's Nitro allows; only has an effect above the default. */
  readonly attachmentSizeLimit?: number;
}

/** A file that a member uploads, given as `bytes` or as a `path` to read. */
export interface MemberFile {
  readonly filename: string;
  readonly contentType?: string;
  readonly bytes?: Uint8Array;
  readonly path?: string;
  readonly width?: number;
  readonly height?: number;
  readonly durationSeconds?: number;
  /** A size to report instead of the real one (with `raw`). */
  readonly claimedSize?: number;
}

/** The value of an option; a user, role or channel is given as its id or an object with `id`. */
export type OptionValue = string | number | boolean | { readonly id: string } | MemberFile;

/** How an interaction is sent. */
export interface SendOptions {
  /** Skips the checks of Discord's client, as a stale or hostile client would. */
  readonly raw?: boolean;
  /** Changes the payload before it is delivered. */
  readonly alter?: (payload: Record<string, unknown>) => Record<string, unknown>;
  /** 0 guild (default), 1 direct message with the bot, 2 private channel. */
  readonly context?: 0 | 1 | 2;
  /** Who installed the app. Default: the guild. */
  readonly installedBy?: 'guild' | 'user' | 'both';
}

/** An interaction as its sender sees it. */
export interface InteractionHandle {
  readonly id: string;
  readonly token: string;
  readonly userId: string;
  readonly payload: Readonly<Record<string, unknown>>;
  /** How many gateway sessions received it; 1 if it was sent to the endpoint. */
  readonly deliveredTo: number;
  /** Resolves with the accepted callback; rejects after the backstop. */
  readonly acknowledged: Promise<Acknowledgement>;
  /** The accepted callback, or null so far. */
  acknowledgement(): Acknowledgement | null;
  /** The response (`@original`), or null; after an update the message with the component. */
  message(): MessageView | null;
  versions(): MessageView[];
  followUps(): MessageView[];
  /** Resolves once the response satisfies the predicate; rejects with a dump after the backstop. */
  waitFor(
    predicate: (message: MessageView) => boolean,
    options?: { readonly backstopMs?: number; readonly label?: string },
  ): Promise<MessageView>;
  /** Delivers the same INTERACTION_CREATE again; returns how many sessions received it. */
  deliverAgain(): number;
}

export type Target = string | { readonly id: string };

/** A member of a guild and what this member can do in Discord's client. */
export interface MemberActor {
  readonly id: string;
  readonly guildId: string;
  readonly username: string;
  /** Posts a message. */
  say(channel: Target, content: string): MessageView;
  /** Posts a message with files; rejects with a `ClientRefusal` for one that is too large. */
  post(channel: Target, content: string, files: readonly MemberFile[]): Promise<MessageView>;
  /** Forwards a message that the member sees. */
  forward(message: Target, channel: Target): MessageView;
  /** Uses a command such as `quota set`; rejects with a `ClientRefusal` for invalid input. */
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
  /** Uses a command of the context menu of a message or a user. */
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
  /**
   * Submits the modal that `opened` was answered with. The values are by custom id; fields without
   * one keep what they contained when the modal opened.
   */
  modalSubmit(
    opened: InteractionHandle,
    values?: Readonly<Record<string, string | readonly string[] | readonly MemberFile[] | boolean>>,
    send?: SendOptions,
  ): Promise<InteractionHandle>;
}
