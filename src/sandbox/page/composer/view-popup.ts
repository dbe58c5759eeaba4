import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { localDescription, localName } from './command-entry.ts';
import { MORE, fieldOf } from './composer.ts';
import { judgementOf } from './context.ts';
import type { CommandContext } from './context.ts';
import type { Field } from './field.ts';
import { choose } from './fill.ts';
import { renderList } from './list.ts';
import { listedFor } from './view-field.ts';
import { moreEntries } from './view-more.ts';

/** Above the line: what the field in focus is for, what is wrong with it, and what can be chosen. */
export function renderPopup(context: CommandContext): TemplateResult {
  const { draft, page } = context;
  const field = fieldOf(draft, draft.focused);
  return html`<div class="composer-popup">
    <div class="popup-head" id="composer-hint">
      ${field === undefined ? draft.entry.description : renderHint(field, context)}
    </div>
    ${field === undefined ? renderMoreList(context) : renderSuggestions(field, context)}
    <div class="popup-foot">${page.texts.composer.keys}</div>
  </div>`;
}

function renderHint(field: Field, context: CommandContext): TemplateResult {
  const { draft, page } = context;
  const { option } = field;
  const judgement = judgementOf(field, context);
  const isShown = judgement.kind === 'fault' && (draft.isTried || isTooMuch(judgement.fault.kind));
  const limits = page.texts.composer.limits(option);
  return html`<b>${localName(option, page.reader.locale)}</b> ${localDescription(
      option,
      page.reader.locale,
    )}
    ${limits === '' ? nothing : html`<span class="limits">${limits}</span>`}
    ${
      isShown
        ? html`<span class="fault" role="alert"
            >${page.texts.composer.fault(judgement.fault)}</span
          >`
        : nothing
    }`;
}

/** Worth saying while it is being typed. */
function isTooMuch(kind: string): boolean {
  return ['too-long', 'too-large', 'file-too-large', 'file-type', 'not-whole'].includes(kind);
}

function renderSuggestions(field: Field, context: CommandContext) {
  const listed = listedFor(field, context);
  if (listed.length === 0) return nothing;
  const entries = listed.map((suggestion) => ({
    label: suggestion.label,
    take: () => {
      choose(context, field, suggestion);
    },
  }));
  return renderList(entries, context.draft.highlighted, field.option.name);
}

function renderMoreList(context: CommandContext) {
  const { draft, page } = context;
  if (draft.focused !== MORE || draft.isListClosed) return nothing;
  const entries = moreEntries(context);
  return entries.length === 0
    ? nothing
    : renderList(entries, draft.highlighted, page.texts.composer.more(entries.length));
}
