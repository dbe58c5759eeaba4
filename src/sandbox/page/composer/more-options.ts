import type { CommandOption } from '../../playground/protocol/commands.ts';
import { localDescription, localName } from './command-entry.ts';
import { MORE, otherOptions, withField, withOption } from './composer.ts';
import type { CommandDraft } from './composer.ts';
import { readValues } from './command-line.ts';
import { changeDraft } from './context.ts';
import type { CommandContext } from './context.ts';
import type { ListEntry } from './list.ts';

/** Returns the options without a field that match the typed text. */
export function moreEntries(context: CommandContext): readonly ListEntry[] {
  const { draft, page } = context;
  const { locale } = page.viewer;
  const typed = draft.moreTyped.trim().toLowerCase();
  const fitting = otherOptions(draft).filter((option) =>
    namesOf(option, locale).some((name) => name.includes(typed)),
  );
  // "ratio" should list `ratio` before `duration`.
  const starting = fitting.filter((option) =>
    namesOf(option, locale).some((name) => name.startsWith(typed)),
  );
  return [...new Set([...starting, ...fitting])].map((option) => ({
    label: localName(option, locale),
    note: localDescription(option, locale),
    select: () => {
      changeDraft(context, 'command', (now) => withOption(now, option));
    },
  }));
}

function namesOf(option: CommandOption, locale: string): string[] {
  return [option.name, localName(option, locale).toLowerCase()];
}

/** Returns what was typed for an option that the command does not have. */
export function unknownOption(context: CommandContext): string | undefined {
  const typed = context.draft.moreTyped.trim();
  return typed === '' || moreEntries(context).length > 0 ? undefined : typed;
}

/** Types into the input for more options; `duration:5` fills in that option at once. */
export function typeMore(context: CommandContext, moreTyped: string): void {
  const { draft, page } = context;
  const { locale } = page.viewer;
  const [first, ...others] = readValues(moreTyped, otherOptions(draft), locale);
  const start = moreTyped.trimStart().toLowerCase();
  const isNamed =
    first !== undefined &&
    namesOf(first.option, locale).some((name) => start.startsWith(`${name}:`));
  changeDraft(context, 'command', (now): CommandDraft => {
    if (isNamed) {
      return [first, ...others].reduce(
        (filled, { option, text }) =>
          withField(withOption(filled, option), { option, typed: text }),
        now,
      );
    }
    const highlighted = moreTyped === '' ? -1 : 0;
    return { ...now, focused: MORE, moreTyped, highlighted, isListClosed: false };
  });
}
