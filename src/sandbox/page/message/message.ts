import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import type { ChannelMessage } from '../../playground/protocol/messages.ts';
import { plainText, renderMarkdown } from '../markdown/render.ts';
import { BOT_AVATAR, avatarOf } from '../theme/avatar.ts';
import type { Page } from '../page.ts';
import { nameOf } from '../state/selectors.ts';
import { timestampText } from '../../timestamp-text.ts';
import { dismiss } from './act-on-message.ts';
import { renderComponent } from './components.ts';
import { renderEmbed } from './embed.ts';
import { renderFile } from './media.ts';
import { renderTools } from './tools.ts';

/** How a message appears in its channel. */
export interface MessageContext {
  readonly page: Page;
  /** Follows a recent message of the same author, so it shows no author and time. */
  readonly isContinued: boolean;
  readonly repliesTo: ChannelMessage | undefined;
}

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

function authorAvatar({ state: { snapshot } }: Page, id: string): string {
  return id === snapshot?.botUser.id ? BOT_AVATAR : avatarOf(id, nameOf(snapshot, id) ?? '?');
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

/** Renders the command or message that this message answers. */
function renderHead(message: ChannelMessage, context: MessageContext) {
  const { page } = context;
  if (message.command !== undefined) {
    const { personId, name } = message.command;
    return renderCommandUse(page, personId, `/${name}`);
  }
  const { repliesTo } = context;
  if (message.repliesTo === undefined) return nothing;
  if (repliesTo === undefined) {
    return html`<div slot="reply" class="use"><em>${page.texts.message.replyGone}</em></div>`;
  }
  const author = nameOf(page.state.snapshot, repliesTo.authorId) ?? '?';
  return html`<discord-reply
    slot="reply"
    author=${author}
    avatar=${authorAvatar(page, repliesTo.authorId)}
    >${plainText(repliesTo.content, page.viewer)}</discord-reply
  >`;
}

/** Renders "Ada used /video", which the library has only in English. */
export function renderCommandUse(page: Page, personId: string, command: string): TemplateResult {
  const name = nameOf(page.state.snapshot, personId) ?? '?';
  return html`<div slot="reply" class="use">
    <img src=${authorAvatar(page, personId)} alt="" width="16" height="16" />
    ${page.texts.message.used(
      html`<b>${name}</b>`,
      html`<span class="command-chip">${command}</span>`,
    )}
  </div>`;
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
