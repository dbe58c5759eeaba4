import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { mediaKind } from '../i18n/media-kind.ts';
import { safeAddress } from '../markdown/safe-address.ts';
import { byteParts } from '../i18n/byte-text.ts';

/** A file that a message shows. */
export interface ShownFile {
  readonly url: string;
  readonly filename: string;
  readonly contentType: string;
  readonly size?: number;
  readonly description?: string;
  readonly isSpoiler?: boolean;
}

/** A file as its message shows it; one that spoils something is covered until it is asked for. */
export function renderFile(file: ShownFile, spoilerLabel: string): TemplateResult | typeof nothing {
  const isSpoiler = file.isSpoiler ?? file.filename.startsWith('SPOILER_');
  if (!isSpoiler) return renderOpenly(file);
  return html`<div class="covered">
    <div class="covered-file">${renderOpenly(file)}</div>
    <button
      type="button"
      class="cover"
      @click=${({ currentTarget }: Event) => {
        if (currentTarget instanceof HTMLElement) {
          currentTarget.parentElement?.classList.add('is-open');
        }
      }}
    >
      ${spoilerLabel}
    </button>
  </div>`;
}

/**
 * Pictures, clips and sound play where they stand, with the browser's own controls: the library's
 * players crop portrait clips and cannot be used by keyboard.
 */
function renderOpenly(file: ShownFile): TemplateResult | typeof nothing {
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
  const parts = size === undefined ? undefined : byteParts(size);
  return html`<discord-file-attachment
    name=${filename}
    href=${url}
    target="_blank"
    type=${contentType}
    bytes=${parts?.amount ?? nothing}
    bytes-unit=${parts?.unit ?? nothing}
  ></discord-file-attachment>`;
}
