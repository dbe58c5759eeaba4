import type { APIComponentInLabel } from 'discord.js';
import { ComponentType, TextInputStyle } from '../discord-js.ts';
import type { Messages } from '../messages/en.ts';
import type { Modal, PlainMessage } from '../replies.ts';
import { fieldsOf, offeredTemplates } from './templates.ts';
import type { SetupField, Template } from './templates.ts';

export const SETUP_ACTION = 'setup';

/** The templates to choose from. `currency`: the price list's, if there is one. */
export function templateChoice(currency: string | undefined, { setup }: Messages): PlainMessage {
  const hasPrices = currency !== undefined;
  const options = offeredTemplates(hasPrices).map((template) => ({
    label: setup.templates[template],
    description: setup.explained[template],
    value: template,
  }));
  return {
    content: [setup.title, ...(hasPrices ? [] : [setup.noPrices])].join('\n'),
    rows: [
      [
        {
          type: ComponentType.StringSelect,
          custom_id: `${SETUP_ACTION}:template`,
          placeholder: setup.choose,
          options,
        },
      ],
    ],
  };
}

/** The form of a template, filled with its suggestions. */
export function setupForm(
  template: Template,
  currency: string | undefined,
  messages: Messages,
): Modal {
  const { setup } = messages;
  return {
    custom_id: `${SETUP_ACTION}:${template}`,
    title: setup.templates[template],
    components: fieldsOf(template, currency !== undefined).map(({ field, suggested }) => ({
      type: ComponentType.Label,
      label: fieldLabel(field, currency, messages),
      description: setup.optional,
      component: inputOf(field, suggested),
    })),
  };
}

function inputOf(field: SetupField, suggested: string | undefined): APIComponentInLabel {
  if (field === 'role') {
    return { type: ComponentType.RoleSelect, custom_id: field, required: false };
  }
  return {
    type: ComponentType.TextInput,
    custom_id: field,
    style: TextInputStyle.Short,
    required: false,
    max_length: 40,
    ...(suggested === undefined ? {} : { value: suggested }),
  };
}

/** The name of a field, in the form and in faults. */
export function fieldLabel(
  field: SetupField,
  currency: string | undefined,
  { setup: { fields } }: Messages,
): string {
  const label = fields[field];
  return typeof label === 'string' ? label : label(currency ?? '');
}
