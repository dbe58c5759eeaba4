import { expect } from 'vitest';
import { z } from 'zod';
import type { InteractionHandle } from '../../src/simulators/discord/actors/api.ts';
import type { MessageView } from '../../src/simulators/discord/world/message-view.ts';
import { endedMessage, hasClip } from './video-call.ts';
import type { BotTestbed } from './bot-testbed.ts';

/** The custom id of a button by the start of it: its action. */
export function buttonOf({ buttons, text }: MessageView, action: string): string {
  const found = buttons.find(({ customId }) => customId?.startsWith(`${action}:`) === true);
  if (found?.customId === undefined) throw new Error(`no button ${action} in: ${text}`);
  return found.customId;
}

/** The answer that only the caller sees. */
export async function privateAnswer(call: InteractionHandle): Promise<MessageView> {
  const message = await call.waitFor(({ loading }) => !loading);
  expect(message.ephemeral).toBe(true);
  return message;
}

/** The public message of the video that a form made, with its clip. */
export async function madeVideo(
  testbed: BotTestbed,
  sent: InteractionHandle,
): Promise<MessageView> {
  const message = await endedMessage(testbed, sent);
  expect([message.ephemeral, hasClip(message)]).toEqual([false, true]);
  return message;
}

/** Kills the bot before its next answer to an interaction has an effect; resolves when it is dead. */
export async function killedAtAnswer(testbed: BotTestbed): Promise<void> {
  return new Promise((resolve) => {
    const remove = testbed.discord.beforeEffect(async ({ path }) => {
      if (!path.endsWith('/callback')) return;
      remove();
      await testbed.kill();
      resolve();
    });
  });
}

const sentSchema = z.object({
  data: z.object({
    resolved: z.object({ attachments: z.record(z.string(), z.object({ url: z.string() })) }),
  }),
});

/** The addresses of the files that a form was sent with. */
export function uploadedUrls({ payload }: InteractionHandle): string[] {
  const { attachments } = sentSchema.parse(payload).data.resolved;
  return Object.values(attachments).map(({ url }) => url);
}

/** What a private answer gives back as a file. */
export function givenBack({ discord }: BotTestbed, { attachments }: MessageView): string {
  const bytes = discord.attachmentBytes(attachments[0]?.id ?? '');
  return Buffer.from(bytes ?? []).toString('utf8');
}

const optionSchema = z.object({
  label: z.string(),
  value: z.string(),
  default: z.boolean().optional(),
});
const fieldSchema = z.object({
  custom_id: z.string(),
  type: z.number(),
  value: z.string().optional(),
  required: z.boolean().optional(),
  max_values: z.number().optional(),
  options: z.array(optionSchema).optional(),
});
const formSchema = z.object({
  title: z.string(),
  custom_id: z.string(),
  components: z.array(z.object({ label: z.string(), component: fieldSchema })),
});

/** A form as a member sees it: what each field contains, or which values it offers. */
export async function openedForm(opened: InteractionHandle) {
  const acknowledgement = await opened.acknowledged;
  expect(acknowledgement.kind).toBe('modal');
  const { title, custom_id: customId, components } = formSchema.parse(acknowledgement.data);
  const fields = components.map(({ component }) => component);
  return {
    title,
    customId,
    labels: components.map(({ label }) => label),
    types: Object.fromEntries(fields.map(({ custom_id: id, type }) => [id, type])),
    fields: new Map(fields.map((field) => [field.custom_id, field])),
    shown: Object.fromEntries(
      fields.map(({ custom_id: id, value, options }) => [
        id,
        value ?? options?.find((option) => option.default === true)?.value,
      ]),
    ),
  };
}
