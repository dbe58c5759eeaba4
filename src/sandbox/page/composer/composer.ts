import type { CommandOption } from '../../playground/protocol/commands.ts';
import type { CommandEntry } from './command-entry.ts';
import { emptyField } from './field.ts';
import type { Field, Suggestion } from './field.ts';
import type { PickedFile } from './picked-file.ts';

/** The content of the composer: a message or a command. */
export type Composer = TextDraft | CommandDraft;

/** A message being typed. */
export interface TextDraft {
  readonly kind: 'text';
  readonly text: string;
  /** Files to send with the message. */
  readonly files: readonly PickedFile[];
  /** The index in the list of commands that Enter selects. */
  readonly highlighted: number;
  /** Whether Escape closed the list; typing reopens it. */
  readonly isListClosed: boolean;
}

/** A command being filled in. */
export interface CommandDraft {
  readonly kind: 'command';
  readonly entry: CommandEntry;
  /** In display order: required ones first. */
  readonly fields: readonly Field[];
  /** The name of the focused option, or `MORE`. */
  readonly focused: string | undefined;
  readonly highlighted: number;
  readonly isListClosed: boolean;
  /** The text typed to find another option. */
  readonly moreTyped: string;
  /** Whether sending was tried; only then are invalid fields marked. */
  readonly isSubmitted: boolean;
  readonly autocompleted: Readonly<Record<string, Autocompleted>>;
}

/** The bot's suggestions for an option; the last ones stay while newer ones are fetched. */
export interface Autocompleted {
  readonly state: 'loading' | 'done' | 'failed';
  readonly suggestions: readonly Suggestion[];
}

/** Used instead of an option's name when the input for more options has the focus. */
export const MORE = '+';

/** Returns a message draft with this text and these files. */
export function textDraft(text: string, files: readonly PickedFile[] = []): TextDraft {
  return { kind: 'text', text, files, highlighted: 0, isListClosed: false };
}

/** Returns a draft of the command with its required options. */
export function commandDraft(entry: CommandEntry): CommandDraft {
  const fields = entry.options.filter(({ required }) => required === true).map(emptyField);
  return {
    kind: 'command',
    entry,
    fields,
    focused: fields[0]?.option.name ?? MORE,
    highlighted: fields.length === 0 ? -1 : 0,
    isListClosed: false,
    moreTyped: '',
    isSubmitted: false,
    autocompleted: {},
  };
}

/** Returns the options that have no field yet. */
export function otherOptions({ entry, fields }: CommandDraft): readonly CommandOption[] {
  return entry.options.filter(({ name }) => fields.every(({ option }) => option.name !== name));
}

/** Returns the field of the named option. */
export function fieldOf(draft: CommandDraft, name: string | undefined): Field | undefined {
  return draft.fields.find(({ option }) => option.name === name);
}

/** Returns the draft with a field for this option, focused. */
export function withOption(draft: CommandDraft, option: CommandOption): CommandDraft {
  const hasField = fieldOf(draft, option.name) !== undefined;
  return {
    ...draft,
    fields: hasField ? draft.fields : [...draft.fields, emptyField(option)],
    focused: option.name,
    highlighted: 0,
    isListClosed: false,
    moreTyped: '',
  };
}

/** Returns the draft with this field replaced. */
export function withField(draft: CommandDraft, changed: Field): CommandDraft {
  const { name } = changed.option;
  const fields = draft.fields.map((field) => (field.option.name === name ? changed : field));
  return { ...draft, fields };
}

/** Returns the draft without an optional field; the field before it gets the focus. */
export function withoutOption(draft: CommandDraft, name: string): CommandDraft {
  const at = draft.fields.findIndex(({ option }) => option.name === name);
  const fields = draft.fields.filter((_, index) => index !== at);
  const before = fields[Math.max(0, at - 1)]?.option.name;
  return { ...draft, fields, focused: before ?? MORE, highlighted: 0 };
}
