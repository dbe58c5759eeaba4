import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { mediaKind } from '../i18n/media-kind.ts';
import { safeAddress } from '../markdown/safe-address.ts';
import { byteParts } from '../i18n/byte-text.ts';

/** A file shown in a message. */
export interface ShownFile {
  readonly url: string;
  readonly filename: string;
  readonly contentType: string;
  readonly size?: number;
  readonly description?: string;
  readonly isSpoiler?: boolean;
}

/** Renders a file; a spoiler is covered until its button is clicked. */
export function renderFile(file: ShownFile, spoilerLabel: string): TemplateResult | typeof nothing {
  const isSpoiler = file.isSpoiler ?? file.filename.startsWith('SPOILER_');
  if (!isSpoiler) return renderUncovered(file);
  return html`<div class="covered">
    <div class="covered-file">${renderUncovered(file)}</div>
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
 * Renders pictures, clips and sound with the browser's own controls: the library's players crop
 * portrait clips and have no keyboard support.
 */
function renderUncovered(file: ShownFile): TemplateResult | typeof nothing {
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
