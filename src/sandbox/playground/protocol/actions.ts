import type { Choice } from './commands.ts';
import type { ApiObject } from './messages.ts';
import type { Identity } from './world.ts';

/**
 * A reference to a file of the same request. Without files the body of `POST /act` is JSON; with files
 * it is a form like those of Discord's clients: the `ActRequest` in `payload_json`, and `files[0]`, ….
 */
export interface FileInput {
  /** The `n` of `files[n]`. */
  readonly file: number;
  /** Measured by the page as by Discord's clients: pixels and seconds. */
  readonly width?: number;
  readonly height?: number;
  readonly durationSeconds?: number;
}

/** The value of an option; a person, role or channel is `{ id }`. */
export type OptionInput = string | number | boolean | { readonly id: string } | FileInput;
export type OptionInputs = Readonly<Record<string, OptionInput>>;

/** The value of one modal field: a text, a checkbox, chosen values or ids, or files. */
export type ModalInput = string | boolean | readonly string[] | readonly FileInput[];

/** What a person does in Discord's client. */
export type Action =
  | {
      readonly kind: 'say';
      readonly channelId: string;
      /** May be empty with files. */
      readonly content: string;
      readonly files?: readonly FileInput[];
    }
  /** Forwards a message to a channel. */
  | { readonly kind: 'forward'; readonly messageId: string; readonly channelId: string }
  | {
      readonly kind: 'slash';
      readonly channelId: string;
      /** With its sub-command, separated by a space: `quota set`. */
      readonly command: string;
      readonly options: OptionInputs;
    }
  | {
      readonly kind: 'autocomplete';
      readonly channelId: string;
      readonly command: string;
      /** The options filled in so far, without files; the focused one may be incomplete. */
      readonly options: OptionInputs;
      readonly focused: string;
    }
  | {
      readonly kind: 'context-menu';
      readonly channelId: string;
      readonly command: string;
      readonly target: { readonly messageId: string } | { readonly userId: string };
    }
  | { readonly kind: 'click'; readonly messageId: string; readonly customId: string }
  | {
      readonly kind: 'select';
      readonly messageId: string;
      readonly customId: string;
      readonly values: readonly string[];
    }
  | {
      readonly kind: 'submit-modal';
      /** The id from the `modal` result that opened it. */
      readonly interactionId: string;
      /** Values by custom id. */
      readonly values: Readonly<Record<string, ModalInput>>;
    };

/** The body of `POST /act`. */
export interface ActRequest {
  readonly as: Identity;
  readonly action: Action;
}

/**
 * What the person's client sees. The result of an interaction comes when the bot acknowledges it, or
 * after Discord's three seconds; messages come as live frames.
 */
export type ActResult =
  | { readonly kind: 'done' }
  /** `afterMs`: from sending to the acknowledgement. */
  | { readonly kind: 'acknowledged'; readonly interactionId: string; readonly afterMs: number }
  | {
      readonly kind: 'modal';
      readonly interactionId: string;
      /** As the bot sent it: `custom_id`, `title`, `components`. */
      readonly modal: ApiObject;
    }
  | { readonly kind: 'choices'; readonly choices: readonly Choice[] }
  /** "The application did not respond". */
  | { readonly kind: 'no-response'; readonly interactionId: string }
  /** Discord's client would not send this. `reason` is in English, for developers. */
  | { readonly kind: 'refused'; readonly reason: string };
