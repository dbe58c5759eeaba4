import type { CommandOption } from '../../playground/protocol/commands.ts';
import type { PickedFile } from './picked-file.ts';

/** One option of the command being written. */
export interface Field {
  readonly option: CommandOption;
  /** The text in the input. */
  readonly typed: string;
  /** The suggestion chosen from the list; typing clears it. */
  readonly chosen?: Suggestion;
  readonly file?: PickedFile;
}

/** A value that can be chosen for an option. */
export interface Suggestion {
  readonly label: string;
  readonly hint?: string;
  readonly input: string | number | boolean | { readonly id: string };
}

/** Returns an empty field for the option. */
export function emptyField(option: CommandOption): Field {
  return { option, typed: '' };
}
