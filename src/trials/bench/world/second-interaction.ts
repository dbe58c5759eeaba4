import { interactionAt, MODEL } from './interaction.ts';
import type { Place } from './interaction.ts';
import { messageData } from './message.ts';

const BUTTON = 2;
const STRING_SELECT = 3;
const TEXT_INPUT = 4;
const LABEL = 18;

/** Builds the INTERACTION_CREATE of a click on a button under a video. */
export function clickInteraction(place: Place, customId: string) {
  const data = { custom_id: customId, component_type: BUTTON };
  return underVideo(interactionAt(place, 'component', data));
}

/** Builds the INTERACTION_CREATE of the sent form of "Edit", with every field. */
export function formInteraction(place: Place, customId: string, prompt: string) {
  const components = [
    labelled({ type: TEXT_INPUT, custom_id: 'prompt', value: prompt }),
    labelled({ type: STRING_SELECT, custom_id: 'model', values: [MODEL] }),
    labelled({ type: TEXT_INPUT, custom_id: 'duration', value: '5' }),
    labelled({ type: STRING_SELECT, custom_id: 'resolution', values: ['default'] }),
    labelled({ type: STRING_SELECT, custom_id: 'ratio', values: ['default'] }),
  ];
  return underVideo(interactionAt(place, 'modal', { custom_id: customId, components }));
}

const labelled = (component: object) => ({ type: LABEL, component });

function underVideo<T extends { readonly id: string }>(interaction: T) {
  return { ...interaction, message: messageData(interaction.id, true) };
}
