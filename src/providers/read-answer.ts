type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isContainer(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null;
}

/** Parses JSON; `undefined` when the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Returns the value at a dotted path (`data.result.video_url`, `videos.0`); `undefined` when a step is missing. */
export function valueAt(value: unknown, path: string): unknown {
  let current = value;
  for (const step of path.split('.')) {
    if (!isContainer(current) || !Object.hasOwn(current, step)) return undefined;
    current = current[step];
  }
  return current;
}

/** Returns the first value among several paths that `accept` accepts. */
export function firstAt<T>(
  value: unknown,
  paths: readonly string[],
  accept: (found: unknown) => T | undefined,
): T | undefined {
  for (const path of paths) {
    const found = accept(valueAt(value, path));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Reads a code or a status word: a trimmed string, or a number as text; `undefined` for anything else. */
export function nonEmptyText(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return undefined;
  const trimmed = value.trim();
  return trimmed === '' ? undefined : trimmed;
}
