import { MEDIA_OPTIONS, RATIOS, RESOLUTIONS } from '../domain/routes/options.ts';
import type { VideoOption } from '../domain/routes/options.ts';
import type { Attachment, VideoRequest } from '../domain/routes/request.ts';
import type { CommandInteraction } from './interaction.ts';
import { toAttachment } from './to-attachment.ts';

/**
 * Options that do not have the form `/video` declares. Only an outdated or hostile client sends
 * them.
 */
export interface UnreadableOptions {
  readonly unreadable: readonly VideoOption[];
}

/** Reads the options of `/video` as a request, or names every malformed one. */
export function readVideoRequest(call: CommandInteraction): VideoRequest | UnreadableOptions {
  const unreadable: VideoOption[] = [];
  const read = <T>(name: VideoOption, is: (value: unknown) => value is T): T | undefined => {
    const value = call.options.get(name);
    if (value === undefined) return undefined;
    if (is(value)) return value;
    unreadable.push(name);
    return undefined;
  };
  const prompt = read('prompt', isString);
  const durationSeconds = read('duration', isNumber);
  const resolution = read('resolution', isOneOf(RESOLUTIONS));
  const ratio = read('ratio', isOneOf(RATIOS));
  const sound = read('sound', isBoolean);
  const webSearch = read('web_search', isBoolean);
  const watermark = read('watermark', isBoolean);
  const media: Partial<Record<VideoOption, Attachment>> = {};
  for (const { option } of MEDIA_OPTIONS) {
    const id = read(option, isString);
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

const isString = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown): value is number => typeof value === 'number';
const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';

function isOneOf<T extends string>(choices: readonly T[]): (value: unknown) => value is T {
  return (value): value is T => choices.some((choice) => choice === value);
}
