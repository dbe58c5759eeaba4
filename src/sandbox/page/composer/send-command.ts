import type { FileInput, OptionInput } from '../../playground/protocol/actions.ts';
import { act } from '../link/act.ts';
import { textDraft } from './composer.ts';
import { changeDraft, validationOf } from './context.ts';
import type { CommandContext } from './context.ts';
import type { PickedFile } from './picked-file.ts';

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

function fileInput(file: number, picked: PickedFile): FileInput {
  const { width, height, durationSeconds } = picked;
  return {
    file,
    ...(width === undefined ? {} : { width }),
    ...(height === undefined ? {} : { height }),
    ...(durationSeconds === undefined ? {} : { durationSeconds }),
  };
}
