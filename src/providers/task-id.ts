/** A provider's task number, opaque but fit for an address; undefined for anything else. */
export function usableTaskId(value: unknown): string | undefined {
  if (typeof value !== 'string' || !/^[A-Za-z0-9._:-]{1,200}$/.test(value)) return undefined;
  // "." and ".." would climb in the path.
  return /^\.{1,2}$/.test(value) ? undefined : value;
}
