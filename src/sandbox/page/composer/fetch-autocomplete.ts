import type { OptionInput } from '../../playground/protocol/actions.ts';
import { localName } from './command-entry.ts';
import { fieldOf } from './composer.ts';
import type { Autocompleted, CommandDraft } from './composer.ts';
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
  const put = (autocompleted: Partial<Autocompleted>): void => {
    changeDraft(context, 'command', (now) => withAutocompleted(now, field, autocompleted));
  };
  put({ state: 'loading' });
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
  if (result.kind !== 'choices') {
    put({ state: 'failed' });
    return;
  }
  const suggestions = result.choices.map((choice) => ({
    label: localName(choice, locale),
    input: choice.value,
  }));
  put({ state: 'done', suggestions });
}

/** Stores what is known for the typed text, unless the person has typed on. */
function withAutocompleted(
  draft: CommandDraft,
  { option: { name }, typed }: Field,
  change: Partial<Autocompleted>,
): CommandDraft {
  if (fieldOf(draft, name)?.typed !== typed) return draft;
  const before = draft.autocompleted[name] ?? { state: 'loading', suggestions: [] };
  return { ...draft, autocompleted: { ...draft.autocompleted, [name]: { ...before, ...change } } };
}
