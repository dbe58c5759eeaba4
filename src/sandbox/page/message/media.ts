import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { mediaKind } from '../words/media-kind.ts';
import { safeAddress } from '../markdown/safe-address.ts';
import { byteText } from '../words/byte-text.ts';

/** A file that a message shows. */
export interface ShownFile {
  readonly url: string;
  readonly filename: string;
  readonly contentType: string;
  readonly size?: number;
  readonly description?: string;
}

/**
 * Pictures, clips and sound play where they stand, with the browser's own controls: the library's
 * players crop portrait clips and cannot be used by keyboard.
 */
export function renderFile(file: ShownFile): TemplateResult | typeof nothing {
  const url = safeAddress(file.url);
  if (url === undefined) return nothing;
  const label = file.description ?? file.filename;
  switch (mediaKind(file.contentType)) {
    case 'image':
      return html`<a class="picture" href=${url} target="_blank" rel="noreferrer noopener"
        ><img src=${url} alt=${label}
      /></a>`;
    case 'video':
      return html`<video
        class="clip"
        src=${url}
        aria-label=${label}
        controls
        playsinline
        preload="metadata"
      ></video>`;
    case 'audio':
      return html`<audio class="sound" src=${url} aria-label=${label} controls></audio>`;
    case 'other':
      return renderDownload(file, url);
  }
}

function renderDownload({ filename, contentType, size }: ShownFile, url: string): TemplateResult {
  return html`<discord-file-attachment
    name=${filename}
    href=${url}
    target="_blank"
    type=${contentType}
    bytes=${size === undefined ? nothing : byteText(size)}
  ></discord-file-attachment>`;
}
