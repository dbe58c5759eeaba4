import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { ApiObject } from '../../playground/protocol/messages.ts';
import { renderMarkdown } from '../markdown/render.ts';
import type { Viewer } from '../markdown/viewer.ts';
import { safeAddress } from '../markdown/safe-address.ts';
import { numberField, objectField, objectsField, textField } from './api-fields.ts';

/** Renders an embed of Discord's API. */
export function renderEmbed(embed: ApiObject, viewer: Viewer): TemplateResult {
  const author = objectField(embed, 'author') ?? {};
  const color = numberField(embed, 'color');
  return html`<discord-embed
    slot="embeds"
    color=${color === undefined ? nothing : `#${color.toString(16).padStart(6, '0')}`}
    author-name=${plain(textField(author, 'name'))}
    author-url=${safeAddress(author['url']) ?? nothing}
    embed-title=${plain(textField(embed, 'title'))}
    url=${safeAddress(embed['url']) ?? nothing}
    image=${mediaOf(embed, 'image')}
    thumbnail=${mediaOf(embed, 'thumbnail')}
  >
    ${renderDescription(textField(embed, 'description'), viewer)}
    ${renderFields(objectsField(embed, 'fields'), viewer)} ${renderFooter(embed)}
  </discord-embed>`;
}

/** Replaces custom emoji by their names; the library would fetch their pictures. */
function plain(text: string | undefined): string | typeof nothing {
  return text === undefined ? nothing : text.replace(/<a?(:\w+:)\d+>/gu, '$1');
}

function mediaOf(embed: ApiObject, name: string): string | typeof nothing {
  return safeAddress(objectField(embed, name)?.['url']) ?? nothing;
}

function renderDescription(text: string | undefined, viewer: Viewer) {
  return text === undefined
    ? nothing
    : html`<discord-embed-description slot="description"
        >${renderMarkdown(text, viewer)}</discord-embed-description
      >`;
}

function renderFields(fields: readonly ApiObject[], viewer: Viewer) {
  if (fields.length === 0) return nothing;
  return html`<discord-embed-fields slot="fields"
    >${fields.map(
      (field) =>
        html`<discord-embed-field
          field-title=${plain(textField(field, 'name'))}
          ?inline=${field['inline'] === true}
          >${renderMarkdown(textField(field, 'value') ?? '', viewer)}</discord-embed-field
        >`,
    )}</discord-embed-fields
  >`;
}

function renderFooter(embed: ApiObject) {
  const text = textField(objectField(embed, 'footer') ?? {}, 'text');
  return text === undefined
    ? nothing
    : html`<discord-embed-footer slot="footer">${text}</discord-embed-footer>`;
}
