import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Snapshot } from '../../playground/protocol.ts';
import type { MessageEdit } from '../../playground/protocol/panel.ts';
import type { Page } from '../page.ts';
import { clockTime, emptyNote } from './parts.ts';

/** Renders the versions of the bot's messages, or of one selected message, newest first. */
export function renderEdits({ panel }: Snapshot, page: Page): TemplateResult {
  const { editsMessageId } = page.state;
  const edits = panel.edits.filter(
    ({ messageId }) => editsMessageId === undefined || messageId === editsMessageId,
  );
  return html`
    ${
      editsMessageId === undefined
        ? nothing
        : html`<p>
            <button
              type="button"
              class="plain-button"
              @click=${() => {
                page.change((state) => ({ ...state, editsMessageId: undefined }));
              }}
            >
              ${page.texts.panel.allEdits}
            </button>
          </p>`
    }
    ${
      edits.length === 0
        ? emptyNote(page)
        : html`<div class="entries">
            ${repeat(
              edits.toReversed(),
              ({ messageId, version }) => `${messageId} ${version}`,
              (edit) => guard([edit, page.texts], () => renderEdit(edit, page)),
            )}
          </div>`
    }
  `;
}

function renderEdit(edit: MessageEdit, page: Page): TemplateResult {
  const { texts } = page;
  return html`<article class="entry">
    <p class="entry-head">
      ${clockTime(edit.at, page)} <b>${texts.panel.changes[edit.change]}</b>
      <span class="badge">${texts.badges.vias[edit.via]}</span>
      <span class="ids">…${edit.messageId.slice(-6)} · ${edit.version}</span>
    </p>
    <p class="edit-text">${edit.text}</p>
    ${edit.files.length === 0 ? nothing : html`<p class="facts">${edit.files.join(', ')}</p>`}
  </article>`;
}
