import type { FileInput, OptionInput } from '../../playground/protocol/actions.ts';
import { act } from '../link/act.ts';
import { textDraft } from './composer.ts';
import { changeDraft, judgementOf } from './context.ts';
import type { CommandContext } from './context.ts';
import type { PickedFile } from './picked-file.ts';

/** Sends the command, or shows what is wrong with it and goes there. */
export function sendCommand(context: CommandContext): void {
  const { draft, page, open } = context;
  const judged = draft.fields.map((field) => ({ field, judgement: judgementOf(field, context) }));
  const wrong = judged.find(({ judgement }) => judgement.kind === 'fault');
  if (wrong !== undefined) {
    const { name } = wrong.field.option;
    changeDraft(context, 'command', (now) => ({ ...now, isTried: true, focused: name }));
    return;
  }
  const files: File[] = [];
  const options: Record<string, OptionInput> = {};
  for (const { field, judgement } of judged) {
    if (judgement.kind === 'input') options[field.option.name] = judgement.input;
    if (judgement.kind === 'file') {
      options[field.option.name] = fileInput(files.length, judgement.file);
      files.push(judgement.file.file);
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
