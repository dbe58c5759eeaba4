import type { CommandOption } from '../../playground/protocol/commands.ts';
import type { PickedFile } from './picked-file.ts';

/** One option of the command being written. */
export interface Field {
  readonly option: CommandOption;
  /** What stands in the input. */
  readonly typed: string;
  /** What was chosen from the list; typing takes it away. */
  readonly chosen?: Suggestion;
  readonly file?: PickedFile;
}

/** Something to choose for an option. */
export interface Suggestion {
  readonly label: string;
  readonly hint?: string;
  readonly input: string | number | boolean | { readonly id: string };
}

export function emptyField(option: CommandOption): Field {
  return { option, typed: '' };
}
