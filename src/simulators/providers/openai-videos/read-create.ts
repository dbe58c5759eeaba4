import { z } from 'zod';

import { explainIssue } from '../explain-issue.ts';
import type { ClipRatio, ClipResolution } from '../render/clip-request.ts';
import type { ParsedClip } from '../requested-clip.ts';
import type { VideoServer } from './servers.ts';

const size = z.string().regex(/^\d{2,5}x\d{2,5}$/);
const digits = z.string().regex(/^\d{1,2}$/);
const whole = z.int().min(1).max(60);
const address = z.url({ protocol: /^https?$/ });
/** In a form, an object stands as JSON. */
const asObject = z.preprocess(parsed, z.strictObject({ image_url: address }));
const asFile = z.strictObject({ filename: z.string(), mimeType: z.string(), bytes: z.number() });

function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    const object: unknown = JSON.parse(value);
    return object;
  } catch {
    return value;
  }
}

/** Reads the body of a create as a server takes it. */
export function readVideoCreate(server: VideoServer, body: unknown): ParsedClip {
  const seconds = { text: digits, number: whole, either: z.union([digits, whole]) };
  const pictures = { address, object: asObject, file: asFile };
  const { field, as } = server.picture;
  const schema = z.strictObject({
    model: z.literal(server.model),
    prompt: z.string().min(1),
    seconds: seconds[server.seconds],
    size,
    [field]: pictures[as].optional(),
    ...Object.fromEntries(server.more.map((name) => [name, z.unknown().optional()])),
  });
  const { data, error } = schema.safeParse(body);
  if (data === undefined) return { ok: false, reason: explainIssue(error) };
  const { min, max } = server.lengths;
  const length = Number(data['seconds']);
  if (length < min || length > max) {
    return { ok: false, reason: `seconds: from ${min} to ${max}` };
  }
  const picture = addressOf(data[field]);
  return {
    ok: true,
    clip: {
      model: server.model,
      prompt: String(data['prompt']),
      durationSeconds: length,
      ...shapeOf(String(data['size'])),
      media: picture === undefined ? [] : [{ use: 'first-frame', field, address: picture }],
    },
  };
}

/** A file lies in the request itself, so nothing is fetched for it. */
function addressOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  const inside = z.object({ image_url: z.string() }).safeParse(value).data;
  return inside?.image_url;
}

type Known<Name> = readonly [readonly [Name, number], ...(readonly [Name, number])[]];

const RATIOS: Known<ClipRatio> = [
  ['16:9', 16 / 9],
  ['9:16', 9 / 16],
  ['1:1', 1],
  ['4:3', 4 / 3],
  ['3:4', 3 / 4],
  ['21:9', 21 / 9],
];
const RESOLUTIONS: Known<ClipResolution> = [
  ['480p', 480],
  ['720p', 720],
  ['1080p', 1080],
];

/** The nearest ratio and resolution of a size. */
function shapeOf(text: string): { ratio: ClipRatio; resolution: ClipResolution } {
  const [width = 1, height = 1] = text.split('x').map(Number);
  return {
    ratio: nearest(RATIOS, width / height),
    resolution: nearest(RESOLUTIONS, Math.min(width, height)),
  };
}

function nearest<Name>([first, ...others]: Known<Name>, value: number): Name {
  const away = ([, one]: readonly [Name, number]): number => Math.abs(one - value);
  return others.reduce((best, one) => (away(one) < away(best) ? one : best), first)[0];
}
