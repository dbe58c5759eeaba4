import { z } from 'zod';
import type {
  InteractionHandle,
  MemberActorOptions,
  MemberFile,
  OptionValue,
  SendOptions,
} from '../../src/simulators/discord/actors/api.ts';
import type { MessageView } from '../../src/simulators/discord/world/message-view.ts';
import type { RecordedRequest } from '../../src/simulators/providers/recorded-request.ts';
import type { SimulatedTask } from '../../src/simulators/providers/simulated-task.ts';
import type { Testbed } from '../../src/sandbox/testbed.ts';
import { isEndOf } from './bot-testbed.ts';
import type { MediaOption } from './provider-limits.table.ts';

/** The model of the tests to which any model is as good as the other. */
export const ANY_MODEL = 'jimmy/seedance2.0-mini-sp';
export const ANYFAST_MODEL = 'anyfast/seedance-2.0-mini';

export interface CallOptions {
  readonly member?: MemberActorOptions;
  readonly send?: SendOptions;
}

/** One `/video` of a member of its own; `options` go on top of the prompt and any model. */
export async function callVideo(
  { discord }: Testbed,
  prompt: string,
  options: Readonly<Record<string, OptionValue>> = {},
  { member = {}, send = {} }: CallOptions = {},
): Promise<InteractionHandle> {
  const caller = discord.member(member);
  return caller.slash(discord.channelId, 'video', { prompt, model: ANY_MODEL, ...options }, send);
}

const FILES = {
  image: { extension: 'png', contentType: 'image/png', width: 1024, height: 1024 },
  video: {
    extension: 'mp4',
    contentType: 'video/mp4',
    width: 1280,
    height: 720,
    durationSeconds: 4,
  },
  audio: { extension: 'mp3', contentType: 'audio/mpeg', durationSeconds: 4 },
} as const;

/** A file that every route takes in this option, if it takes any. */
export function fileFor(option: MediaOption): MemberFile {
  const kind = option.startsWith('video')
    ? 'video'
    : option.startsWith('audio')
      ? 'audio'
      : 'image';
  const { extension, ...file } = FILES[kind];
  return { filename: `${option}.${extension}`, bytes: Buffer.from(option), ...file };
}

const attachmentsSchema = z.object({
  data: z.object({
    options: z.array(z.object({ name: z.string(), value: z.unknown() })),
    resolved: z.object({ attachments: z.record(z.string(), z.object({ url: z.string() })) }),
  }),
});

/** The address of each attachment, by its option, as the interaction delivered it. */
export function attachmentUrls({ payload }: InteractionHandle): ReadonlyMap<string, string> {
  const read = attachmentsSchema.safeParse(payload).data;
  if (read === undefined) return new Map();
  const { options, resolved } = read.data;
  return new Map(
    options.flatMap(({ name, value }): [string, string][] => {
      const attachment = resolved.attachments[String(value)];
      return attachment === undefined ? [] : [[name, attachment.url]];
    }),
  );
}

/** Whether the message carries exactly one clip that can be seen, and nothing else. */
export function hasClip({ attachments, loading }: MessageView): boolean {
  const [clip, ...others] = attachments;
  const isClip = clip !== undefined && clip.shown && clip.filename.endsWith('.mp4');
  return isClip && others.length === 0 && !loading;
}

/** The buttons that lead out of Discord. */
export function linkButtons({ buttons }: MessageView): MessageView['buttons'] {
  return buttons.filter(({ url }) => url !== undefined);
}

/** Resolves with the response once the task has ended, however it ended. */
export async function endedMessage(
  testbed: Testbed,
  call: InteractionHandle,
): Promise<MessageView> {
  await testbed.bot.waitForLine((line) => isEndOf(line, call.id));
  const message = call.message();
  if (message === null) throw new Error('the ended task has no message');
  return message;
}

/** The creates that brought this prompt to a provider, accepted or not. */
export function createsOf({ providers }: Testbed, prompt: string): RecordedRequest[] {
  const text = JSON.stringify(prompt);
  return providers.requests.filter(
    ({ purpose, body }) => purpose === 'create' && JSON.stringify(body ?? null).includes(text),
  );
}

/** The tasks that a provider made of this prompt: what has to be paid. */
export function tasksOf({ providers }: Testbed, prompt: string): SimulatedTask[] {
  return providers.tasks.filter(({ clip }) => clip.prompt === prompt);
}

/** The bot's messages in the channel about one caller, deleted ones left out. */
export function messagesAbout({ discord }: Testbed, callerId: string): MessageView[] {
  return discord
    .messages(discord.channelId)
    .filter(
      ({ authorId, deleted, text }) =>
        authorId === discord.botUserId && !deleted && text.includes(callerId),
    );
}
