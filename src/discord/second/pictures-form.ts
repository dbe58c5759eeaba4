import type { VideoOption } from '../../domain/routes/options.ts';
import type { Attachment } from '../../domain/routes/request.ts';
import type { PictureSlot } from '../../domain/ways/picture-slots.ts';
import { ComponentType } from '../discord-js.ts';
import type { Messages } from '../messages/en.ts';
import type { ModalInteraction } from '../modal-interaction.ts';
import type { Modal } from '../replies.ts';
import { toAttachment } from '../to-attachment.ts';
import { labelled } from './form-fields.ts';

/** The form that takes other pictures, one upload for each place. */
export function picturesForm(
  slots: readonly PictureSlot[],
  customId: string,
  { pictures }: Messages,
): Modal {
  return {
    custom_id: customId,
    title: pictures.title,
    components: slots.map(({ name, isRequired, options }) =>
      labelled(pictures[name], {
        type: ComponentType.FileUpload,
        custom_id: name,
        required: isRequired,
        min_values: isRequired ? 1 : 0,
        max_values: options.length,
        file_types: ['image'],
      }),
    ),
  };
}

/** The pictures by their options; `undefined` if the form is not as it was shown, or has none. */
export function readPictures(
  { chosen, attachments }: Pick<ModalInteraction, 'chosen' | 'attachments'>,
  slots: readonly PictureSlot[],
): (readonly [VideoOption, Attachment])[] | undefined {
  const pictures: (readonly [VideoOption, Attachment])[] = [];
  for (const { name, options } of slots) {
    for (const [index, id] of (chosen.get(name) ?? []).entries()) {
      const option = options[index];
      const received = attachments.get(id);
      if (option === undefined || received === undefined) return undefined;
      pictures.push([option, toAttachment(received)]);
    }
  }
  return pictures.length === 0 ? undefined : pictures;
}
