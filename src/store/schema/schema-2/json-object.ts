/** A stored object of any content. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** The object in a stored value; `undefined` for anything else, such as a damaged record. */
export function objectIn(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? { ...value }
    : undefined;
}

/** Renames keys of an object, and keeps the values and their order. */
export function renameKeys(object: JsonObject, names: ReadonlyMap<string, string>): JsonObject {
  const renamed = Object.entries(object).map(([name, value]): [string, unknown] => [
    names.get(name) ?? name,
    value,
  ]);
  return Object.fromEntries<unknown>(renamed);
}
