import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import type { ApiObject } from '../../playground/protocol/messages.ts';
import { clickButton } from './act-on-message.ts';
import { safeAddress } from '../markdown/safe-address.ts';
import type { Page } from '../page.ts';
import { numberField, objectsField, textField } from './api-fields.ts';
import { COMPONENT, SELECTS } from '../../../simulators/discord/component-types.ts';
import { renderLayout } from './layout-components.ts';
import { renderMenu } from './menu.ts';

/** The page and the message of a component. */
export interface ComponentContext {
  readonly page: Page;
  readonly messageId: string;
}

/** Renders a message component: of a row below the text, or of Components V2. */
export function renderComponent(
  component: ApiObject,
  context: ComponentContext,
): TemplateResult | typeof nothing {
  const type = numberField(component, 'type');
  if (type === COMPONENT.row) {
    const inner = objectsField(component, 'components').map((each) =>
      renderComponent(each, context),
    );
    return html`<discord-action-row class="row">${inner}</discord-action-row>`;
  }
  if (type === COMPONENT.button) return renderButton(component, context);
  if (SELECTS.includes(type ?? 0)) return renderMenu(component, context);
  return renderLayout(component, context, renderComponent);
}

const STYLES: Readonly<Record<number, string>> = {
  1: 'primary',
  2: 'secondary',
  3: 'success',
  4: 'destructive',
};

function renderButton(button: ApiObject, { page, messageId }: ComponentContext): TemplateResult {
  const customId = textField(button, 'custom_id');
  const isDisabled = button['disabled'] === true;
  return html`<discord-button
    type=${STYLES[numberField(button, 'style') ?? 2] ?? 'secondary'}
    url=${safeAddress(button['url']) ?? nothing}
    ?disabled=${isDisabled}
    ${ref((element) => void disableInside(element, isDisabled))}
    @click=${() => {
      if (customId !== undefined && !isDisabled) void clickButton(page, messageId, customId);
    }}
    >${textField(button, 'label') ?? ''}</discord-button
  >`;
}

/** Disables the inner button; the library only dims it. */
async function disableInside(element: Element | undefined, isDisabled: boolean): Promise<void> {
  if (element === undefined || !('updateComplete' in element)) return;
  await element.updateComplete;
  element.shadowRoot?.querySelector('button')?.toggleAttribute('disabled', isDisabled);
}
