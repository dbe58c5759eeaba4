import { isRecord, recordsOf } from '../values.ts';
import { resolveFile, type RenderFiles } from './render-components.ts';

type Json = Record<string, unknown>;

// `video` and `provider` are set by Discord only, never by a bot.
const COPIED_KEYS = ['title', 'description', 'url', 'timestamp', 'color'];

function renderImage(image: unknown, files: RenderFiles): Json | undefined {
  if (!isRecord(image)) {
    return undefined;
  }
  const file = resolveFile(image['url'], files);
  return file === undefined
    ? { url: image['url'] }
    : { url: files.cdn.url(file.id), proxy_url: files.cdn.proxyUrl(file.id) };
}

function renderWithIcon(part: unknown, files: RenderFiles): Json | undefined {
  if (!isRecord(part)) {
    return undefined;
  }
  const file = resolveFile(part['icon_url'], files);
  return file === undefined ? part : { ...part, icon_url: files.cdn.url(file.id) };
}

/** Renders embeds as the API does. */
export function renderEmbeds(embeds: readonly Json[], files: RenderFiles): Json[] {
  return embeds.map((embed) => {
    const rendered: Json = { type: 'rich' };
    for (const key of COPIED_KEYS) {
      rendered[key] = embed[key] ?? undefined;
    }
    rendered['fields'] = Array.isArray(embed['fields'])
      ? recordsOf(embed['fields']).map((entry) => ({ inline: false, ...entry }))
      : undefined;
    for (const key of ['image', 'thumbnail']) {
      rendered[key] = renderImage(embed[key], files);
    }
    for (const key of ['footer', 'author']) {
      rendered[key] = renderWithIcon(embed[key], files);
    }
    return Object.fromEntries(Object.entries(rendered).filter(([, value]) => value !== undefined));
  });
}
