import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Snapshot } from '../../playground/protocol.ts';
import { DISCORD_FAULTS, DISCORD_TARGETS } from '../../playground/protocol/knobs.ts';
import type { DiscordFaultState, KnobTurn } from '../../playground/protocol/knobs.ts';
import type { Page } from '../page.ts';
import { turn } from './turn.ts';
import { turnButton } from './turn-button.ts';

/** Faults of Discord: which, of which requests, and of how many; and its gateway. */
export function renderDiscordKnobs({ knobs }: Snapshot, page: Page): TemplateResult {
  const { words } = page;
  return html`<fieldset>
    <legend>${words.knobs.discord}</legend>
    ${renderFaultForm(page)} ${renderWaiting(knobs.discordFaults, page)}
    <p class="about">${words.knobs.gateway}</p>
    <div class="buttons">
      ${turnButton(page, words.knobs.gatewayCut, { kind: 'gateway', do: 'cut' })}
      ${turnButton(page, words.knobs.gatewayReconnect, { kind: 'gateway', do: 'reconnect' })}
      ${turnButton(page, words.knobs.gatewayForget, { kind: 'gateway', do: 'forget-session' })}
    </div>
  </fieldset>`;
}

function renderFaultForm(page: Page): TemplateResult {
  const { words } = page;
  return html`<form
    @submit=${(event: SubmitEvent) => {
      event.preventDefault();
      if (event.currentTarget instanceof HTMLFormElement) {
        void turn(page, readFault(new FormData(event.currentTarget)));
      }
    }}
  >
    <label class="knob"
      ><span>${words.knobs.fault}</span
      ><select name="fault">
        ${DISCORD_FAULTS.map((fault) => html`<option value=${fault}>${words.knobs.faults[fault]}</option>`)}
      </select></label
    >
    <label class="knob"
      ><span>${words.knobs.target}</span
      ><select name="target">
        ${DISCORD_TARGETS.map(
          (target) => html`<option value=${target}>${words.knobs.targets[target]}</option>`,
        )}
      </select></label
    >
    <label class="knob"
      ><span>${words.knobs.times}</span
      ><input name="times" type="number" min="1" max="100" value="1" required
    /></label>
    <div class="buttons">
      <button type="submit" class="plain-button">${words.knobs.breakIt}</button>
      ${turnButton(page, words.knobs.well, { kind: 'discord-well' })}
    </div>
  </form>`;
}

function renderWaiting(faults: readonly DiscordFaultState[], { words }: Page) {
  if (faults.length === 0) return nothing;
  return html`<ul class="waiting">
    ${faults.map(
      ({ fault, target, left }) =>
        html`<li>${left} × ${words.knobs.faults[fault]}: ${words.knobs.targets[target]}</li>`,
    )}
  </ul>`;
}

function readFault(form: FormData): KnobTurn {
  const fault = DISCORD_FAULTS.find((known) => known === form.get('fault')) ?? 'rate-limited';
  const target = DISCORD_TARGETS.find((known) => known === form.get('target')) ?? 'all';
  return { kind: 'discord-fault', fault, target, times: Number(form.get('times')) };
}
