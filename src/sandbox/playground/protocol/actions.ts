import type { Choice } from './commands.ts';
import type { ApiObject } from './messages.ts';
import type { Identity } from './world.ts';

/**
 * A file of the same request. Without files `POST /act` is JSON; with files it is a form as Discord's
 * own clients send it: `payload_json` with the `ActRequest`, and `files[0]`, `files[1]`, ….
 */
export interface FileInput {
  /** The `n` of `files[n]`. */
  readonly file: number;
  /** What the client measured, as Discord does: pixels and seconds. */
  readonly width?: number;
  readonly height?: number;
  readonly durationSeconds?: number;
}

/** A person, role or channel is `{ id }`. */
export type OptionInput = string | number | boolean | { readonly id: string } | FileInput;
export type OptionInputs = Readonly<Record<string, OptionInput>>;

/** Of one field of a modal: a text, a checkbox, chosen values or ids, or files. */
export type ModalInput = string | boolean | readonly string[] | readonly FileInput[];

export type Action =
  | { readonly kind: 'say'; readonly channelId: string; readonly content: string }
  | {
      readonly kind: 'slash';
      readonly channelId: string;
      /** With its sub-command, separated by spaces: `quota set`. */
      readonly command: string;
      readonly options: OptionInputs;
    }
  | {
      readonly kind: 'autocomplete';
      readonly channelId: string;
      readonly command: string;
      /** What is filled in so far; the focused one may be unfinished. No files. */
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
      /** From the `modal` answer that opened it. */
      readonly interactionId: string;
      /** By custom id. */
      readonly values: Readonly<Record<string, ModalInput>>;
    };

export interface ActRequest {
  readonly as: Identity;
  readonly action: Action;
}

/**
 * What the person's client learns. An interaction is answered as soon as the bot acknowledged it,
 * or after Discord's three seconds; messages come as live frames.
 */
export type ActResult =
  | { readonly kind: 'done' }
  /** `after`: from sending to the acknowledgement. */
  | { readonly kind: 'acknowledged'; readonly interactionId: string; readonly afterMs: number }
  | {
      readonly kind: 'modal';
      readonly interactionId: string;
      /** As the bot gave it: `custom_id`, `title`, `components`. */
      readonly modal: ApiObject;
    }
  | { readonly kind: 'choices'; readonly choices: readonly Choice[] }
  /** "The application did not respond". */
  | { readonly kind: 'no-response'; readonly interactionId: string }
  /** Discord's client would not have sent it; `reason` is English, for a developer. */
  | { readonly kind: 'refused'; readonly reason: string };
