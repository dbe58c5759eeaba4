import type { CommandEntry } from './command-entry.ts';
import type { CommandLine } from './command-line.ts';
import { commandDraft, withField, withOption } from './composer.ts';
import type { CommandDraft } from './composer.ts';
import { changeDraft, validationOf } from './context.ts';
import type { TextContext } from './context.ts';
import { fetchAutocomplete } from './fetch-autocomplete.ts';
import { focusNextMissing, putFiles } from './fill.ts';

/** Starts a command; the files of the message being written go into its slots. */
export function startCommand(context: TextContext, entry: CommandEntry): void {
  start(context, commandDraft(entry));
}

/** Starts a command with the options of a pasted line. */
export function startLine(context: TextContext, { entry, values }: CommandLine): void {
  const filled = values.reduce<CommandDraft>(
    (draft, { option, text }) => withField(withOption(draft, option), { option, typed: text }),
    commandDraft(entry),
  );
  start(context, focusFirstInvalid(context, filled));
}

function start(context: TextContext, draft: CommandDraft): void {
  const files = context.draft.files.map(({ file }) => file);
  changeDraft(context, 'text', () => draft);
  const { page, open } = context;
  const started = { page, open, draft };
  if (files.length > 0) void putFiles(started, files);
  const focused = draft.fields.find(({ option }) => option.name === draft.focused);
  if (focused?.option.autocomplete === true) void fetchAutocomplete(started, focused);
}

/** Focuses what is still missing or cannot be sent as it stands in the line. */
function focusFirstInvalid({ page, open }: TextContext, draft: CommandDraft): CommandDraft {
  const context = { page, open, draft };
  const invalid = draft.fields.find(
    (field) => field.typed !== '' && validationOf(field, context).kind === 'invalid',
  );
  return invalid === undefined
    ? focusNextMissing(context)
    : { ...draft, focused: invalid.option.name, highlighted: 0 };
}
