import { basename, extname } from 'node:path';
import { parseArgs } from 'node:util';
import { MEDIA_OPTIONS, VIDEO_OPTIONS } from '../domain/routes/options.ts';
import type { VideoOption } from '../domain/routes/options.ts';
import type { MemberFile, OptionValue } from '../simulators/discord/actors/api.ts';

/** One video to make: the options of `/video`, the member's language and the output path. */
export interface SandboxJob {
  readonly options: Readonly<Record<string, OptionValue>>;
  readonly locale: string;
  readonly out: string;
}

/** What the command line asks for. */
export type ReadArguments =
  /** The page; `port` is `undefined` without `--port`. */
  | { readonly kind: 'play'; readonly port: number | undefined }
  | { readonly kind: 'job'; readonly job: SandboxJob }
  | { readonly kind: 'help'; readonly error?: string };

const BOOLEANS: ReadonlySet<VideoOption> = new Set(['sound', 'web_search', 'watermark']);
const MEDIA: ReadonlySet<VideoOption> = new Set(MEDIA_OPTIONS.map(({ option }) => option));

const MIME_TYPES: ReadonlyMap<string, string> = new Map([
  ['.jpg', 'image/jpeg'],
  ['.jpeg', 'image/jpeg'],
  ['.png', 'image/png'],
  ['.webp', 'image/webp'],
  ['.gif', 'image/gif'],
  ['.bmp', 'image/bmp'],
  ['.mp4', 'video/mp4'],
  ['.mov', 'video/quicktime'],
  ['.mp3', 'audio/mpeg'],
  ['.wav', 'audio/wav'],
]);

const MAX_PORT = 65_535;

const flagOf = (option: VideoOption): string => option.replaceAll('_', '-');

/**
 * Reads the command line, such as `--prompt … --first-frame …`: every option of `/video`, with dashes.
 * Any of these, or `--demo`, asks for one video in the terminal; otherwise the page starts.
 */
export function readArguments(args: readonly string[]): ReadArguments {
  const flags: Record<string, { type: 'string' | 'boolean' }> = Object.fromEntries(
    VIDEO_OPTIONS.map((option) => [
      flagOf(option),
      { type: BOOLEANS.has(option) ? 'boolean' : 'string' },
    ]),
  );
  try {
    const { values } = parseArgs({
      // Accepts underscores too, as in the options of /video.
      args: args.map((arg) => arg.replace(/^--\w[\w-]*/, (name) => name.replaceAll('_', '-'))),
      options: {
        ...flags,
        out: { type: 'string' },
        locale: { type: 'string' },
        demo: { type: 'boolean' },
        port: { type: 'string' },
        help: { type: 'boolean' },
      },
      allowNegative: true,
    });
    const given = new Map<string, string | boolean | undefined>(Object.entries(values));
    if (given.get('help') === true) return { kind: 'help' };
    const options = Object.fromEntries(
      VIDEO_OPTIONS.flatMap((option) => {
        const value = optionValue(option, given.get(flagOf(option)));
        return value === undefined ? [] : [[option, value]];
      }),
    );
    const { locale = 'en-US', out = 'clip.mp4', port } = values;
    if (given.size === (port === undefined ? 0 : 1)) return { kind: 'play', port: portOf(port) };
    if (port !== undefined) return { kind: 'help', error: '--port is only for the page' };
    return { kind: 'job', job: { options, locale, out } };
  } catch (cause) {
    return { kind: 'help', error: cause instanceof Error ? cause.message : 'unknown argument' };
  }
}

/** Reads the port; 0 is any free port, `undefined` is the default port. */
function portOf(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const port = Number(given);
  if (!/^\d+$/.test(given) || port > MAX_PORT) {
    throw new Error(`--port must be a number from 0 to ${MAX_PORT}`);
  }
  return port;
}

function optionValue(
  option: VideoOption,
  given: string | boolean | undefined,
): OptionValue | undefined {
  if (given === undefined || typeof given === 'boolean') return given;
  if (option === 'duration') return Number(given);
  return MEDIA.has(option) ? fileAt(given) : given;
}

/** Returns the file as a member attaches it, with its type taken from its name as Discord does. */
export function fileAt(path: string): MemberFile {
  const contentType = MIME_TYPES.get(extname(path).toLowerCase());
  return { filename: basename(path), path, ...(contentType === undefined ? {} : { contentType }) };
}
