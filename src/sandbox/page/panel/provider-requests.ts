import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Snapshot } from '../../playground/protocol.ts';
import type { ProviderRequest } from '../../playground/protocol/panel.ts';
import type { Page } from '../page.ts';
import { badge, clockTime, json, emptyNote } from './parts.ts';
import { requestRuns } from './request-runs.ts';
import type { RequestRun } from './request-runs.ts';

/** Renders the bot's requests to providers, newest first. */
export function renderProviderRequests({ panel }: Snapshot, page: Page): TemplateResult {
  const { providerRequests } = panel;
  if (providerRequests.length === 0) return emptyNote(page);
  return html`<div class="entries">
    ${repeat(
      requestRuns(providerRequests).toReversed(),
      ([first]) => first.id,
      (run) => guard([run.length, run.at(-1), page.texts], () => renderRun(run, page)),
    )}
  </div>`;
}

function renderRun(run: RequestRun, page: Page): TemplateResult {
  const [first] = run;
  if (run.length === 1) return renderRequest(first, page);
  const { texts } = page;
  return html`<details class="run">
    <summary class="entry-head">
      ${clockTime(run.at(-1)?.at ?? first.at, page)}
      <b>${texts.panel.purposes[first.purpose]} × ${run.length}</b>
      <span>${first.providerName}</span> ${renderAnswer(first, page)}
    </summary>
    ${run.toReversed().map((request) => renderRequest(request, page))}
  </details>`;
}

function renderAnswer({ answer }: ProviderRequest, { texts }: Page) {
  return answer === undefined
    ? nothing
    : badge(texts.badges.answers[answer] ?? answer, answer === 'ok' || answer === 'normal');
}

function renderRequest(request: ProviderRequest, page: Page): TemplateResult {
  const { texts } = page;
  const { providerName, purpose, method, path, body, reply } = request;
  return html`<details class="entry">
    <summary>
      ${clockTime(request.at, page)}
      <b>${texts.panel.purposes[purpose]}</b>
      <span>${providerName}</span> ${renderAnswer(request, page)}
    </summary>
    <code class="address">${method} ${path}</code>
    ${body === undefined ? nothing : json(body, texts.panel.body)}
    ${
      reply === undefined
        ? nothing
        : html`<p>${texts.panel.reply(reply.status)}</p>
            ${json(prettyBody(reply.body), texts.panel.reply(reply.status))}`
    }
  </details>`;
}

/** Indents a body that is JSON; returns any other body unchanged. */
function prettyBody(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), undefined, 2);
  } catch {
    return body;
  }
}
