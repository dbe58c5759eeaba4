import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { CommandOverride } from '../../playground/protocol/world.ts';
import type { Page } from '../page.ts';
import { openChannel } from '../state/selectors.ts';
import type { OpenChannel } from '../state/selectors.ts';
import { selectOf } from './select-of.ts';
import { turn } from './turn.ts';

const EVERY_COMMAND = '';
const ROLE = 1;
const CHANNEL = 3;

/** Renders who may use a command here, as in Server Settings → Integrations. */
export function renderCommandKnobs(page: Page): TemplateResult | typeof nothing {
  const open = openChannel(page.state);
  if (open === undefined) return nothing;
  const { texts, state } = page;
  const { commandNames } = open.guild;
  const chosen = commandNames.includes(state.knobCommand) ? state.knobCommand : EVERY_COMMAND;
  return html`<fieldset>
    <legend>${texts.knobs.access}</legend>
    <label class="knob"
      ><span>${texts.knobs.accessTo}</span>${selectOf([EVERY_COMMAND, ...commandNames], chosen, {
        label: (name) => (name === EVERY_COMMAND ? texts.knobs.everyCommand : name),
        onSelect: (knobCommand) => {
          page.change((now) => ({ ...now, knobCommand }));
        },
      })}</label
    >
    ${subjectsOf(open, page).map((subject) => renderSubject(subject, chosen, { open, page }))}
  </fieldset>`;
}

interface Subject {
  readonly id: string;
  readonly type: CommandOverride['type'];
  readonly name: string;
}

function subjectsOf({ guild, channel }: OpenChannel, { texts }: Page): readonly Subject[] {
  const all = String(BigInt(guild.id) - 1n);
  return [
    { id: guild.id, type: ROLE, name: texts.knobs.everyone },
    ...guild.roles.map(({ id, name }) => ({ id, type: ROLE, name: `@${name}` }) as const),
    { id: all, type: CHANNEL, name: texts.knobs.allChannels },
    { id: channel.id, type: CHANNEL, name: `#${channel.name}` },
  ];
}

type Verdict = 'unset' | 'allowed' | 'denied';
const VERDICTS: readonly Verdict[] = ['unset', 'allowed', 'denied'];

function renderSubject(
  { id, type, name }: Subject,
  command: string,
  { open, page }: { readonly open: OpenChannel; readonly page: Page },
): TemplateResult {
  const before = open.guild.commandOverrides[command] ?? [];
  const own = before.find((each) => each.id === id && each.type === type);
  const verdict = own === undefined ? 'unset' : own.permission ? 'allowed' : 'denied';
  return html`<label class="knob"
    ><span>${name}</span>${selectOf(VERDICTS, verdict, {
      label: (each) => page.texts.knobs.verdicts[each],
      onSelect: (next) => {
        const others = before.filter((each) => each !== own);
        const permission = next === 'allowed';
        void turn(page, {
          kind: 'command-permissions',
          guildId: open.guild.id,
          command: command === EVERY_COMMAND ? null : command,
          permissions: next === 'unset' ? others : [...others, { id, type, permission }],
        });
      },
    })}</label
  >`;
}
