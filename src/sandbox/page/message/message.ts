import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import type { ChannelMessage } from '../../playground/protocol/messages.ts';
import { renderMarkdown } from '../markdown/render.ts';
import type { Page } from '../page.ts';
import { nameOf } from '../state/selectors.ts';
import { timestampText } from '../../timestamp-text.ts';
import { dismiss } from './act-on-message.ts';
import { renderComponent } from './components.ts';
import { renderEmbed } from './embed.ts';
import { renderFile } from './media.ts';
import { renderTools } from './tools.ts';
import { renderHead, authorAvatar } from './message-head.ts';
import type { MessageContext } from './message-context.ts';

const COMPONENTS_V2 = 32_768;

/** Renders a message as Discord shows it to this person. */
export function renderMessage(message: ChannelMessage, context: MessageContext): TemplateResult {
  const { page, isContinued } = context;
  const { viewer, state } = page;
  const isBot = message.authorId === state.snapshot?.botUser.id;
  const isMine = message.mentionsUserIds.includes(state.you.personId ?? '');
  return html`<discord-message
    id=${`message-${message.id}`}
    class=${classMap({ message: true, 'is-thinking': message.isThinking })}
    role="article"
    author=${nameOf(state.snapshot, message.authorId) ?? '?'}
    avatar=${authorAvatar(page, message.authorId)}
    timestamp=${messageTime(message.createdAt, page)}
    ?bot=${isBot}
    ?verified=${false}
    ?highlight=${isMine && !message.isEphemeral}
    ?ephemeral=${message.isEphemeral}
    ?message-body-only=${isContinued}
  >
    ${renderHead(message, context)}
    ${message.isThinking ? renderThinking(page) : renderMarkdown(message.content, viewer)}
    ${
      message.editedAt === undefined || message.isThinking
        ? nothing
        : html`<span class="edited">${page.texts.message.edited}</span>`
    }
    ${renderBelow(message, page)} ${renderTools(message, page)}
  </discord-message>`;
}

/** Formats the time of day, with the date if it is not today. */
function messageTime(at: number, { viewer }: Page): string {
  const isToday = new Date(at).toDateString() === new Date(viewer.nowMs).toDateString();
  return timestampText(at / 1000, isToday ? 't' : 'f', viewer);
}

function renderThinking({ texts }: Page): TemplateResult {
  return html`<span class="thinking"
    ><span class="dots" aria-hidden="true"><i></i><i></i><i></i></span
    >${texts.message.thinking}</span
  >`;
}

function renderBelow(message: ChannelMessage, page: Page) {
  const { attachments, embeds, components } = message;
  const context = { page, messageId: message.id };
  const isV2 = (message.flags & COMPONENTS_V2) !== 0;
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
    ${message.isEphemeral ? renderPrivateNote(message, page) : nothing}
  `;
}

function renderPrivateNote(message: ChannelMessage, page: Page): TemplateResult {
  return html`<div slot="thread" class="private-note">
    ${page.texts.message.onlyYou} ·
    <button
      type="button"
      class="link"
      @click=${() => {
        dismiss(page, message.id);
      }}
    >
      ${page.texts.message.dismiss}
    </button>
  </div>`;
}
