import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Snapshot } from '../../playground/protocol.ts';
import { PROVIDER_MOODS } from '../../playground/protocol/knobs.ts';
import type { Page } from '../page.ts';
import { selectOf } from './select-of.ts';
import { turn } from './turn.ts';

const TIMES_MS: readonly number[] = [0, 2000, 5000, 15_000, 60_000, 600_000];

/** Renders the knobs of each provider: its mood and how long its videos take. */
export function renderProviderKnobs({ knobs }: Snapshot, page: Page): TemplateResult {
  const { texts } = page;
  return html`${Object.entries(knobs.providers).map(([provider, { name, mood, taskMs }]) => {
    return html`<fieldset>
      <legend>${name}</legend>
      <label class="knob"
        ><span>${texts.knobs.mood}</span>${selectOf(
          mood === 'custom' ? [mood, ...PROVIDER_MOODS] : PROVIDER_MOODS,
          mood,
          {
            label: (each) => texts.knobs.moods[each],
            onSelect: (each) => {
              if (each !== 'custom') {
                void turn(page, { kind: 'provider-mood', provider, mood: each });
              }
            },
          },
        )}</label
      >
      <label class="knob"
        ><span>${texts.knobs.takes}</span>${selectOf(withCurrent(taskMs), taskMs, {
          label: (ms) => texts.knobs.duration(ms / 1000),
          onSelect: (ms) => void turn(page, { kind: 'provider-time', provider, taskMs: ms }),
        })}</label
      >
    </fieldset>`;
  })}`;
}

/** Adds the current time to the choices, as a test or another tab may have set any time. */
function withCurrent(taskMs: number): readonly number[] {
  return TIMES_MS.includes(taskMs)
    ? TIMES_MS
    : [...TIMES_MS, taskMs].toSorted((one, other) => one - other);
}
