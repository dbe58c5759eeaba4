import { z } from 'zod';
import { AUTO, isAutoValue } from '../../domain/auto/auto.ts';
import { REUSE_CHOICES } from '../../domain/preferences/preferences.ts';
import type { Preferences } from '../../domain/preferences/preferences.ts';
import { RATIOS, RESOLUTIONS } from '../../domain/routes/options.ts';
import { readRoute } from '../../domain/routes/read-route.ts';
import type { UnknownRoute } from '../../domain/routes/read-route.ts';
import type { Route } from '../../domain/routes/route.ts';
import type { CommandCall } from '../command.ts';

const givenSchema = z.object({
  model: z.string().optional(),
  duration: z.int().min(1).max(60).optional(),
  resolution: z.enum(RESOLUTIONS).optional(),
  ratio: z.enum(RATIOS).optional(),
  reuse: z.enum(REUSE_CHOICES).optional(),
});

/** What `/preferences set` was given; or what is wrong with it. */
export function readPreferences(
  { options }: Pick<CommandCall, 'options'>,
  routesOn: readonly Route[],
): Preferences | 'not-understood' | UnknownRoute {
  const parsed = givenSchema.safeParse(Object.fromEntries(options));
  if (!parsed.success) return 'not-understood';
  const { model, duration, resolution, ratio, reuse } = parsed.data;
  const read = model === undefined ? undefined : readModel(model, routesOn);
  if (typeof read === 'object') return read;
  return {
    ...(read === undefined ? {} : { model: read }),
    ...(duration === undefined ? {} : { durationSeconds: duration }),
    ...(resolution === undefined ? {} : { resolution }),
    ...(ratio === undefined ? {} : { ratio }),
    ...(reuse === undefined ? {} : { reuse }),
  };
}

/** The id of a route that is on, or `auto`. */
function readModel(typed: string, routesOn: readonly Route[]): string | UnknownRoute {
  if (isAutoValue(typed)) return AUTO;
  const read = readRoute(typed, routesOn);
  return read.kind === 'route' ? read.route.id : read;
}
