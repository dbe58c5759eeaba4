import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { localDescription, localName } from './command-entry.ts';
import { MORE, fieldOf } from './composer.ts';
import { validationOf } from './context.ts';
import type { CommandContext } from './context.ts';
import type { Field } from './field.ts';
import { choose } from './fill.ts';
import { renderList } from './list.ts';
import { listedFor } from './view-field.ts';
import { moreEntries, unknownOption } from './more-options.ts';

/** Renders the popup above the input: the focused field's description, issue and suggestions. */
export function renderPopup(context: CommandContext): TemplateResult {
  const { draft, page } = context;
  const field = fieldOf(draft, draft.focused);
  return html`<div class="composer-popup">
    <div class="popup-head" id="composer-hint">
      ${field === undefined ? renderMoreHint(context) : renderHint(field, context)}
    </div>
    ${field === undefined ? renderMoreList(context) : renderSuggestions(field, context)}
    <div class="popup-foot">${page.texts.composer.keys}</div>
  </div>`;
}

function renderMoreHint(context: CommandContext) {
  const { draft, page } = context;
  const unknown = unknownOption(context);
  return unknown === undefined
    ? draft.entry.description
    : html`<span class="error" role="alert">${page.texts.composer.unknownOption(unknown)}</span>`;
}

function renderHint(field: Field, context: CommandContext): TemplateResult {
  const { draft, page } = context;
  const { option } = field;
  const validation = validationOf(field, context);
  const isShown =
    validation.kind === 'invalid' && (draft.isSubmitted || isTooMuch(validation.issue.kind));
  const limits = page.texts.composer.limits(option);
  return html`<b>${localName(option, page.viewer.locale)}</b> ${localDescription(
      option,
      page.viewer.locale,
    )}
    ${limits === '' ? nothing : html`<span class="limits">${limits}</span>`}
    ${
      isShown
        ? html`<span class="error" role="alert"
            >${page.texts.composer.issue(validation.issue)}</span
          >`
        : nothing
    }`;
}

/** Whether to show the issue already during typing. */
function isTooMuch(kind: string): boolean {
  return ['too-long', 'too-large', 'file-too-large', 'file-type', 'not-whole'].includes(kind);
}

function renderSuggestions(field: Field, context: CommandContext) {
  const listed = listedFor(field, context);
  if (listed.length === 0) return renderAutocompleteState(field, context);
  const entries = listed.map((suggestion) => ({
    label: suggestion.label,
    select: () => {
      choose(context, field, suggestion);
    },
  }));
  return renderList(entries, context.draft.highlighted, field.option.name);
}

/** Says that the bot's suggestions are on their way, did not come, or are none. */
function renderAutocompleteState({ option, chosen }: Field, { draft, page }: CommandContext) {
  const state = draft.autocompleted[option.name]?.state;
  if (state === undefined || chosen !== undefined || draft.isListClosed) return nothing;
  return html`<p class="popup-state" role="status">${page.texts.composer.autocomplete[state]}</p>`;
}

function renderMoreList(context: CommandContext) {
  const { draft, page } = context;
  if (draft.focused !== MORE || draft.isListClosed) return nothing;
  const entries = moreEntries(context);
  return entries.length === 0
    ? nothing
    : renderList(entries, draft.highlighted, page.texts.composer.more(entries.length));
}
