import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { keyed } from 'lit/directives/keyed.js';
import { repeat } from 'lit/directives/repeat.js';
import type { ChannelMessage } from '../../playground/protocol/messages.ts';
import { BOT_AVATAR } from '../theme/avatar.ts';
import type { Page } from '../page.ts';
import type { SentCall } from '../state/page-state.ts';
import type { OpenChannel } from '../state/selectors.ts';
import { renderMessage } from './message.ts';
import { renderCommandUse } from './message-head.ts';
import { renderTries } from './try-this.ts';

/** After this time a message shows its author again, as in Discord. */
const CONTINUES_MS = 7 * 60_000;

/** Renders the channel's messages, oldest first, then the calls being sent. */
export function renderMessages(open: OpenChannel, page: Page): TemplateResult {
  const { messages, channel } = open;
  const { state } = page;
  const sent = state.sent.filter(({ channelId }) => channelId === channel.id);
  // The library's messages read their theme only when they are created.
  const list = html`<discord-messages class="messages" ?light-theme=${state.isLight} no-background>
    ${repeat(
      messages,
      ({ id }) => id,
      (message, at) => renderIfChanged(message, messages[at - 1], { open, page }),
    )}
    ${repeat(
      sent,
      ({ key }) => key,
      (call) => renderSent(call, page),
    )}
  </discord-messages>`;
  return html`${renderWelcome(open, page)} ${keyed(state.isLight, list)}`;
}

interface ListContext {
  readonly open: OpenChannel;
  readonly page: Page;
}

/** Renders a message again only when its content changed; the page renders at every keystroke. */
function renderIfChanged(
  message: ChannelMessage,
  before: ChannelMessage | undefined,
  { open, page }: ListContext,
) {
  const { state, texts, viewer } = page;
  const isContinued = continues(message, before);
  const repliesTo =
    message.repliesTo === undefined
      ? undefined
      : open.messages.find(({ id }) => id === message.repliesTo);
  const changing = [
    message,
    isContinued,
    repliesTo,
    texts,
    state.you.personId,
    state.messageMenu?.messageId === message.id ? state.messageMenu : undefined,
    open.guild,
    open.commands,
    new Date(viewer.nowMs).toDateString(),
    // Texts such as "5 seconds ago" change each second.
    hasTime(message) ? viewer.nowMs : undefined,
  ];
  return guard(changing, () => renderMessage(message, { page, isContinued, repliesTo }));
}

function hasTime({ content, embeds, components }: ChannelMessage): boolean {
  const mark = '<t:';
  return (
    content.includes(mark) ||
    JSON.stringify(embeds).includes(mark) ||
    JSON.stringify(components).includes(mark)
  );
}

function continues(message: ChannelMessage, before: ChannelMessage | undefined): boolean {
  return (
    before !== undefined &&
    before.authorId === message.authorId &&
    message.command === undefined &&
    message.repliesTo === undefined &&
    before.isEphemeral === message.isEphemeral &&
    message.createdAt - before.createdAt < CONTINUES_MS
  );
}

function renderWelcome(open: OpenChannel, page: Page): TemplateResult {
  const { channel, messages } = open;
  const { texts } = page;
  const { view } = channel.bot;
  return html`<div class="welcome">
    <h2>${texts.channel.welcome(channel.name)}</h2>
    <p>${view ? texts.channel.about : texts.channel.hidden}</p>
    ${
      messages.length === 0 && view
        ? html`<p>${texts.channel.empty}</p>
            ${renderTries({ open, page })}`
        : nothing
    }
  </div>`;
}

/** Renders a call that the bot has not answered yet, or has failed to answer. */
function renderSent(call: SentCall, page: Page): TemplateResult | typeof nothing {
  const { texts, state } = page;
  if (call.state === 'sending') {
    if (call.command === undefined) return nothing;
    return renderNote(call, page, html`<span class="thinking">${texts.message.sending}</span>`);
  }
  const silence = call.command === undefined ? texts.message.clickFailed : texts.message.noResponse;
  const text = call.state === 'failed' ? silence : texts.message.refused(call.reason ?? '');
  return renderNote(
    call,
    page,
    html`<span class="failure" role="alert">${text}</span>
      <div class="private-note">
        ${texts.message.onlyYou} ·
        <button
          type="button"
          class="link"
          @click=${() => {
            page.change((now) => ({
              ...now,
              sent: now.sent.filter(({ key }) => key !== call.key),
            }));
          }}
        >
          ${texts.message.dismiss}
        </button>
      </div>`,
  );

  function renderNote(sent: SentCall, { viewer }: Page, body: TemplateResult): TemplateResult {
    return html`<discord-message
      class="message"
      role="article"
      author=${state.snapshot?.botUser.name ?? ''}
      avatar=${BOT_AVATAR}
      timestamp=${new Intl.DateTimeFormat(viewer.locale, { timeStyle: 'short' }).format(viewer.nowMs)}
      bot
      ?ephemeral=${sent.state !== 'sending'}
    >
      ${
        sent.command === undefined
          ? nothing
          : renderCommandUse(page, state.you.personId ?? '', sent.command)
      }
      ${body}
    </discord-message>`;
  }
}
