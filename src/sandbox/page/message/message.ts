import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import type { ChannelMessage } from '../../playground/protocol/messages.ts';
import { renderMarkdown } from '../markdown/render.ts';
import type { Page } from '../page.ts';
import { nameOf } from '../state/selectors.ts';
import { dismiss } from './act-on-message.ts';
import { renderContent } from './message-content.ts';
import { renderForwarded } from './forwarded.ts';
import { onContextMenu, onPointerDown } from './open-menu-by-pointer.ts';
import { openMenu, renderTools } from './tools.ts';
import { renderHead, authorAvatar } from './message-head.ts';
import type { MessageContext } from './message-context.ts';
import { messageTime } from './message-time.ts';

/** Renders a message as Discord shows it to this person. */
export function renderMessage(message: ChannelMessage, context: MessageContext): TemplateResult {
  const { page, isContinued } = context;
  const { viewer, state } = page;
  const isBot = message.authorId === state.snapshot?.botUser.id;
  const isMine = message.mentionsUserIds.includes(state.you.personId ?? '');
  const open = (at: { readonly x: number; readonly y: number }): void => {
    openMenu(page, message.id, at);
  };
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
    @contextmenu=${(event: MouseEvent) => {
      onContextMenu(event, open);
    }}
    @pointerdown=${(event: PointerEvent) => {
      onPointerDown(event, open);
    }}
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

function renderThinking({ texts }: Page): TemplateResult {
  return html`<span class="thinking"
    ><span class="dots" aria-hidden="true"><i></i><i></i><i></i></span
    >${texts.message.thinking}</span
  >`;
}

function renderBelow(message: ChannelMessage, page: Page) {
  const { forwarded } = message;
  return html`
    ${renderContent(message, { page, messageId: message.id })}
    ${forwarded === undefined ? nothing : renderForwarded(forwarded, page)}
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
