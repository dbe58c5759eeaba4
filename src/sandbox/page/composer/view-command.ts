import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { ICONS } from '../theme/icons.ts';
import { textDraft } from './composer.ts';
import { changeDraft } from './context.ts';
import type { CommandContext } from './context.ts';
import type { Field } from './field.ts';
import { OPTION } from '../../../simulators/discord/option-types.ts';
import { sendCommand } from './send-command.ts';
import { renderField } from './view-field.ts';
import { renderMore } from './view-more.ts';
import { renderPopup } from './view-popup.ts';
import { renderSlot } from './view-slot.ts';

/** Renders a command being written, with its options as fields and its files in slots. */
export function renderCommandDraft(context: CommandContext): TemplateResult {
  const { page, draft } = context;
  const { texts } = page;
  return html`<form
    class="composer"
    aria-label=${texts.composer.label}
    novalidate
    @submit=${(event: Event) => {
      event.preventDefault();
      sendCommand(context);
    }}
    @keydown=${(event: KeyboardEvent) => {
      onKey(event, context);
    }}
  >
    ${renderPopup(context)}
    <div class="composer-box is-command">
      <div class="fields">
        <span class="command-chip">${draft.entry.label}</span>
        ${repeat(draft.fields.filter(isTyped), nameOf, (field) => renderField(field, context))}
        ${renderMore(context)}
      </div>
      ${renderSlots(draft.fields, context)}
      <div class="composer-buttons">
        <button
          type="button"
          class="icon-button"
          aria-label=${texts.composer.cancel}
          title=${texts.composer.cancel}
          @click=${() => {
            changeDraft(context, 'command', () => textDraft(''));
          }}
        >
          ${ICONS.close}
        </button>
        <button type="submit" class="icon-button is-send" aria-label=${texts.composer.send}>
          ${ICONS.send}
        </button>
      </div>
    </div>
  </form>`;
}

const nameOf = ({ option }: Field): string => option.name;
const isTyped = ({ option }: Field): boolean => option.type !== OPTION.attachment;

function renderSlots(fields: readonly Field[], context: CommandContext) {
  const slots = fields.filter((field) => !isTyped(field));
  if (slots.length === 0) return nothing;
  return html`<div class="slots">
    ${repeat(slots, nameOf, (field) => renderSlot(field, context))}
  </div>`;
}

function onKey(event: KeyboardEvent, context: CommandContext): void {
  if (event.isComposing || event.defaultPrevented) return;
  if (event.key === 'Escape') {
    event.preventDefault();
    changeDraft(context, 'command', () => textDraft(''));
  } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    sendCommand(context);
  }
}
