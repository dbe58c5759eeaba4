import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { ApiObject, ForwardedContent } from '../../playground/protocol/messages.ts';
import { COMPONENT } from '../../../simulators/discord/component-types.ts';
import { renderMarkdown } from '../markdown/render.ts';
import type { Page } from '../page.ts';
import { numberField, objectsField } from './api-fields.ts';
import { renderContent } from './message-content.ts';
import { messageTime } from './message-time.ts';

/** Renders the snapshot in a forward, with the channel it comes from; its components do nothing. */
export function renderForwarded(forwarded: ForwardedContent, page: Page): TemplateResult {
  const { texts, viewer } = page;
  const { content, channelId, messageId, createdAt } = forwarded;
  const shown = { ...forwarded, components: withoutRows(forwarded.components) };
  const channel = viewer.channelName(channelId);
  return html`<div class="forwarded">
    <p class="forwarded-head">${texts.message.forwarded}</p>
    ${content === '' ? nothing : html`<div>${renderMarkdown(content, viewer)}</div>`}
    ${renderContent(shown, { page, messageId })}
    ${
      channel === undefined
        ? nothing
        : html`<p class="forwarded-foot">
            <button
              type="button"
              class="link"
              @click=${() => {
                viewer.goTo(channelId, messageId);
              }}
            >
              #${channel}
            </button>
            · ${messageTime(createdAt, page)}
          </p>`
    }
  </div>`;
}

function withoutRows(components: readonly ApiObject[]): ApiObject[] {
  return components
    .filter((component) => numberField(component, 'type') !== COMPONENT.row)
    .map((component) =>
      Array.isArray(component['components'])
        ? { ...component, components: withoutRows(objectsField(component, 'components')) }
        : component,
    );
}
