import { faultAt } from '../file-faults.ts';
import type { FileFault } from '../provider-file.ts';
import { isObject } from '../read-answer.ts';
import { OWN_FIELDS } from './create-body.ts';
import { modelSchema, serverSchema } from './file-schema.ts';
import type { DeclaredModel } from './file-schema.ts';

type Taken = readonly { readonly id: string; readonly name: string }[];
type Path = readonly PropertyKey[];

/** Discord's limit for a value that can be chosen, which a route's id is. */
const MAX_ROUTE_ID_CHARS = 100;

/** What is wrong between the parts of a file, as far as each of them can be read by itself. */
export function crossFaults(json: unknown, taken: Taken): FileFault[] {
  const servers = listIn(json, 'servers');
  const names = servers.map((one) => serverSchema.shape.name.safeParse(valueOf(one, 'name')).data);
  const titles = servers.map((one, at) => folded(valueOf(one, 'title') ?? names[at]));
  return servers.flatMap((server, at) => {
    const [path, name, title] = [['servers', at], names[at], titles[at]];
    const { url, dialect } = serverSchema.shape;
    const address = url.safeParse(valueOf(server, 'url')).data ?? '';
    return [
      ...when(name !== undefined && names.indexOf(name) < at, [...path, 'name'], 'is there twice'),
      ...when(
        title !== undefined && titles.indexOf(title) < at && names.indexOf(name) === at,
        [...path, 'title'],
        'is that of another server',
      ),
      ...when(
        name === 'auto' ||
          taken.some(({ id, name: other }) => id === name || folded(other) === title),
        [...path, 'name'],
        'is taken by a provider of the bot',
      ),
      ...when(
        /\/videos\/*$/.test(address),
        [...path, 'url'],
        'ends with /videos, which the bot adds itself',
      ),
      ...modelsFaults(listIn(server, 'models'), [...path, 'models'], {
        name: name ?? '',
        pictures: dialect.safeParse(valueOf(server, 'dialect')).data?.picture ?? 'address',
        field: dialect.safeParse(valueOf(server, 'dialect')).data?.field ?? '',
      }),
    ];
  });
}

interface OfServer {
  readonly name: string;
  readonly pictures: string;
  readonly field: string;
}

function modelsFaults(models: readonly unknown[], path: Path, server: OfServer): FileFault[] {
  const read = models.map((one) => modelSchema.safeParse(one).data);
  const ids = read.map((one) => one?.id);
  const titles = read.map((one) => one?.title ?? one?.id);
  const keys = read.map((one) => (one === undefined ? [] : priceKeysOf(one)));
  return read.flatMap((model, at) =>
    model === undefined
      ? []
      : [
          ...when(ids.indexOf(model.id) < at, [...path, at, 'id'], 'is there twice'),
          ...when(
            titles.indexOf(titles[at]) < at,
            [...path, at, 'title'],
            'is that of another model',
          ),
          ...when(
            keys.slice(0, at).some((others) => others.some((key) => keys[at]?.includes(key))) &&
              ids.indexOf(model.id) === at,
            [...path, at, 'id'],
            'has the same key in the price list as another model',
          ),
          ...modelFaults(model, [...path, at], server),
        ],
  );
}

/** `wan` priced by its resolutions has the key of a model that is called `wan-720p`. */
function priceKeysOf({ id, prices }: DeclaredModel): string[] {
  return prices === undefined ? [id] : Object.keys(prices).map((one) => `${id}-${one}`);
}

function modelFaults(model: DeclaredModel, path: Path, server: OfServer): FileFault[] {
  const { id, seconds, sizes, picture, extra, price, prices = {} } = model;
  const shapes = Object.values(sizes).map((one) => Object.keys(one).toSorted().join(' '));
  const own = Object.keys(extra).filter((one) => [...OWN_FIELDS, server.field].includes(one));
  return [
    ...when(
      server.name.length + 1 + id.length > MAX_ROUTE_ID_CHARS,
      [...path, 'id'],
      'is too long: NAME/ID has at most 100 characters; give it a short id, and its name as model',
    ),
    ...when(seconds.min > seconds.max, [...path, 'seconds', 'min'], 'is more than max'),
    ...when(
      seconds.default < seconds.min || seconds.default > seconds.max,
      [...path, 'seconds', 'default'],
      'is not between min and max',
    ),
    ...when(shapes.length === 0 || shapes.includes(''), [...path, 'sizes'], 'has no size'),
    ...when(new Set(shapes).size > 1, [...path, 'sizes'], 'has other ratios at another resolution'),
    ...when(
      picture && server.pictures === 'none',
      [...path, 'picture'],
      'needs dialect.picture, which says how pictures are sent',
    ),
    ...own.map((one) => faultAt([...path, 'extra', one], 'is filled in by the bot')),
    ...when(
      price !== undefined && model.prices !== undefined,
      [...path, 'prices'],
      'is there beside price',
    ),
    ...Object.keys(prices)
      .filter((one) => !Object.hasOwn(sizes, one))
      .map((one) => faultAt([...path, 'prices', one], 'is a resolution without a size')),
  ];
}

function when(isFault: boolean, path: Path, message: string): FileFault[] {
  return isFault ? [faultAt(path, message)] : [];
}

/** A name as people tell it from others. */
function folded(text: unknown): string | undefined {
  return typeof text === 'string' ? text.toLowerCase() : undefined;
}

function valueOf(value: unknown, key: string): unknown {
  return isObject(value) ? value[key] : undefined;
}

function listIn(value: unknown, key: string): readonly unknown[] {
  const list = valueOf(value, key);
  return Array.isArray(list) ? list : [];
}
