import { z } from 'zod';
import { editDistance } from '../domain/edit-distance.ts';
import type { ProviderDescriptor } from '../providers/descriptor.ts';

/** An id as providers give them: of a model with its version, or of an endpoint of the account. */
const ID = /^[A-Za-z0-9][\w.:/-]{0,199}$/;

/**
 * Reads `model=id,…`: by the name of a model in a route's id, with or without its provider, the id
 * that is sent for it. Every fault of it is reported, by the entry's position.
 */
export function modelIdsSetting({ id, routes }: Pick<ProviderDescriptor, 'id' | 'routes'>) {
  const models = routes.flatMap(({ model, mediaModel }) =>
    mediaModel === undefined ? [model] : [model, mediaModel],
  );
  const [example = ''] = models;
  const advice = `Write a model and its id for each, with commas between: ${example}=ep-20260101120000-abcde`;
  return z.string().transform((text, context): ReadonlyMap<string, string> => {
    const given = new Map<string, string>();
    const entries = text.split(',').filter((entry) => entry.trim() !== '');
    for (const [at, entry] of entries.entries()) {
      const { model, value } = readEntry(entry, id);
      const problem = problemOf({ model, value }, models, given);
      if (problem === undefined) given.set(model, value);
      else {
        const message = `${problem} (entry ${at + 1})`;
        context.addIssue({ code: 'custom', message, params: { advice } });
      }
    }
    return given;
  });
}

interface Entry {
  readonly model: string;
  readonly value: string;
}

function readEntry(entry: string, provider: string): Entry {
  const [name = '', ...rest] = entry.split('=').map((part) => part.trim());
  const prefix = `${provider}/`;
  const model = name.startsWith(prefix) ? name.slice(prefix.length) : name;
  return { model, value: rest.join('=') };
}

function problemOf(
  { model, value }: Entry,
  models: readonly string[],
  given: ReadonlyMap<string, string>,
): string | undefined {
  if (model === '' || value === '') return 'has an entry that is no model=id';
  if (!models.includes(model)) {
    return `names a model that is none; the nearest is ${nearest(model, models)}`;
  }
  if (given.has(model)) return `names ${model} twice`;
  return ID.test(value) ? undefined : 'has an id that cannot be one';
}

function nearest(model: string, models: readonly string[]): string {
  const compared = model.slice(0, 80);
  const [found = ''] = models.toSorted(
    (one, other) => editDistance(compared, one) - editDistance(compared, other),
  );
  return found;
}
