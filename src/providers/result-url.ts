/** Reads an absolute http(s) URL; `undefined` for anything else, such as a relative key or an error message. */
export function absoluteUrl(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const url = value.trim();
  return /^https?:\/\//i.test(url) && URL.canParse(url) ? url : undefined;
}
