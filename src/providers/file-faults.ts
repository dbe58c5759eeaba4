import type { z } from 'zod';
import type { FileFault } from './provider-file.ts';
import { isObject } from './read-answer.ts';

/** What is wrong with a file by its schema, each with its place; never with a value, which may be a key. */
export function faultsOfIssue(issue: z.core.$ZodIssue, json: unknown): FileFault[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => faultAt([...issue.path, key], 'is not known here'));
  }
  if (issue.code === 'invalid_key') return [faultAt(issue.path, 'is not known here')];
  const isMissing = valueIn(json, issue.path) === undefined;
  return [faultAt(issue.path, isMissing ? 'is missing' : messageOf(issue))];
}

export function faultAt(path: readonly PropertyKey[], message: string): FileFault {
  return { path: pathText(path), message };
}

function messageOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return `must be ${TYPES[issue.expected] ?? issue.expected}`;
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.join(', ')}`;
  if (issue.code === 'too_small') return `must ${sizeOf(issue.origin)} at least ${issue.minimum}`;
  if (issue.code === 'too_big') return `must ${sizeOf(issue.origin)} at most ${issue.maximum}`;
  if (issue.code === 'invalid_union') {
    return 'must have one of the forms that the schema describes';
  }
  return issue.message;
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  record: 'an object',
  array: 'a list',
};

/** What a limit counts. */
function sizeOf(origin: string): string {
  if (origin === 'array') return 'have entries:';
  return origin === 'string' ? 'have characters:' : 'be';
}

function valueIn(json: unknown, path: readonly PropertyKey[]): unknown {
  let current = json;
  for (const step of path) {
    if (Array.isArray(current) && typeof step === 'number') current = current[step];
    else if (isObject(current) && typeof step === 'string') current = current[step];
    else return undefined;
  }
  return current;
}

/** As in JavaScript: `servers[0].models[1].seconds.max`. */
function pathText(path: readonly PropertyKey[]): string {
  const text = path
    .map((key) => {
      if (typeof key === 'number') return `[${key}]`;
      const name = String(key);
      return /^[$A-Za-z_]\w{0,39}$/.test(name)
        ? `.${name}`
        : `[${JSON.stringify(name.slice(0, 40))}]`;
    })
    .join('');
  return text === '' ? '(the whole file)' : text.replace(/^\./, '');
}
