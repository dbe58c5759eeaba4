import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { styleMap } from 'lit/directives/style-map.js';
import type { ApiObject } from '../../playground/protocol/messages.ts';
import { renderMarkdown } from '../markdown/render.ts';
import type { Page } from '../page.ts';
import { numberField, objectField, objectsField, textField } from './api-fields.ts';
import { COMPONENT } from '../../../simulators/discord/component-types.ts';
import { renderFile } from './media.ts';

type Rendered = TemplateResult | typeof nothing;
type RenderInner<Context> = (component: ApiObject, context: Context) => Rendered;

/** Renders the text, media and layout components of Components V2. */
export function renderLayout<Context extends { readonly page: Page }>(
  component: ApiObject,
  context: Context,
  renderInner: RenderInner<Context>,
): Rendered {
  const inner = (): readonly Rendered[] =>
    objectsField(component, 'components').map((each) => renderInner(each, context));
  switch (numberField(component, 'type')) {
    case COMPONENT.text:
      return html`<div class="text-display">
        ${renderMarkdown(textField(component, 'content') ?? '', context.page.viewer)}
      </div>`;
    case COMPONENT.section: {
      const accessory = objectField(component, 'accessory');
      return html`<div class="section">
        <div class="section-text">${inner()}</div>
        ${accessory === undefined ? nothing : renderInner(accessory, context)}
      </div>`;
    }
    case COMPONENT.thumbnail:
      return html`<div class="thumbnail">${renderMedia(component, 'media', context.page)}</div>`;
    case COMPONENT.gallery:
      return html`<div class="gallery">
        ${objectsField(component, 'items').map((item) => renderMedia(item, 'media', context.page))}
      </div>`;
    case COMPONENT.file:
      return renderMedia(component, 'file', context.page);
    case COMPONENT.separator:
      return component['divider'] === false ? nothing : html`<hr class="separator" />`;
    case COMPONENT.container:
      return html`<div class="container" style=${styleMap({ borderColor: accentOf(component) })}>
        ${inner()}
      </div>`;
    case undefined:
    default:
      return nothing;
  }
}

function accentOf(container: ApiObject): string | undefined {
  const color = numberField(container, 'accent_color');
  return color === undefined ? undefined : `#${color.toString(16).padStart(6, '0')}`;
}

function renderMedia(owner: ApiObject, name: 'media' | 'file', { texts }: Page): Rendered {
  const media = objectField(owner, name);
  const url = media === undefined ? undefined : textField(media, 'url');
  if (media === undefined || url === undefined) return nothing;
  const description = textField(owner, 'description');
  const size = numberField(owner, 'size');
  const file = {
    url,
    filename: textField(owner, 'name') ?? url.split('?')[0]?.split('/').at(-1) ?? '',
    contentType: textField(media, 'content_type') ?? '',
    ...(description === undefined ? {} : { description }),
    ...(size === undefined ? {} : { size }),
    isSpoiler: owner['spoiler'] === true,
  };
  return renderFile(file, texts.message.spoiler);
}
