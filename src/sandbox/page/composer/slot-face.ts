import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { ICONS } from '../theme/icons.ts';
import { byteText } from '../i18n/byte-text.ts';
import type { CommandContext } from './context.ts';
import { mediaKind } from '../i18n/media-kind.ts';
import type { PickedFile } from './picked-file.ts';

export function renderEmpty({ page }: CommandContext): TemplateResult {
  return html`<span class="slot-empty"
    >${ICONS.upload}<span>${page.texts.composer.drop}</span></span
  >`;
}

export function renderPicked({
  file,
  preview,
  width,
  height,
  durationSeconds,
}: PickedFile): TemplateResult {
  const kind = mediaKind(file.type);
  const measures = [
    ...(width === undefined || height === undefined ? [] : [`${width} × ${height}`]),
    ...(durationSeconds === undefined ? [] : [`${durationSeconds.toFixed(1)} s`]),
    byteText(file.size),
  ].join(' · ');
  return html`<span class="slot-picture"
      >${
        kind === 'image'
          ? html`<img src=${preview} alt="" />`
          : kind === 'video'
            ? html`<video src=${preview} muted preload="metadata" aria-hidden="true"></video>`
            : ICONS.file
      }</span
    ><span class="slot-file">${file.name}</span><span class="slot-measures">${measures}</span>`;
}
