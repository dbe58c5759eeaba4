import type { CommandOption } from '../../playground/protocol/commands.ts';
import type { CommandEntry } from './command-entry.ts';
import { emptyField } from './field.ts';
import type { Field, Suggestion } from './field.ts';

/** What is being written below the channel. */
export type Composer = TextDraft | CommandDraft;

export interface TextDraft {
  readonly kind: 'text';
  readonly text: string;
  /** The command of the list that Enter would take. */
  readonly highlighted: number;
  /** Closed by Escape until something is typed. */
  readonly isListClosed: boolean;
}

export interface CommandDraft {
  readonly kind: 'command';
  readonly entry: CommandEntry;
  /** In the order in which they are shown: required ones first. */
  readonly fields: readonly Field[];
  /** The option whose field has the focus, or the button that offers more options. */
  readonly focused: string | undefined;
  readonly highlighted: number;
  readonly isListClosed: boolean;
  /** What stands in the offer of more options: the start of a name. */
  readonly moreTyped: string;
  /** Faults are shown once somebody tried to send it. */
  readonly isTried: boolean;
  readonly autocompleted: Readonly<Record<string, readonly Suggestion[]>>;
}

/** Stands for an option's name where the button that offers the others has the focus. */
export const MORE = '+';

export function textDraft(text: string): TextDraft {
  return { kind: 'text', text, highlighted: 0, isListClosed: false };
}

/** A command that was chosen: its required options are there at once. */
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
    isTried: false,
    autocompleted: {},
  };
}

/** The options that are not shown yet. */
export function otherOptions({ entry, fields }: CommandDraft): readonly CommandOption[] {
  return entry.options.filter(({ name }) => fields.every(({ option }) => option.name !== name));
}

export function fieldOf(draft: CommandDraft, name: string | undefined): Field | undefined {
  return draft.fields.find(({ option }) => option.name === name);
}

/** The draft with this option, and the focus in it. */
export function withOption(draft: CommandDraft, option: CommandOption): CommandDraft {
  const isThere = fieldOf(draft, option.name) !== undefined;
  return {
    ...draft,
    fields: isThere ? draft.fields : [...draft.fields, emptyField(option)],
    focused: option.name,
    highlighted: 0,
    isListClosed: false,
    moreTyped: '',
  };
}

export function withField(draft: CommandDraft, changed: Field): CommandDraft {
  const { name } = changed.option;
  const fields = draft.fields.map((field) => (field.option.name === name ? changed : field));
  return { ...draft, fields };
}

/** The draft without an optional field; the focus goes to the one before it. */
export function withoutOption(draft: CommandDraft, name: string): CommandDraft {
  const at = draft.fields.findIndex(({ option }) => option.name === name);
  const fields = draft.fields.filter((_, index) => index !== at);
  const before = fields[Math.max(0, at - 1)]?.option.name;
  return { ...draft, fields, focused: before ?? MORE, highlighted: 0 };
}
