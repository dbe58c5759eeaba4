import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { ref } from 'lit/directives/ref.js';
import type { ApiObject } from '../../playground/protocol/messages.ts';
import { ICONS } from '../theme/icons.ts';
import { renderMarkdown } from '../markdown/render.ts';
import { numberField, objectsField, textField } from '../message/api-fields.ts';
import { COMPONENT } from '../../../simulators/discord/component-types.ts';
import type { Page } from '../page.ts';
import type { OpenModal } from '../state/page-state.ts';
import { renderInput } from './inputs.ts';
import { inputsOf, readSubmission } from './modal-values.ts';

/**
 * Renders the modal that the bot opened, as a `dialog` of the browser with its keyboard support. The
 * library's modal has only text inputs, without labels for screen readers.
 */
export function renderModal(page: Page): TemplateResult | typeof nothing {
  const { modal } = page.state;
  return modal === undefined
    ? nothing
    : html`${keyed(modal.interactionId, renderOpen(modal, page))}`;
}

function renderOpen(open: OpenModal, page: Page): TemplateResult {
  const { modal, error } = open;
  const title = textField(modal, 'title') ?? '';
  return html`<dialog
    class="modal"
    aria-labelledby="modal-title"
    ${ref((element) => {
      if (element instanceof HTMLDialogElement) queueMicrotask(() => show(element));
    })}
    @close=${() => {
      close(page);
    }}
  >
    <form
      @submit=${(event: SubmitEvent) => {
        event.preventDefault();
        if (event.currentTarget instanceof HTMLFormElement) {
          void submit(open, new FormData(event.currentTarget), page);
        }
      }}
    >
      <header>
        <h2 id="modal-title">${title}</h2>
        <button
          type="button"
          class="icon-button"
          aria-label=${page.texts.modal.close}
          @click=${() => {
            close(page);
          }}
        >
          ${ICONS.close}
        </button>
      </header>
      <div class="modal-body">
        ${objectsField(modal, 'components').map((top, at) => renderTop(top, at, page))}
        ${error === undefined ? nothing : html`<p class="error" role="alert">${error}</p>`}
      </div>
      <footer>
        <button
          type="button"
          class="plain-button"
          @click=${() => {
            close(page);
          }}
        >
          ${page.texts.modal.cancel}
        </button>
        <button type="submit" class="button" ?disabled=${open.isSending}>
          ${page.texts.modal.submit}
        </button>
      </footer>
    </form>
  </dialog>`;
}

/** Opens the dialog. Only a connected element can be opened, so not during the render itself. */
function show(dialog: HTMLDialogElement): void {
  if (dialog.isConnected && !dialog.open) dialog.showModal();
}

function renderTop(top: ApiObject, at: number, page: Page) {
  if (numberField(top, 'type') === COMPONENT.text) {
    return html`<div>${renderMarkdown(textField(top, 'content') ?? '', page.viewer)}</div>`;
  }
  return inputsOf(top).map(({ input, label, description }, inner) => {
    const id = `modal-${at}-${inner}`;
    return html`<div class="modal-field">
      <label for=${id}
        >${label}${input['required'] === false ? '' : html` <b aria-hidden="true">*</b>`}</label
      >
      ${description === undefined ? nothing : html`<p>${description}</p>`}
      ${renderInput(input, id, page)}
    </div>`;
  });
}

function close({ change }: Page): void {
  change((state) => ({ ...state, modal: undefined }));
}

async function submit(open: OpenModal, form: FormData, page: Page): Promise<void> {
  const { personId, locale } = page.state.you;
  if (personId === undefined || locale === undefined) return;
  const { values, files } = await readSubmission(open.modal, form);
  const { interactionId } = open;
  setModal(page, { isSending: true });
  const result = await page.server.act(
    { as: { personId, locale }, action: { kind: 'submit-modal', interactionId, values } },
    files,
  );
  if (result.kind !== 'refused' && result.kind !== 'no-response') {
    close(page);
    return;
  }
  const error = result.kind === 'refused' ? result.reason : page.texts.modal.failed;
  setModal(page, { isSending: false, error });
}

function setModal({ change }: Page, update: Partial<OpenModal>): void {
  change((state) => ({ ...state, modal: state.modal && { ...state.modal, ...update } }));
}
