import type { APIButtonComponentWithCustomId } from 'discord.js';
import { ButtonStyle, ComponentType } from '../discord-js.ts';

type Style = 'Primary' | 'Secondary' | 'Success' | 'Danger';

/** A button whose custom id is `action:id`. */
export function actionButton(
  [action, id]: readonly [action: string, id: string],
  label: string,
  style: Style = 'Secondary',
): APIButtonComponentWithCustomId {
  return {
    type: ComponentType.Button,
    style: ButtonStyle[style],
    label,
    custom_id: `${action}:${id}`,
  };
}
