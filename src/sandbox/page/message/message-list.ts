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
import { renderMessage, renderUse } from './message.ts';

/** As in Discord: after that much time a message gets its head again. */
const CONTINUES_MS = 7 * 60_000;

/** The channel: what was said, oldest first, and what is on its way. */
export function renderMessages(open: OpenChannel, page: Page): TemplateResult {
  const { messages, channel } = open;
  const { state } = page;
  const sent = state.sent.filter(({ channelId }) => channelId === channel.id);
  // The library's messages take their theme once, when they are made.
  const list = html`<discord-messages class="messages" ?light-theme=${state.isLight} no-background>
    ${repeat(
      messages,
      ({ id }) => id,
      (message, at) => renderOnce(message, messages[at - 1], { open, page }),
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

/** Drawn again only when something of it changed: with every letter typed, the page is. */
function renderOnce(
  message: ChannelMessage,
  before: ChannelMessage | undefined,
  { open, page }: ListContext,
) {
  const { state, texts, reader } = page;
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
    state.menuOf === message.id,
    open.guild,
    open.commands,
    new Date(reader.nowMs).toDateString(),
    // "5 seconds ago" is another text each second.
    hasTime(message) ? reader.nowMs : undefined,
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

function renderWelcome({ channel, messages }: OpenChannel, { texts }: Page): TemplateResult {
  const { view } = channel.bot;
  return html`<div class="welcome">
    <h2>${texts.channel.welcome(channel.name)}</h2>
    <p>${view ? texts.channel.about : texts.channel.hidden}</p>
    ${messages.length === 0 && view ? html`<p>${texts.channel.empty}</p>` : nothing}
  </div>`;
}

/** A command that the bot has not answered yet, or that will never be. */
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

  function renderNote(sent: SentCall, { reader }: Page, body: TemplateResult): TemplateResult {
    return html`<discord-message
      class="message"
      role="article"
      author=${state.snapshot?.botUser.name ?? ''}
      avatar=${BOT_AVATAR}
      timestamp=${new Intl.DateTimeFormat(reader.locale, { timeStyle: 'short' }).format(reader.nowMs)}
      bot
      ?ephemeral=${sent.state !== 'sending'}
    >
      ${
        sent.command === undefined
          ? nothing
          : renderUse(page, state.you.personId ?? '', sent.command)
      }
      ${body}
    </discord-message>`;
  }
}
