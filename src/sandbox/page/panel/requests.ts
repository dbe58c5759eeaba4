import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Snapshot } from '../../playground/protocol.ts';
import type { DiscordRequest, ProviderRequest } from '../../playground/protocol/panel.ts';
import type { Page } from '../page.ts';
import { byteText } from '../words/byte-text.ts';
import { clockTime, json, nothingYet } from './parts.ts';

const byId = ({ id }: { readonly id: number }): number => id;

/** What the bot asked of the providers, the newest first. */
export function renderProviderRequests({ panel }: Snapshot, page: Page): TemplateResult {
  const { providerRequests } = panel;
  if (providerRequests.length === 0) return nothingYet(page);
  return html`<div class="entries">
    ${repeat(providerRequests.toReversed(), byId, (request) =>
      guard([request, page.words], () => renderProviderRequest(request, page)),
    )}
  </div>`;
}

function renderProviderRequest(request: ProviderRequest, page: Page): TemplateResult {
  const { words } = page;
  const { provider, purpose, method, path, body, answer, reply } = request;
  const isGood = answer === undefined || answer === 'ok' || answer === 'normal';
  return html`<details class="entry">
    <summary>
      ${clockTime(request.at, page)}
      <b>${words.panel.purposes[purpose]}</b>
      <span>${words.providers[provider]}</span>
      ${
        answer === undefined
          ? nothing
          : html`<span class=${isGood ? 'badge is-good' : 'badge is-bad'}>${answer}</span>`
      }
    </summary>
    <code class="address">${method} ${path}</code>
    ${body === undefined ? nothing : json(body, words.panel.body)}
    ${
      reply === undefined
        ? nothing
        : html`<p>${words.panel.reply(reply.status)}</p>
            ${json(prettyBody(reply.body), words.panel.reply(reply.status))}`
    }
  </details>`;
}

/** A reply is text; where it is JSON it is easier read as such. */
function prettyBody(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), undefined, 2);
  } catch {
    return body;
  }
}

/** What the bot asked of Discord, the newest first. */
export function renderDiscordRequests({ panel }: Snapshot, page: Page): TemplateResult {
  const { discordRequests } = panel;
  if (discordRequests.length === 0) return nothingYet(page);
  return html`<div class="entries">
    ${repeat(discordRequests.toReversed(), byId, (request) =>
      guard([request, page.words], () => renderDiscordRequest(request, page)),
    )}
  </div>`;
}

function renderDiscordRequest(request: DiscordRequest, page: Page): TemplateResult {
  const { words } = page;
  const { method, path, body, files, status, code, fault } = request;
  const isGood = status >= 200 && status < 300;
  return html`<details class="entry">
    <summary>
      ${clockTime(request.at, page)}
      <b>${method}</b>
      <span class=${isGood ? 'badge is-good' : 'badge is-bad'}
        >${status === 0 ? words.panel.cut : status}${code === undefined ? '' : ` · ${code}`}</span
      >
      ${fault === undefined ? nothing : html`<span class="badge is-bad">${fault}</span>`}
      <span class="short">${path}</span>
    </summary>
    <code class="address">${method} ${path}</code>
    ${files.map(({ filename, size }) => html`<p>${filename}, ${byteText(size)}</p>`)}
    ${body === undefined ? nothing : json(body, words.panel.body)}
  </details>`;
}
