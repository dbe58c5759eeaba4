import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Snapshot } from '../../playground/protocol.ts';
import type { BotLine } from '../../playground/protocol/panel.ts';
import type { Page } from '../page.ts';
import { clockTime, json, emptyNote } from './parts.ts';

/** Renders the bot's log, newest first. */
export function renderLog({ panel }: Snapshot, page: Page): TemplateResult {
  const { lines } = panel;
  if (lines.length === 0) return emptyNote(page);
  return html`<div class="entries">
    ${repeat(
      lines.toReversed(),
      ({ id }) => id,
      (line) => guard([line, page.texts], () => renderLine(line, page)),
    )}
  </div>`;
}

const QUIET: ReadonlySet<string> = new Set(['trace', 'debug', 'info']);

function renderLine(line: BotLine, page: Page): TemplateResult {
  const head = html`${clockTime(line.at, page)}
    <span class=${QUIET.has(line.level) ? 'badge' : 'badge is-bad'}
      >${page.texts.badges.levels[line.level] ?? line.level}</span
    >
    <span>${line.message}</span>`;
  if (Object.keys(line.fields).length === 0) return html`<p class="entry entry-head">${head}</p>`;
  return html`<details class="entry">
    <summary>${head}</summary>
    ${line.fields === undefined ? nothing : json(line.fields, page.texts.panel.details)}
  </details>`;
}
