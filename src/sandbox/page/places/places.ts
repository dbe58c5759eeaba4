import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import type { Snapshot } from '../../playground/protocol.ts';
import type { Channel, Guild } from '../../playground/protocol/world.ts';
import { ICONS } from '../look/icons.ts';
import type { Page } from '../page.ts';
import type { Place, Step } from '../state/page-state.ts';
import { byteText } from '../words/byte-text.ts';
import { renderIdentity } from './identity.ts';

/** At the left: the servers, and the channels of the open one; below them, who I am. */
export function renderPlaces(sight: Snapshot, page: Page): TemplateResult {
  const { place } = page.state;
  const guild = sight.guilds.find(({ id }) => id === place?.guildId);
  return html`
    <div class="rail" role="list" aria-label=${page.words.places.servers}>
      ${sight.guilds.map((each) => renderGuild(each, page))}
    </div>
    <div class="channels">
      <div class="guild-name">
        <h2>${guild?.name}</h2>
        ${
          guild === undefined
            ? nothing
            : html`<p>${page.words.places.upload(byteText(guild.uploadLimitBytes))}</p>`
        }
      </div>
      <ul class="channel-list" aria-label=${page.words.places.channels}>
        ${guild?.channels.map((channel) => renderChannel(guild, channel, page))}
      </ul>
      ${renderIdentity(sight, page)}
    </div>
  `;
}

function go(place: Place): Step {
  return (state) => {
    const unread = new Map(state.unread);
    unread.delete(place.channelId);
    return { ...state, place, unread, drawer: 'none' };
  };
}

function renderGuild(guild: Guild, page: Page): TemplateResult {
  const { state, change } = page;
  const isHere = guild.id === state.place?.guildId;
  const [first] = guild.channels;
  const hasNews = guild.channels.some(({ id }) => state.unread.has(id));
  return html`<div role="listitem">
    <button
      type="button"
      class=${classMap({ guild: true, 'is-here': isHere, 'has-news': hasNews && !isHere })}
      aria-current=${isHere ? 'true' : nothing}
      title=${guild.name}
      @click=${() => {
        if (first !== undefined) change(go({ guildId: guild.id, channelId: first.id }));
      }}
    >
      <span aria-hidden="true">${initials(guild.name)}</span>
      <span class="only-heard">${guild.name}</span>
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
  const { state, change, words } = page;
  const isHere = channel.id === state.place?.channelId;
  const news = state.unread.get(channel.id);
  const isHidden = !channel.bot.view;
  return html`<li>
    <button
      type="button"
      class=${classMap({ channel: true, 'is-here': isHere, 'has-news': news !== undefined })}
      aria-current=${isHere ? 'page' : nothing}
      @click=${() => {
        change(go({ guildId: guild.id, channelId: channel.id }));
      }}
    >
      ${isHidden ? ICONS.locked : ICONS.channel}
      <span class="channel-name">${channel.name}</span>
      ${isHidden ? html`<span class="hidden-note">${words.places.hidden}</span>` : nothing}
      ${
        news === 'mention'
          ? html`<span class="mention-badge" aria-label=${words.places.mentioned}>1</span>`
          : nothing
      }
    </button>
  </li>`;
}
