import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Channel } from '../../playground/protocol/world.ts';
import type { Page } from '../page.ts';
import { openChannel } from '../state/selectors.ts';
import { turn } from './turn.ts';

const PERMISSIONS: readonly (keyof Channel['bot'])[] = [
  'view',
  'send',
  'attach',
  'embed',
  'history',
];

/** Renders the bot's permissions in the open channel. */
export function renderPermissionKnobs(page: Page): TemplateResult | typeof nothing {
  const { texts } = page;
  const open = openChannel(page.state);
  if (open === undefined) return nothing;
  const { channel } = open;
  return html`<fieldset>
    <legend>${texts.knobs.permissions(channel.name)}</legend>
    ${PERMISSIONS.map(
      (permission) =>
        html`<label class="check"
          ><input
            type="checkbox"
            .checked=${channel.bot[permission]}
            @change=${({ currentTarget }: Event) => {
              const isOn = currentTarget instanceof HTMLInputElement && currentTarget.checked;
              const bot = { [permission]: isOn };
              void turn(page, { kind: 'permissions', channelId: channel.id, bot });
            }}
          />${texts.knobs.mayDo[permission]}</label
        >`,
    )}
  </fieldset>`;
}
