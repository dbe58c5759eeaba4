import { MORE, fieldOf, otherOptions, withField, withOption } from './composer.ts';
import type { CommandDraft } from './composer.ts';
import { changeDraft, validationOf } from './context.ts';
import type { CommandContext } from './context.ts';
import type { Field, Suggestion } from './field.ts';
import { OPTION } from '../../../simulators/discord/option-types.ts';
import { mediaKind } from '../i18n/media-kind.ts';
import { pickFile } from './picked-file.ts';

/** Sets the field to a suggestion and focuses the next missing field. */
export function choose(context: CommandContext, field: Field, suggestion: Suggestion): void {
  const chosen = { ...field, typed: suggestion.label, chosen: suggestion };
  changeDraft(context, 'command', (draft) =>
    focusNextMissing({ ...context, draft: withField(draft, chosen) }),
  );
}

/** Returns the draft with the next invalid required field focused, otherwise the input for more. */
export function focusNextMissing(context: CommandContext): CommandDraft {
  const { draft } = context;
  const missing = draft.fields.find(
    (field) => field.option.required === true && validationOf(field, context).kind === 'invalid',
  );
  const hasMore = otherOptions(draft).length > 0;
  const next = missing?.option.name ?? (hasMore ? MORE : draft.focused);
  return { ...draft, focused: next, highlighted: next === MORE ? -1 : 0, isListClosed: false };
}

/** Measures a file and puts it into the option's slot. */
export async function putFile(context: CommandContext, name: string, file: File): Promise<void> {
  const picked = await pickFile(file);
  changeDraft(context, 'command', (draft) => {
    const field = fieldOf(draft, name);
    if (field === undefined) return draft;
    if (field.file !== undefined) URL.revokeObjectURL(field.file.preview);
    const filled = withField(draft, { ...field, file: picked });
    return focusNextMissing({ ...context, draft: filled });
  });
}

/**
 * Puts dropped or pasted files into the first free slots and adds slots where needed; a clip or a
 * sound preferably goes to a slot named after its kind (`video1`, `audio1`).
 */
export async function putFiles(context: CommandContext, files: readonly File[]): Promise<void> {
  let { draft } = context;
  for (const file of files) {
    const option = freeSlot(draft, file);
    if (option === undefined) return;
    draft = withOption(draft, option);
    const { name } = option;
    changeDraft(context, 'command', (now) => withOption(now, option));
    await putFile({ ...context, draft }, name, file);
    draft = withField(draft, { option, typed: '', file: { file, preview: '' } });
  }
}

function freeSlot({ entry, fields }: CommandDraft, file: File) {
  const free = entry.options.filter(
    ({ name, type }) =>
      type === OPTION.attachment &&
      fields.every(({ option, file: held }) => option.name !== name || held === undefined),
  );
  const kind = mediaKind(file.type);
  const named = kind === 'image' ? undefined : free.find(({ name }) => name.startsWith(kind));
  return named ?? free[0];
}
