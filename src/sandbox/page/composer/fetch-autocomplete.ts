import type { OptionInput } from '../../playground/protocol/actions.ts';
import { localName } from './command-entry.ts';
import { changeDraft, validationOf } from './context.ts';
import type { CommandContext } from './context.ts';
import type { Field } from './field.ts';

/** Fetches the bot's choices for the typed text and stores them in the draft. */
export async function fetchAutocomplete(context: CommandContext, field: Field): Promise<void> {
  const { page, open, draft } = context;
  const { personId, locale } = page.state.you;
  if (personId === undefined || locale === undefined) return;
  const { name } = field.option;
  const given: Record<string, OptionInput> = {};
  for (const other of draft.fields) {
    const validation = validationOf(other, context);
    if (validation.kind === 'input') given[other.option.name] = validation.input;
  }
  const result = await page.server.act({
    as: { personId, locale },
    action: {
      kind: 'autocomplete',
      channelId: open.channel.id,
      command: draft.entry.path,
      options: { ...given, [name]: field.typed },
      focused: name,
    },
  });
  if (result.kind !== 'choices') return;
  const choices = result.choices.map((choice) => ({
    label: localName(choice, locale),
    input: choice.value,
  }));
  changeDraft(context, 'command', (now) => ({
    ...now,
    autocompleted: { ...now.autocompleted, [name]: choices },
  }));
}
