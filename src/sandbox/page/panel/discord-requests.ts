import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Snapshot } from '../../playground/protocol.ts';
import type { DiscordRequest } from '../../playground/protocol/panel.ts';
import type { Page } from '../page.ts';
import { byteText } from '../i18n/byte-text.ts';
import { badge, clockTime, json, emptyNote } from './parts.ts';

/** Renders the bot's requests to Discord, newest first. */
export function renderDiscordRequests({ panel }: Snapshot, page: Page): TemplateResult {
  const { discordRequests } = panel;
  if (discordRequests.length === 0) return emptyNote(page);
  return html`<div class="entries">
    ${repeat(
      discordRequests.toReversed(),
      ({ id }) => id,
      (request) => guard([request, page.texts], () => renderRequest(request, page)),
    )}
  </div>`;
}

function renderRequest(request: DiscordRequest, page: Page): TemplateResult {
  const { texts } = page;
  const { method, path, body, files, fault } = request;
  return html`<details class="entry">
    <summary>
      ${clockTime(request.at, page)}
      <b>${method}</b>
      ${renderStatus(request, page)}
      ${fault === undefined ? nothing : badge(faultText(fault, page), false)}
      <span class="short">${path}</span>
    </summary>
    <code class="address">${method} ${path}</code>
    ${files.map(({ filename, size }) => html`<p>${filename}, ${byteText(size)}</p>`)}
    ${body === undefined ? nothing : json(body, texts.panel.body)}
  </details>`;
}

function renderStatus({ status, code }: DiscordRequest, { texts }: Page): TemplateResult {
  const text = status === 0 ? texts.panel.cut : String(status);
  return badge(code === undefined ? text : `${text} · ${code}`, status >= 200 && status < 300);
}

/** Tests may add faults of other names. */
function faultText(fault: string, { texts }: Page): string {
  const known: Readonly<Record<string, string>> = texts.knobs.faults;
  return known[fault] ?? fault;
}
