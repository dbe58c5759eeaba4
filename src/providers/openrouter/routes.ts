import { z } from 'zod';
import { RATIOS, RESOLUTIONS } from '../../domain/routes/options.ts';
import type { Resolution } from '../../domain/routes/options.ts';
import type { RouteRules } from '../../domain/routes/route.ts';
import type { RouteListEntry } from '../route-list.ts';
import { pricesOf } from '../sku-prices.ts';

const some = z.array(z.string().max(40)).max(100).nullish();
/** An amount. Anything else is not looked into: it may be nested too deeply to be written or kept. */
const amount = z
  .union([z.string().max(100), z.number()])
  .nullable()
  .catch(null);

/** One model of `GET /videos/models`; what the bot does not use of it is left out. */
const modelSchema = z.object({
  id: z
    .string()
    .max(500)
    .regex(/^[\w.~:@+-]+(?:\/[\w.~:@+-]+)*$/),
  name: z.string().nullish(),
  supported_durations: z.array(z.number()).max(1000).nullish(),
  supported_resolutions: some,
  supported_aspect_ratios: some,
  supported_frame_images: some,
  generate_audio: z.boolean().nullish(),
  pricing_skus: z.record(z.string().max(100), amount).nullish(),
});
type Model = z.output<typeof modelSchema>;

/** The longest that `/video` takes. */
const MAX_SECONDS = 60;

/** Reads one entry of the list: its route and prices, or why `/video` cannot make it. */
export function readOpenrouterModel(entry: unknown): RouteListEntry {
  const { data: model } = modelSchema.safeParse(entry);
  if (model === undefined) return { kind: 'unusable', why: 'not as documented' };
  const { id, supported_resolutions: resolutions } = model;
  const seconds = lengthsOf(model);
  const [min] = seconds;
  const max = seconds.at(-1);
  if (min === undefined || max === undefined) return { kind: 'unusable', id, why: 'no lengths' };
  const offered = RESOLUTIONS.filter((known) => wireOf(resolutions, known) !== undefined);
  const [lowest] = offered;
  if (lowest === undefined) return { kind: 'unusable', id, why: 'no resolution of /video' };
  const hasGaps = seconds.length <= max - min;
  const standard = offered.includes('720p') ? '720p' : lowest;
  const hasSound = model.generate_audio === true;
  const { prices, ...billing } = pricesOf(model.pricing_skus ?? {}, { offered, hasSound });
  const route: RouteRules = {
    title: titleOf(model),
    tier: tierOf(model),
    model: id,
    billing,
    duration: { min, max, default: nearestTo(5, seconds), ...(hasGaps ? { only: seconds } : {}) },
    output: { kind: 'field', resolutions: offered, default: standard, isAlwaysSent: true },
    ratios: { accepted: RATIOS.filter((known) => has(model.supported_aspect_ratios, known)) },
    frames: framesOf(model),
    media: { image: 'not-taken', video: 'not-taken', audio: 'not-taken' },
    framesExcludeReferences: true,
    ...(hasSound ? { sound: { default: true } } : {}),
    ...(model.generate_audio === false ? { isSilent: true } : {}),
    notOffered: [
      ...(resolutions ?? []).filter((text) => !offered.some((known) => isSame(text, known))),
      ...(model.supported_aspect_ratios ?? []).filter(
        (text) => !RATIOS.some((known) => known === text),
      ),
    ],
    source: 'OpenRouter, its list of video models',
  };
  return { kind: 'route', route, prices, kept: model };
}

const isSame = (text: string, known: Resolution): boolean => text.toLowerCase() === known;
const has = (list: readonly string[] | null | undefined, value: string): boolean =>
  list?.includes(value) === true;
const wireOf = (list: readonly string[] | null | undefined, known: Resolution) =>
  list?.find((text) => isSame(text, known));

/** Ascending, each once. */
function lengthsOf({ supported_durations: lengths }: Model): number[] {
  const whole = (lengths ?? []).filter(
    (seconds) => Number.isInteger(seconds) && seconds >= 1 && seconds <= MAX_SECONDS,
  );
  return [...new Set(whole)].toSorted((a, b) => a - b);
}

function nearestTo(wanted: number, lengths: readonly number[]): number {
  return lengths.reduce((one, other) =>
    Math.abs(other - wanted) < Math.abs(one - wanted) ? other : one,
  );
}

function framesOf({ supported_frame_images: frames }: Model): RouteRules['frames'] {
  if (!has(frames, 'first_frame')) return 'not-taken';
  return has(frames, 'last_frame') ? 'any' : 'first-only';
}

/** The name in plain letters, because people see it as it is; else the id. */
function titleOf({ id, name }: Model): string {
  const plain = (name ?? '').replaceAll(/[^\p{L}\p{N} .:+()-]/gu, '').replaceAll(/\s+/gu, ' ');
  return plain.trim().slice(0, 60).trim() || id;
}

/** The list says nothing of quality, so names decide, as they do elsewhere in the catalogue. */
function tierOf({ id, name }: Model): number {
  const said = `${id} ${name ?? ''}`.toLowerCase();
  if (/\b(?:mini|lite)\b/.test(said)) return 1;
  return /\b(?:fast|turbo|flash)\b/.test(said) ? 2 : 3;
}
