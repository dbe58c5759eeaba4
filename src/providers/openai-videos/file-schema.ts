import { z } from 'zod';
import { RATIOS, RESOLUTIONS } from '../../domain/routes/options.ts';

const SEGMENT = '[A-Za-z0-9][A-Za-z0-9._-]*';

const text = (pattern: RegExp, hint: string) =>
  z.string().regex(pattern, `must be ${hint}`).meta({ description: hint });
const title = text(
  /^[^\s][^\n\r*_`@<>|~\\]{0,39}$/,
  'a name of at most 40 characters, without markup',
);
const wholeSeconds = z.int().min(1).max(60);

const price = z.strictObject({
  amount: text(
    /^(0|[1-9]\d{0,14})(\.\d{1,15})?$/,
    'a decimal in quotes, zero or more, such as "0.05"',
  ),
  currency: text(/^[A-Z]{3}$/, 'a currency of three capital letters, such as "USD"').optional(),
  per: z.enum(['task', 'second']),
});

export const modelSchema = z.strictObject({
  id: text(
    new RegExp(`^${SEGMENT}(/${SEGMENT})*$`),
    'an id of letters, digits, dots, dashes, underscores and slashes',
  ),
  /** What the server calls it; by default its id. */
  model: text(
    /^[!-~]{1,512}$/,
    'the model’s name at its server, at most 512 characters',
  ).optional(),
  title: title.optional(),
  tier: z.int().min(1).max(9).default(3),
  seconds: z.strictObject({ min: wholeSeconds, max: wholeSeconds, default: wholeSeconds }),
  /** What is sent as `size`, by resolution and ratio; the first of each is the default. */
  sizes: z.partialRecord(
    z.enum(RESOLUTIONS),
    z.partialRecord(
      z.enum(RATIOS).exclude(['adaptive']),
      text(/^[1-9]\d{1,4}x[1-9]\d{1,4}$/, 'a width and a height, such as "1280x720"'),
    ),
  ),
  /** Whether it takes a picture, as the first frame. */
  picture: z.boolean().default(false),
  /** Characters of a prompt, at most. */
  prompt: z.int().min(1).max(5000).optional(),
  /** Fields that every create has besides. */
  extra: z
    .record(
      text(/^[a-z][a-z0-9_]{0,63}$/, 'a field’s name'),
      z.union([z.string().max(2000), z.number(), z.boolean()]),
    )
    .default({}),
  /** One price, or one for each resolution. */
  price: price.optional(),
  prices: z.partialRecord(z.enum(RESOLUTIONS), price).optional(),
});
export type DeclaredModel = z.output<typeof modelSchema>;

export const serverSchema = z.strictObject({
  name: text(/^[a-z][a-z0-9-]{0,31}$/, 'small letters, digits and dashes, at most 32'),
  title: title.optional(),
  url: text(
    /^https?:\/\/[^\s/?#@]+(\/[^\s?#]*)?$/,
    'the address of its API with /v1, http or https, without user, query and fragment',
  ),
  key: text(/^[!#-&(-~]{1,500}$/, 'an API key: one word without quotation marks').optional(),
  dialect: z
    .strictObject({
      body: z.enum(['form', 'json']).default('form'),
      seconds: z.enum(['text', 'number']).default('text'),
      /** How a picture is sent: as a file of the form, as its address, or as `{"image_url": address}`. */
      picture: z.enum(['none', 'file', 'address', 'object']).default('none'),
      field: text(/^[a-z][a-z0-9_]{0,63}$/, 'a field’s name').default('input_reference'),
      /** Where a finished video is: below its task, fetched with the key, or at an address in the answer. */
      video: z.enum(['content', 'address']).default('content'),
      /** Whether it aborts a task that is deleted. */
      cancel: z.enum(['none', 'delete']).default('none'),
    })
    .prefault({}),
  /** How long it keeps a finished video. */
  hours: z.int().min(1).max(720).default(24),
  models: z.array(modelSchema).min(1).max(200),
});
export type DeclaredServer = z.output<typeof serverSchema>;

/** The whole file. `routes.schema.json` is made of it. */
export const routesFileSchema = z.strictObject({
  $schema: z.string().optional(),
  servers: z.array(serverSchema).min(1).max(20),
});
