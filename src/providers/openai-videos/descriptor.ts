import { MAX_INLINE_BYTES } from '../../domain/routes/copy-rules.ts';
import { RATIOS, RESOLUTIONS } from '../../domain/routes/options.ts';
import type { RouteRules } from '../../domain/routes/route.ts';
import { DAY_MS, HOUR_MS } from '../../domain/time-units.ts';
import type { ProviderDescriptor } from '../descriptor.ts';
import { bodyBuilder } from './create-body.ts';
import { OPENAI_VIDEOS_DIALECT } from './dialect.ts';
import type { DeclaredModel, DeclaredServer } from './file-schema.ts';

/** One declared server, as a provider of its own. */
export function descriptorOf(server: DeclaredServer): ProviderDescriptor {
  const { name, title = name, url, dialect, hours, models } = server;
  const isFile = dialect.picture === 'file';
  const isCancelled = dialect.cancel === 'delete';
  const notThere = `${title}, its source: no such thing`;
  return {
    id: name,
    name: title,
    settings: {
      apiKey: { name: `ROUTES_FILE (key of ${name})` },
      address: {
        name: `ROUTES_FILE (url of ${name})`,
        default: url,
        redundantPath: /\/videos\/*$/,
      },
    },
    routes: models.map((model) => routeOf(model, server)),
    neverSent: [],
    resultRetentionMs: hours * HOUR_MS,
    // What a failed task costs is said by none of them; one's own costs nothing anyway.
    failureCost: 'assumed',
    lateFinishMs: DAY_MS,
    copies: isFile
      ? { image: { way: 'data-uri', maxBytes: MAX_INLINE_BYTES, isFileOnly: true } }
      : {},
    api: {
      createPath: '/videos',
      ...(dialect.body === 'form' ? { isForm: true } : {}),
      queryPrefix: '/videos/',
    },
    ...(isCancelled ? { cancel: { prefix: '/videos/' } } : {}),
    createBody: bodyBuilder(server),
    results: {
      ...(dialect.video === 'content' ? { pathAfterTask: '/content' } : {}),
      needsKey: true,
    },
    dialect: OPENAI_VIDEOS_DIALECT,
    lacks: {
      upload: notThere,
      'inline-media': notThere,
      balance: notThere,
      library: notThere,
      'reported-cost': notThere,
      search: notThere,
      ...(isCancelled ? {} : { cancel: `${title}, ROUTES_FILE: its dialect has none` }),
    },
  };
}

function routeOf(model: DeclaredModel, { name }: DeclaredServer): RouteRules {
  const { id, title = id, tier, seconds, sizes, picture, prompt, price, prices } = model;
  const resolutions = RESOLUTIONS.filter((one) => sizes[one] !== undefined);
  const [first = '720p'] = Object.keys(sizes).flatMap((one) =>
    resolutions.filter((r) => r === one),
  );
  const shapes = Object.keys(sizes[first] ?? {});
  const ratios = RATIOS.filter((one) => shapes.includes(one));
  const byDefault = ratios.find((one) => one === shapes[0]);
  const [priced = price] = Object.values(prices ?? {});
  return {
    title,
    tier,
    model: id,
    billing: {
      unit: priced?.per ?? 'second',
      byResolution: price === undefined && prices !== undefined,
    },
    duration: seconds,
    output: { kind: 'field', resolutions, default: first },
    ratios: { accepted: ratios, ...(byDefault === undefined ? {} : { default: byDefault }) },
    ...(prompt === undefined ? {} : { promptMaxChars: prompt }),
    frames: picture ? 'first-only' : 'not-taken',
    media: { image: 'not-taken', video: 'not-taken', audio: 'not-taken' },
    framesExcludeReferences: true,
    source: `ROUTES_FILE, ${name}`,
  };
}
