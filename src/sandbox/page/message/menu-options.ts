import type { ApiObject } from '../../playground/protocol/messages.ts';
import type { Page } from '../page.ts';
import { openChannel } from '../state/selectors.ts';
import { numberField, objectsField, textField } from './api-fields.ts';
import { COMPONENT } from '../../../simulators/discord/component-types.ts';

/** One choice of a select menu. */
export interface MenuOption {
  readonly value: string;
  readonly label: string;
  readonly description?: string;
  readonly isDefault?: boolean;
}

/** Returns the choices of a select menu: its own options, or people, roles or channels. */
export function menuOptions(menu: ApiObject, page: Page): readonly MenuOption[] {
  switch (numberField(menu, 'type')) {
    case COMPONENT.userSelect:
      return users(page);
    case COMPONENT.roleSelect:
      return roles(page);
    case COMPONENT.mentionableSelect:
      return [...users(page), ...roles(page)];
    case COMPONENT.channelSelect:
      return (openChannel(page.state)?.guild.channels ?? []).map(({ id, name }) => ({
        value: id,
        label: `#${name}`,
      }));
    case undefined:
    default:
      return ownOptions(menu);
  }
}

/** Returns the options of a string menu, radio buttons or check boxes. */
export function ownOptions(menu: ApiObject): readonly MenuOption[] {
  return objectsField(menu, 'options').map((option) => {
    const description = textField(option, 'description');
    return {
      value: textField(option, 'value') ?? '',
      label: textField(option, 'label') ?? '',
      ...(description === undefined ? {} : { description }),
      isDefault: option['default'] === true,
    };
  });
}

function users({ state: { snapshot } }: Page): readonly MenuOption[] {
  return (snapshot?.people ?? []).map(({ id, name }) => ({ value: id, label: `@${name}` }));
}

function roles(page: Page): readonly MenuOption[] {
  return (openChannel(page.state)?.guild.roles ?? []).map(({ id, name }) => ({
    value: id,
    label: `@${name}`,
  }));
}
