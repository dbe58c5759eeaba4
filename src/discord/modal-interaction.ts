import { z } from 'zod';
import { openerOf, openerSchema } from './component-interaction.ts';
import {
  attachmentsOf,
  converted,
  locatedSchema,
  placeOf,
  resolvedAttachmentsSchema,
} from './interaction.ts';
import type { Parsed } from './interaction.ts';

/** Discord's limits: components of a modal, values of one of them, characters of a text input. */
const MAX_COMPONENTS = 5;
const MAX_VALUES = 25;
const TEXT_MAX = 10_000;

/** What was entered: text, or what was chosen, or the ids of uploaded files, or a tick. */
const fieldSchema = z.object({
  custom_id: z.string().max(100),
  value: z.union([z.string().max(TEXT_MAX), z.boolean()]).nullish(),
  values: z.array(z.string().max(100)).max(MAX_VALUES).optional(),
});

/** A label has one field, a row has several, and a text has none. */
const topSchema = z.object({
  component: fieldSchema.optional(),
  components: z.array(fieldSchema).max(MAX_COMPONENTS).optional(),
});

const modalSchema = locatedSchema.extend({
  data: z.object({
    custom_id: z.string().max(100),
    components: z.array(topSchema).max(MAX_COMPONENTS),
    resolved: z.object({ attachments: resolvedAttachmentsSchema }).optional(),
  }),
  message: openerSchema,
});

function modalOf(raw: z.infer<typeof modalSchema>) {
  const fields = raw.data.components.flatMap(({ component, components = [] }) =>
    component === undefined ? components : [component],
  );
  return {
    customId: raw.data.custom_id,
    /** Texts and ticks by the field's custom id. */
    entered: new Map(fields.map(({ custom_id: id, value }) => [id, value ?? undefined])),
    /** Choices, or ids of `attachments`, by the field's custom id. */
    chosen: new Map(fields.map(({ custom_id: id, values = [] }) => [id, values])),
    attachments: attachmentsOf(raw.data.resolved?.attachments),
    /** The message whose component opened the modal; `undefined` after a command. */
    message: openerOf(raw.message),
    ...placeOf(raw),
  };
}
export type ModalInteraction = ReturnType<typeof modalOf>;

/** Reads a modal that was sent. */
export function parseModal(raw: unknown): Parsed<ModalInteraction> {
  return converted(modalSchema.safeParse(raw), modalOf);
}
