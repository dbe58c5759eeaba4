import { codePoints, isAbsent } from '../values.ts';

export type Path = readonly (string | number)[];

/** One error of a form, with Discord's error code. */
export interface Issue {
  readonly path: Path;
  readonly code: string;
  readonly message: string;
}

export function issue(path: Path, code: string, message: string): Issue {
  return { path, code, message };
}

export function required(path: Path): Issue {
  return issue(path, 'BASE_TYPE_REQUIRED', 'This field is required');
}

export function notOneOf(path: Path, values: readonly (string | number)[]): Issue {
  return issue(path, 'BASE_TYPE_CHOICES', `Value must be one of (${values.join(', ')}).`);
}

interface Bounds {
  readonly min?: number;
  readonly max: number;
  readonly optional?: boolean;
}

function boundIssue(size: number, path: Path, { min = 0, max }: Bounds): Issue[] {
  if (size >= min && size <= max) {
    return [];
  }
  return min > 0
    ? [issue(path, 'BASE_TYPE_BAD_LENGTH', `Must be between ${min} and ${max} in length.`)]
    : [issue(path, 'BASE_TYPE_MAX_LENGTH', `Must be ${max} or fewer in length.`)];
}

/** Checks a string's length in UTF-16 units. */
export function checkText(value: unknown, path: Path, bounds: Bounds): Issue[] {
  return checkString(value, path, bounds, (text) => text.length);
}

/** Checks the length of what a person has typed, in code points. */
export function checkTyped(value: unknown, path: Path, bounds: Bounds): Issue[] {
  return checkString(value, path, bounds, codePoints);
}

function checkString(
  value: unknown,
  path: Path,
  bounds: Bounds,
  lengthOf: (text: string) => number,
): Issue[] {
  if (isAbsent(value)) {
    return bounds.optional === true ? [] : [required(path)];
  }
  if (typeof value !== 'string') {
    return [issue(path, 'STRING_TYPE_CONVERT', 'Could not interpret value as string.')];
  }
  return boundIssue(lengthOf(value), path, bounds);
}

/** Checks an array's number of items. */
export function checkList(value: unknown, path: Path, bounds: Bounds): Issue[] {
  if (isAbsent(value)) {
    return bounds.optional === true ? [] : [required(path)];
  }
  if (!Array.isArray(value)) {
    return [issue(path, 'LIST_TYPE_CONVERT', 'Only iterables may be used in a ListType')];
  }
  return boundIssue(value.length, path, bounds);
}

/** Checks that a value is an integer within bounds. */
export function checkInteger(
  value: unknown,
  path: Path,
  bounds: { readonly min: number; readonly max: number; readonly optional?: boolean },
): Issue[] {
  if (isAbsent(value)) {
    return bounds.optional === true ? [] : [required(path)];
  }
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    return [issue(path, 'NUMBER_TYPE_COERCE', `Value is not int.`)];
  }
  if (value < bounds.min) {
    return [
      issue(path, 'NUMBER_TYPE_MIN', `int value should be greater than or equal to ${bounds.min}.`),
    ];
  }
  return value > bounds.max
    ? [issue(path, 'NUMBER_TYPE_MAX', `int value should be less than or equal to ${bounds.max}.`)]
    : [];
}

/** Returns the indexes of values that occurred before. */
export function duplicateIndexes(values: readonly unknown[]): number[] {
  const seen = new Set<unknown>();
  const positions: number[] = [];
  for (const [index, value] of values.entries()) {
    if (value !== undefined && seen.has(value)) {
      positions.push(index);
    }
    seen.add(value);
  }
  return positions;
}

interface Tree {
  [key: string]: Tree | { code: string; message: string }[];
}

/** Builds the `errors` of a 50035: `{content: {_errors: [{code, message}]}}`. */
export function errorTree(issues: readonly Issue[]): Tree {
  const root: Tree = {};
  for (const { path, code, message } of issues) {
    let node = root;
    for (const part of path) {
      const next = node[part];
      const child: Tree = next === undefined || Array.isArray(next) ? {} : next;
      node[part] = child;
      node = child;
    }
    const own = node['_errors'];
    node['_errors'] = [...(Array.isArray(own) ? own : []), { code, message }];
  }
  return root;
}
