import type { OptionInput } from '../../playground/protocol/actions.ts';
import { act } from '../link/act.ts';
import { MORE, textDraft } from './composer.ts';
import { changeDraft, validationOf } from './context.ts';
import type { CommandContext } from './context.ts';
import { fileInput } from './picked-file.ts';

/** Sends the command if all fields are valid; otherwise focuses the first invalid one. */
export function sendCommand(context: CommandContext): void {
  const { draft, page, open } = context;
  const validated = draft.fields.map((field) => ({
    field,
    validation: validationOf(field, context),
  }));
  const invalid = validated.find(({ validation }) => validation.kind === 'invalid');
  if (invalid !== undefined) {
    const { name } = invalid.field.option;
    changeDraft(context, 'command', (now) => ({ ...now, isSubmitted: true, focused: name }));
    return;
  }
  // What was typed to find an option must not be lost.
  if (draft.moreTyped.trim() !== '') {
    changeDraft(context, 'command', (now) => ({ ...now, isSubmitted: true, focused: MORE }));
    return;
  }
  const files: File[] = [];
  const options: Record<string, OptionInput> = {};
  for (const { field, validation } of validated) {
    if (validation.kind === 'input') options[field.option.name] = validation.input;
    if (validation.kind === 'file') {
      options[field.option.name] = fileInput(files.length, validation.file);
      files.push(validation.file.file);
    }
  }
  changeDraft(context, 'command', () => textDraft(''));
  const { path } = draft.entry;
  void act(page, {
    action: { kind: 'slash', channelId: open.channel.id, command: path, options },
    channelId: open.channel.id,
    command: `/${path}`,
    files,
  });
}
