import { z } from 'zod';
import type { ActRequest } from '../protocol/actions.ts';

const MAX_CHARACTERS = 2000;
const MAX_FILES = 10;

const id = z.string().regex(/^\d{15,20}$/u, 'not an id');
const size = z.int().positive().exactOptional();
const file = z.strictObject({
  file: z.int().min(0),
  width: size,
  height: size,
  durationSeconds: z.number().positive().exactOptional(),
});
const options = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean(), z.strictObject({ id }), file]),
);
const command = z.string().min(1);

const actionSchema = z.discriminatedUnion('kind', [
  z
    .strictObject({
      kind: z.literal('say'),
      channelId: id,
      content: z.string().trim().max(MAX_CHARACTERS),
      files: z.array(file).min(1).max(MAX_FILES).exactOptional(),
    })
    .refine(({ content, files }) => content !== '' || files !== undefined, 'an empty message'),
  z.strictObject({ kind: z.literal('forward'), messageId: id, channelId: id }),
  z.strictObject({ kind: z.literal('slash'), channelId: id, command, options }),
  z.strictObject({
    kind: z.literal('autocomplete'),
    channelId: id,
    command,
    options,
    focused: z.string(),
  }),
  z.strictObject({
    kind: z.literal('context-menu'),
    channelId: id,
    command,
    target: z.union([z.strictObject({ messageId: id }), z.strictObject({ userId: id })]),
  }),
  z.strictObject({ kind: z.literal('click'), messageId: id, customId: z.string() }),
  z.strictObject({
    kind: z.literal('select'),
    messageId: id,
    customId: z.string(),
    values: z.array(z.string()),
  }),
  z.strictObject({
    kind: z.literal('submit-modal'),
    interactionId: id,
    values: z.record(
      z.string(),
      z.union([z.string(), z.boolean(), z.array(z.string()), z.array(file)]),
    ),
  }),
]);

/** Validates the JSON body, or the `payload_json`, of `POST /act`. */
export const actRequestSchema = z.strictObject({
  as: z.strictObject({ personId: id, locale: z.enum(['en-US', 'zh-CN']) }),
  action: actionSchema,
}) satisfies z.ZodType<ActRequest>;
