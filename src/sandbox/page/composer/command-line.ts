import type { CommandOption } from '../../playground/protocol/commands.ts';
import { OPTION } from '../../../simulators/discord/option-types.ts';
import { localName } from './command-entry.ts';
import type { CommandEntry } from './command-entry.ts';

/** A command with the texts of its options, as they stand in a pasted line. */
export interface CommandLine {
  readonly entry: CommandEntry;
  readonly values: readonly { readonly option: CommandOption; readonly text: string }[];
}

/**
 * Reads a line such as `/video prompt:a fox duration:5`; `undefined` if it starts with no command
 * and a space. What is before the first option's name belongs to the first option that takes text.
 */
export function parseCommandLine(
  line: string,
  entries: readonly CommandEntry[],
  locale: string,
): CommandLine | undefined {
  const text = line.replaceAll(/\s*\n\s*/gu, ' ');
  const named = entries.flatMap((entry) =>
    [...new Set([entry.label, `/${entry.path}`])].map((name) => ({ entry, name })),
  );
  const [found] = named
    .filter(({ name }) => text.startsWith(`${name} `))
    .toSorted((one, other) => other.name.length - one.name.length);
  if (found === undefined) return undefined;
  const { entry, name } = found;
  return { entry, values: readValues(text.slice(name.length + 1), entry.options, locale) };
}

/** Reads `name:text name:text`; an option's name counts once, at its first place. */
export function readValues(
  text: string,
  options: readonly CommandOption[],
  locale: string,
): CommandLine['values'] {
  const marks = options
    .flatMap((option) => findMark(text, option, locale))
    .toSorted((one, other) => one.start - other.start);
  const first = options.find(({ type }) => type === OPTION.string);
  const before = text.slice(0, marks[0]?.start ?? text.length).trim();
  const values = marks.map(({ option, end }, at) => ({
    option,
    text: text.slice(end, marks[at + 1]?.start ?? text.length).trim(),
  }));
  const isTaken = values.some(({ option }) => option === first);
  return before === '' || first === undefined || isTaken
    ? values
    : [{ option: first, text: before }, ...values];
}

interface Mark {
  readonly option: CommandOption;
  readonly start: number;
  readonly end: number;
}

function findMark(text: string, option: CommandOption, locale: string): Mark[] {
  const [mark] = [localName(option, locale), option.name]
    .map((name) => ({ name, start: ` ${text}`.indexOf(` ${name}:`) }))
    .filter(({ start }) => start >= 0);
  return mark === undefined
    ? []
    : [{ option, start: mark.start, end: mark.start + mark.name.length + 1 }];
}
