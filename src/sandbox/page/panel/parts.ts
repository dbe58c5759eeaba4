import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Page } from '../page.ts';

/** The time of day with seconds. */
export function clockTime(at: number, { reader }: Page): TemplateResult {
  const text = new Intl.DateTimeFormat(reader.locale, { timeStyle: 'medium' }).format(at);
  return html`<time datetime=${new Date(at).toISOString()}>${text}</time>`;
}

/** A value as JSON, to be scrolled where it is long. */
export function json(value: unknown, label: string): TemplateResult {
  const text = typeof value === 'string' ? value : JSON.stringify(value, undefined, 2);
  return html`<pre tabindex="0" role="region" aria-label=${label}>${text}</pre>`;
}

export function nothingYet({ texts }: Page): TemplateResult {
  return html`<p class="nothing-yet">${texts.panel.nothing}</p>`;
}

/** A word that says how it went. */
export function badge(text: string, isGood: boolean): TemplateResult {
  return html`<span class=${isGood ? 'badge is-good' : 'badge is-bad'}>${text}</span>`;
}
