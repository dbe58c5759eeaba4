import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { MessageContent } from '../../playground/protocol/messages.ts';
import { renderComponent } from './components.ts';
import type { ComponentContext } from './components.ts';
import { renderEmbed } from './embed.ts';
import { renderFile } from './media.ts';

const COMPONENTS_V2 = 32_768;

/** Renders what is below a message's text: its layout, files, embeds, and rows of components. */
export function renderContent(content: MessageContent, context: ComponentContext): TemplateResult {
  const { attachments, embeds, components, flags } = content;
  const { page } = context;
  const isV2 = (flags & COMPONENTS_V2) !== 0;
  const rendered = components.map((component) => renderComponent(component, context));
  return html`
    ${isV2 ? html`<div class="v2">${rendered}</div>` : nothing}
    ${
      attachments.length === 0
        ? nothing
        : html`<discord-attachments slot="attachments" class="attachments"
            >${attachments.map((file) => renderFile(file, page.texts.message.spoiler))}</discord-attachments
          >`
    }
    ${embeds.map((embed) => renderEmbed(embed, page.viewer))}
    ${
      isV2 || rendered.length === 0
        ? nothing
        : html`<discord-attachments slot="components">${rendered}</discord-attachments>`
    }
  `;
}
