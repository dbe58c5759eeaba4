/** A stored object, whatever is in it. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Undefined where it is no object: a damaged record, say, which its reader finds. */
export function objectIn(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? { ...value }
    : undefined;
}

/** The object with these of its names changed, each value in its place. */
export function renameKeys(
  object: JsonObject,
  names: Readonly<Record<string, string>>,
): JsonObject {
  const renamed = Object.entries(object).map(([name, value]): [string, unknown] => [
    names[name] ?? name,
    value,
  ]);
  return Object.fromEntries<unknown>(renamed);
}
