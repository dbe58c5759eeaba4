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
import { inputsOf, readFilling } from './modal-values.ts';

/**
 * The dialog that the bot opened. The library's modal knows text inputs alone, and these without
 * names that a screen reader could say; a `dialog` of the browser knows the keyboard by itself.
 */
export function renderModal(page: Page): TemplateResult | typeof nothing {
  const { modal } = page.state;
  return modal === undefined
    ? nothing
    : html`${keyed(modal.interactionId, renderOpen(modal, page))}`;
}

function renderOpen(open: OpenModal, page: Page): TemplateResult {
  const { modal, fault } = open;
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
        ${fault === undefined ? nothing : html`<p class="fault" role="alert">${fault}</p>`}
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
        <button type="submit" class="button">${page.texts.modal.submit}</button>
      </footer>
    </form>
  </dialog>`;
}

/** Only what stands in the page can be opened, and it does not yet when it is rendered. */
function show(dialog: HTMLDialogElement): void {
  if (dialog.isConnected && !dialog.open) dialog.showModal();
}

function renderTop(top: ApiObject, at: number, page: Page) {
  if (numberField(top, 'type') === COMPONENT.text) {
    return html`<div>${renderMarkdown(textField(top, 'content') ?? '', page.reader)}</div>`;
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
  const { values, files } = await readFilling(open.modal, form);
  const { interactionId } = open;
  const result = await page.server.act(
    { as: { personId, locale }, action: { kind: 'submit-modal', interactionId, values } },
    files,
  );
  if (result.kind !== 'refused' && result.kind !== 'no-response') {
    close(page);
    return;
  }
  const fault = result.kind === 'refused' ? result.reason : page.texts.modal.failed;
  page.change((state) => ({ ...state, modal: state.modal && { ...state.modal, fault } }));
}
