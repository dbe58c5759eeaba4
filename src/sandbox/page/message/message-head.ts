import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { ChannelMessage } from '../../playground/protocol/messages.ts';
import { plainText } from '../markdown/plain-text.ts';
import { BOT_AVATAR, avatarOf } from '../theme/avatar.ts';
import type { Page } from '../page.ts';
import { nameOf } from '../state/selectors.ts';
import type { MessageContext } from './message-context.ts';

/** The picture of a person or of the bot. */
export function authorAvatar({ state: { snapshot } }: Page, id: string): string {
  return id === snapshot?.botUser.id ? BOT_AVATAR : avatarOf(id, nameOf(snapshot, id) ?? '?');
}

/** Renders the command or message that this message answers. */
export function renderHead(message: ChannelMessage, context: MessageContext) {
  const { page } = context;
  if (message.command !== undefined) {
    const { personId, label } = message.command;
    return renderCommandUse(page, personId, label);
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

/** Renders "Ada used /video" or "Ada used Animate", which the library has only in English. */
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
