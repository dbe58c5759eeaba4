import { MEDIA_OPTIONS, RATIOS, RESOLUTIONS } from '../domain/routes/options.ts';
import type { VideoOption } from '../domain/routes/options.ts';
import type { Attachment, VideoRequest } from '../domain/routes/request.ts';
import type { CommandInteraction, ReceivedAttachment } from './interaction.ts';

/** Options that were not of the form that `/video` declares: only a stale or hostile client sends them. */
export interface UnreadableOptions {
  readonly unreadable: readonly VideoOption[];
}

/** The options of `/video` as a request; every malformed one is named. */
export function readVideoRequest(call: CommandInteraction): VideoRequest | UnreadableOptions {
  const unreadable: VideoOption[] = [];
  const take = <T>(name: VideoOption, is: (value: unknown) => value is T): T | undefined => {
    const value = call.options.get(name);
    if (value === undefined) return undefined;
    if (is(value)) return value;
    unreadable.push(name);
    return undefined;
  };
  const prompt = take('prompt', isString);
  const durationSeconds = take('duration', isNumber);
  const resolution = take('resolution', isOneOf(RESOLUTIONS));
  const ratio = take('ratio', isOneOf(RATIOS));
  const sound = take('sound', isBoolean);
  const webSearch = take('web_search', isBoolean);
  const watermark = take('watermark', isBoolean);
  const media: Partial<Record<VideoOption, Attachment>> = {};
  for (const { option } of MEDIA_OPTIONS) {
    const id = take(option, isString);
    if (id === undefined) continue;
    const received = call.attachments.get(id);
    if (received === undefined) unreadable.push(option);
    else media[option] = toAttachment(received);
  }
  if (unreadable.length > 0) return { unreadable };
  return {
    prompt: prompt ?? '',
    media,
    ...(durationSeconds === undefined ? {} : { durationSeconds }),
    ...(resolution === undefined ? {} : { resolution }),
    ...(ratio === undefined ? {} : { ratio }),
    ...(sound === undefined ? {} : { sound }),
    ...(webSearch === undefined ? {} : { webSearch }),
    ...(watermark === undefined ? {} : { watermark }),
  };
}

function toAttachment(received: ReceivedAttachment): Attachment {
  const { content_type: mimeType, width, height, duration_secs: seconds } = received;
  return {
    filename: received.filename,
    url: received.url,
    bytes: received.size,
    ...(mimeType ? { mimeType } : {}),
    ...(width ? { width } : {}),
    ...(height ? { height } : {}),
    ...(seconds ? { seconds } : {}),
  };
}

const isString = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown): value is number => typeof value === 'number';
const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';

function isOneOf<T extends string>(choices: readonly T[]): (value: unknown) => value is T {
  return (value): value is T => choices.some((choice) => choice === value);
}
