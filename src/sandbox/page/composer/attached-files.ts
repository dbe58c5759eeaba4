import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { ICONS } from '../theme/icons.ts';
import { textDraft } from './composer.ts';
import { changeDraft } from './context.ts';
import type { ComposerContext, TextContext } from './context.ts';
import { pickFile } from './picked-file.ts';
import type { PickedFile } from './picked-file.ts';
import { renderPicked } from './slot-face.ts';

/** Discord's limit for one message. */
const MAX_FILES = 10;

/** Adds files to the message being written. */
export async function attachToMessage(
  context: ComposerContext,
  files: readonly File[],
): Promise<void> {
  for (const file of files) {
    const picked = await pickFile(file);
    changeDraft(context, 'text', (draft) => ({
      ...draft,
      files: [...draft.files, picked].slice(0, MAX_FILES),
    }));
  }
  const { filesAttached } = context.page.texts.composer;
  context.page.change((state) => ({ ...state, composerNote: filesAttached }));
}

/** Renders the button that chooses files for the message. */
export function renderAttachButton(context: TextContext): TemplateResult {
  const { texts } = context.page;
  return html`<label class="icon-button attach" title=${texts.composer.attach}>
    <input
      type="file"
      multiple
      class="visually-hidden"
      aria-label=${texts.composer.attach}
      @change=${({ currentTarget }: Event) => {
        if (!(currentTarget instanceof HTMLInputElement)) return;
        void attachToMessage(context, [...(currentTarget.files ?? [])]);
        currentTarget.value = '';
      }}
    />
    ${ICONS.upload}
  </label>`;
}

/** Renders the files of the message being written, each with a button that removes it. */
export function renderAttached(context: TextContext): TemplateResult | typeof nothing {
  const { files } = context.draft;
  if (files.length === 0) return nothing;
  return html`<ul class="slots attached" aria-label=${context.page.texts.composer.files}>
    ${files.map(
      (picked) =>
        html`<li class="slot">
          ${renderPicked(picked)}
          <button
            type="button"
            class="icon-button slot-remove"
            aria-label=${context.page.texts.composer.remove(picked.file.name)}
            @click=${() => {
              remove(context, picked);
            }}
          >
            ${ICONS.close}
          </button>
        </li>`,
    )}
  </ul>`;
}

function remove(context: TextContext, removed: PickedFile): void {
  URL.revokeObjectURL(removed.preview);
  changeDraft(context, 'text', ({ text, files }) =>
    textDraft(
      text,
      files.filter((file) => file !== removed),
    ),
  );
  document.querySelector<HTMLElement>('#composer-text')?.focus();
}
