import { COMPONENT } from '../component-types.ts';
import { referencedFile } from '../rules/urls.ts';
import { field, isRecord, listOf, textOf } from '../values.ts';
import type { StoredAttachment } from './attachments.ts';
import type { Cdn } from './cdn.ts';

export interface RenderFiles {
  readonly attachments: readonly StoredAttachment[];
  readonly cdn: Cdn;
}

type Json = Record<string, unknown>;

/** Returns the file that an `attachment://` URL refers to. */
export function resolveFile(url: unknown, files: RenderFiles): StoredAttachment | undefined {
  const name = referencedFile(url);
  return name === undefined
    ? undefined
    : files.attachments.find((attachment) => attachment.filename === name);
}

function renderMedia(media: unknown, files: RenderFiles): Json {
  const url = textOf(field(media, 'url')) ?? '';
  const file = resolveFile(url, files);
  return file === undefined
    ? { id: '0', url, proxy_url: url, width: null, height: null, content_type: null }
    : {
        id: file.id,
        url: files.cdn.url(file.id),
        proxy_url: files.cdn.proxyUrl(file.id),
        width: null,
        height: null,
        content_type: file.contentType,
        attachment_id: file.id,
      };
}

function renderWithMedia(component: Json, key: string, files: RenderFiles): Json {
  return {
    ...component,
    [key]: renderMedia(component[key], files),
    spoiler: component['spoiler'] ?? false,
  };
}

function renderFile(component: Json, files: RenderFiles): Json {
  const file = resolveFile(field(component['file'], 'url'), files);
  return {
    ...renderWithMedia(component, 'file', files),
    name: file?.filename ?? null,
    size: file?.size ?? null,
  };
}

function renderGallery(component: Json, files: RenderFiles): Json {
  const items = listOf(component['items']).map((item) => ({
    media: renderMedia(field(item, 'media'), files),
    description: field(item, 'description') ?? null,
    spoiler: field(item, 'spoiler') ?? false,
  }));
  return { ...component, items };
}

function renderWithDefaults(component: Json, files: RenderFiles): Json {
  switch (component['type']) {
    case COMPONENT.file:
      return renderFile(component, files);
    case COMPONENT.thumbnail:
      return { description: null, ...renderWithMedia(component, 'media', files) };
    case COMPONENT.gallery:
      return renderGallery(component, files);
    case COMPONENT.separator:
      return { divider: true, spacing: 1, ...component };
    case COMPONENT.container:
      return { accent_color: null, spoiler: false, ...component };
    case COMPONENT.stringSelect:
    case COMPONENT.userSelect:
    case COMPONENT.roleSelect:
    case COMPONENT.mentionableSelect:
    case COMPONENT.channelSelect:
      return { min_values: 1, max_values: 1, ...component };
    default:
      return component;
  }
}

/** Renders components as the API does: with defaults and with CDN addresses. */
export function renderComponents(components: readonly unknown[], files: RenderFiles): Json[] {
  return components.filter(isRecord).map((component) => {
    const own = renderWithDefaults(component, files);
    const accessory = own['accessory'];
    return {
      ...own,
      ...(Array.isArray(own['components'])
        ? { components: renderComponents(own['components'], files) }
        : {}),
      ...(isRecord(accessory) ? { accessory: renderComponents([accessory], files)[0] } : {}),
    };
  });
}
