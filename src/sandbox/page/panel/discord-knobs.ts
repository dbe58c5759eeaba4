import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Snapshot } from '../../playground/protocol.ts';
import { DISCORD_FAULTS, DISCORD_TARGETS } from '../../playground/protocol/knobs.ts';
import type { DiscordFaultState, KnobTurn } from '../../playground/protocol/knobs.ts';
import type { Page } from '../page.ts';
import { turn } from './turn.ts';
import { knobButton } from './turn-button.ts';

/** Renders the knobs for faults of Discord's API and for its gateway. */
export function renderDiscordKnobs({ knobs }: Snapshot, page: Page): TemplateResult {
  const { texts } = page;
  return html`<fieldset>
    <legend>${texts.knobs.discord}</legend>
    ${renderFaultForm(page)} ${renderWaiting(knobs.discordFaults, page)}
    <p class="about">${texts.knobs.gateway}</p>
    <div class="buttons">
      ${knobButton(page, texts.knobs.gatewayCut, { kind: 'gateway', do: 'cut' })}
      ${knobButton(page, texts.knobs.gatewayReconnect, { kind: 'gateway', do: 'reconnect' })}
      ${knobButton(page, texts.knobs.gatewayForget, { kind: 'gateway', do: 'forget-session' })}
    </div>
  </fieldset>`;
}

function renderFaultForm(page: Page): TemplateResult {
  const { texts } = page;
  return html`<form
    @submit=${(event: SubmitEvent) => {
      event.preventDefault();
      if (event.currentTarget instanceof HTMLFormElement) {
        void turn(page, readFault(new FormData(event.currentTarget)));
      }
    }}
  >
    <label class="knob"
      ><span>${texts.knobs.fault}</span
      ><select name="fault">
        ${DISCORD_FAULTS.map((fault) => html`<option value=${fault}>${texts.knobs.faults[fault]}</option>`)}
      </select></label
    >
    <label class="knob"
      ><span>${texts.knobs.target}</span
      ><select name="target">
        ${DISCORD_TARGETS.map(
          (target) => html`<option value=${target}>${texts.knobs.targets[target]}</option>`,
        )}
      </select></label
    >
    <label class="knob"
      ><span>${texts.knobs.times}</span
      ><input name="times" type="number" min="1" max="100" value="1" required
    /></label>
    <div class="buttons">
      <button type="submit" class="plain-button">${texts.knobs.breakIt}</button>
      ${knobButton(page, texts.knobs.well, { kind: 'discord-well' })}
    </div>
  </form>`;
}

function renderWaiting(faults: readonly DiscordFaultState[], { texts }: Page) {
  if (faults.length === 0) return nothing;
  return html`<ul class="waiting">
    ${faults.map(
      ({ fault, target, left }) =>
        html`<li>${left} × ${texts.knobs.faults[fault]}: ${texts.knobs.targets[target]}</li>`,
    )}
  </ul>`;
}

function readFault(form: FormData): KnobTurn {
  const fault = DISCORD_FAULTS.find((known) => known === form.get('fault')) ?? 'rate-limited';
  const target = DISCORD_TARGETS.find((known) => known === form.get('target')) ?? 'all';
  return { kind: 'discord-fault', fault, target, times: Number(form.get('times')) };
}
