import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Snapshot } from '../../playground/protocol.ts';
import type { Page } from '../page.ts';
import { renderCommandKnobs } from './command-knobs.ts';
import { renderDiscordKnobs } from './discord-knobs.ts';
import { renderPermissionKnobs } from './permission-knobs.ts';
import { renderProviderKnobs } from './provider-knobs.ts';
import { knobButton } from './turn-button.ts';

/** Renders all knobs; tests turn the same ones. */
export function renderKnobs(snapshot: Snapshot, page: Page): TemplateResult {
  const { knobError } = page.state;
  return html`
    ${knobError === undefined ? nothing : html`<p class="error" role="alert">${knobError}</p>`}
    ${renderBot(snapshot, page)} ${renderClock(snapshot, page)}
    ${renderProviderKnobs(snapshot, page)} ${renderDiscordKnobs(snapshot, page)}
    ${renderPermissionKnobs(page)} ${renderCommandKnobs(page)}
  `;
}

function renderBot({ bot }: Snapshot, page: Page): TemplateResult {
  const { texts } = page;
  const isUp = bot.name !== 'stopped';
  const detail =
    bot.name === 'stopped'
      ? texts.knobs.botEnded(bot.exit === undefined ? '?' : String(bot.exit))
      : texts.knobs.botRuns(bot.pid ?? 0);
  return html`<fieldset>
    <legend>${texts.knobs.bot}</legend>
    <p class=${`bot-state is-${bot.name}`}>${texts.bot[bot.name]} · ${detail}</p>
    <div class="buttons">
      ${knobButton(page, texts.knobs.kill, { kind: 'bot', do: 'kill' }, !isUp)}
      ${knobButton(page, texts.knobs.stop, { kind: 'bot', do: 'stop' }, !isUp)}
      ${knobButton(page, texts.knobs.start, { kind: 'bot', do: 'start' }, isUp)}
    </div>
  </fieldset>`;
}

const MINUTE = 60_000;

function renderClock({ aheadMs }: Snapshot, page: Page): TemplateResult {
  const { texts } = page;
  const ahead = Math.round(aheadMs / MINUTE);
  return html`<fieldset>
    <legend>${texts.knobs.clock}</legend>
    <p class="about">${texts.knobs.ahead(ahead)}</p>
    <div class="buttons">
      ${knobButton(page, texts.knobs.pass15, { kind: 'advance', ms: 15 * MINUTE })}
      ${knobButton(page, texts.knobs.passHour, { kind: 'advance', ms: 60 * MINUTE })}
      ${knobButton(page, texts.knobs.passDay, { kind: 'advance', ms: 24 * 60 * MINUTE })}
    </div>
  </fieldset>`;
}
