import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { MORE, otherOptions, textDraft, withoutOption } from './composer.ts';
import { changeDraft } from './context.ts';
import type { CommandContext } from './context.ts';
import { handleKey } from './keys.ts';
import type { KeyHandlers } from './keys.ts';
import { LIST_ID, entryId, moveHighlight } from './list.ts';
import { moreEntries, typeMore, unknownOption } from './more-options.ts';
import { sendCommand } from './send-command.ts';

/** Renders the input in which optional options are found by name and added. */
export function renderMore(context: CommandContext): TemplateResult | typeof nothing {
  const { draft, page } = context;
  const count = otherOptions(draft).length;
  const isFocused = draft.focused === MORE;
  const isListed = isFocused && !draft.isListClosed && moreEntries(context).length > 0;
  // Also rendered without further options, because the focus needs an element.
  const text = count === 0 ? '' : page.texts.composer.more(count);
  return html`<input
    id=${`field-${MORE}`}
    class="more-options"
    role=${count === 0 ? nothing : 'combobox'}
    aria-label=${count === 0 ? page.texts.composer.ready : text}
    aria-expanded=${count === 0 ? nothing : isListed}
    aria-controls=${isListed ? LIST_ID : nothing}
    aria-activedescendant=${isListed && draft.highlighted >= 0 ? entryId(draft.highlighted) : nothing}
    aria-describedby="composer-hint"
    aria-invalid=${unknownOption(context) === undefined ? nothing : 'true'}
    autocomplete="off"
    placeholder=${text}
    ?readonly=${count === 0}
    @focus=${() => {
      changeDraft(context, 'command', (now) =>
        now.focused === MORE
          ? now
          : { ...now, focused: MORE, highlighted: -1, isListClosed: false },
      );
    }}
    .value=${live(draft.moreTyped)}
    @input=${({ currentTarget }: Event) => {
      if (!(currentTarget instanceof HTMLInputElement)) return;
      typeMore(context, currentTarget.value);
    }}
    @keydown=${(event: KeyboardEvent) => {
      handleKey(event, keysOf(context));
    }}
  />`;
}

function keysOf(context: CommandContext): KeyHandlers {
  const { draft } = context;
  const entries = moreEntries(context);
  const highlighted = entries[draft.highlighted];
  const move = (by: number) => (): boolean => {
    const next = moveHighlight(draft.highlighted, by, entries.length);
    changeDraft(context, 'command', (now) => ({ ...now, highlighted: next, isListClosed: false }));
    return true;
  };
  return {
    next: move(1),
    previous: move(-1),
    dismiss: () => false,
    advance() {
      if (highlighted === undefined || draft.moreTyped === '') return false;
      highlighted.select();
      return true;
    },
    accept() {
      if (highlighted === undefined) sendCommand(context);
      else highlighted.select();
      return true;
    },
    erase() {
      if (draft.moreTyped !== '') return false;
      goBack(context);
      return true;
    },
  };
}

/** Removes the last field if it is optional, focuses a required one, or leaves the command. */
function goBack(context: CommandContext): void {
  const { draft } = context;
  const last = draft.fields.at(-1);
  changeDraft(context, 'command', (now) => {
    if (last === undefined) return textDraft(now.entry.label);
    if (last.option.required === true) return { ...now, focused: last.option.name };
    return { ...withoutOption(now, last.option.name), focused: MORE, highlighted: -1 };
  });
}
