import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Page } from '../page.ts';

/** Renders the time of day with seconds. */
export function clockTime(at: number, { viewer }: Page): TemplateResult {
  const text = new Intl.DateTimeFormat(viewer.locale, { timeStyle: 'medium' }).format(at);
  return html`<time datetime=${new Date(at).toISOString()}>${text}</time>`;
}

/** Renders a value as JSON in a scrollable region. */
export function json(value: unknown, label: string): TemplateResult {
  const text = typeof value === 'string' ? value : JSON.stringify(value, undefined, 2);
  return html`<pre tabindex="0" role="region" aria-label=${label}>${text}</pre>`;
}

/** Renders the note of an empty list. */
export function emptyNote({ texts }: Page): TemplateResult {
  return html`<p class="nothing-yet">${texts.panel.nothing}</p>`;
}

/** Renders a short status, coloured by whether it is good. */
export function badge(text: string, isGood: boolean): TemplateResult {
  return html`<span class=${isGood ? 'badge is-good' : 'badge is-bad'}>${text}</span>`;
}
