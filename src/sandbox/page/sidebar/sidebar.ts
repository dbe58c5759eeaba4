import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import type { Snapshot } from '../../playground/protocol.ts';
import type { Channel, Guild } from '../../playground/protocol/world.ts';
import { ICONS } from '../theme/icons.ts';
import type { Page } from '../page.ts';
import type { ChannelLocation, Updater } from '../state/page-state.ts';
import { byteText } from '../i18n/byte-text.ts';
import { renderIdentity } from './identity.ts';

/** Renders the left column: servers, channels of the open server, and the tab's identity. */
export function renderSidebar(snapshot: Snapshot, page: Page): TemplateResult {
  const { location } = page.state;
  const guild = snapshot.guilds.find(({ id }) => id === location?.guildId);
  return html`
    <div class="rail" role="list" aria-label=${page.texts.sidebar.servers}>
      ${snapshot.guilds.map((each) => renderGuild(each, page))}
    </div>
    <div class="channels">
      <div class="guild-name">
        <h2>${guild?.name}</h2>
        ${
          guild === undefined
            ? nothing
            : html`<p>${page.texts.sidebar.upload(byteText(guild.uploadLimitBytes))}</p>`
        }
      </div>
      <ul class="channel-list" aria-label=${page.texts.sidebar.channels}>
        ${guild?.channels.map((channel) => renderChannel(guild, channel, page))}
      </ul>
      ${renderIdentity(snapshot, page)}
    </div>
  `;
}

function openLocation(location: ChannelLocation): Updater {
  return (state) => {
    const unread = new Map(state.unread);
    unread.delete(location.channelId);
    return { ...state, location, unread, drawer: 'none' };
  };
}

function renderGuild(guild: Guild, page: Page): TemplateResult {
  const { state, change } = page;
  const isCurrent = guild.id === state.location?.guildId;
  const [first] = guild.channels;
  const hasUnread = guild.channels.some(({ id }) => state.unread.has(id));
  return html`<div role="listitem">
    <button
      type="button"
      class=${classMap({ guild: true, 'is-current': isCurrent, 'has-unread': hasUnread && !isCurrent })}
      aria-current=${isCurrent ? 'true' : nothing}
      title=${guild.name}
      @click=${() => {
        if (first !== undefined) change(openLocation({ guildId: guild.id, channelId: first.id }));
      }}
    >
      <span aria-hidden="true">${initials(guild.name)}</span>
      <span class="visually-hidden">${guild.name}</span>
    </button>
  </div>`;
}

function initials(name: string): string {
  return name
    .split(/\s+/u)
    .map((word) => Array.from(word)[0] ?? '')
    .join('')
    .slice(0, 3);
}

function renderChannel(guild: Guild, channel: Channel, page: Page): TemplateResult {
  const { state, change, texts } = page;
  const isCurrent = channel.id === state.location?.channelId;
  const news = state.unread.get(channel.id);
  const isHidden = !channel.bot.view;
  return html`<li>
    <button
      type="button"
      class=${classMap({ channel: true, 'is-current': isCurrent, 'has-unread': news !== undefined })}
      aria-current=${isCurrent ? 'page' : nothing}
      @click=${() => {
        change(openLocation({ guildId: guild.id, channelId: channel.id }));
      }}
    >
      ${isHidden ? ICONS.locked : ICONS.channel}
      <span class="channel-name">${channel.name}</span>
      ${isHidden ? html`<span class="hidden-note">${texts.sidebar.hidden}</span>` : nothing}
      ${
        news === 'mention'
          ? html`<span class="mention-badge" aria-label=${texts.sidebar.mentioned}>1</span>`
          : nothing
      }
    </button>
  </li>`;
}
