import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Snapshot } from '../../playground/protocol.ts';
import type { Page } from '../page.ts';
import { renderDiscordKnobs } from './discord-knobs.ts';
import { renderPermissionKnobs } from './permission-knobs.ts';
import { renderProviderKnobs } from './provider-knobs.ts';
import { turnButton } from './turn-button.ts';

/** Everything that can be made to go otherwise: the same knobs that the tests turn. */
export function renderKnobs(sight: Snapshot, page: Page): TemplateResult {
  const { knobFault } = page.state;
  return html`
    ${knobFault === undefined ? nothing : html`<p class="fault" role="alert">${knobFault}</p>`}
    ${renderBot(sight, page)} ${renderClock(sight, page)} ${renderProviderKnobs(sight, page)}
    ${renderDiscordKnobs(sight, page)} ${renderPermissionKnobs(page)}
  `;
}

function renderBot({ bot }: Snapshot, page: Page): TemplateResult {
  const { words } = page;
  const isUp = bot.name !== 'stopped';
  const standing =
    bot.name === 'stopped'
      ? words.knobs.botEnded(bot.exit === undefined ? '?' : String(bot.exit))
      : words.knobs.botRuns(bot.pid ?? 0);
  return html`<fieldset>
    <legend>${words.knobs.bot}</legend>
    <p class=${`bot-state is-${bot.name}`}>${words.bot[bot.name]} · ${standing}</p>
    <div class="buttons">
      ${turnButton(page, words.knobs.kill, { kind: 'bot', do: 'kill' }, !isUp)}
      ${turnButton(page, words.knobs.stop, { kind: 'bot', do: 'stop' }, !isUp)}
      ${turnButton(page, words.knobs.start, { kind: 'bot', do: 'start' }, isUp)}
    </div>
  </fieldset>`;
}

const MINUTE = 60_000;

function renderClock({ aheadMs }: Snapshot, page: Page): TemplateResult {
  const { words } = page;
  const ahead = Math.round(aheadMs / MINUTE);
  return html`<fieldset>
    <legend>${words.knobs.clock}</legend>
    <p class="about">${words.knobs.ahead(ahead)}</p>
    <div class="buttons">
      ${turnButton(page, words.knobs.pass15, { kind: 'advance', ms: 15 * MINUTE })}
      ${turnButton(page, words.knobs.passHour, { kind: 'advance', ms: 60 * MINUTE })}
      ${turnButton(page, words.knobs.passDay, { kind: 'advance', ms: 24 * 60 * MINUTE })}
    </div>
  </fieldset>`;
}
