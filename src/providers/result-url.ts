/** An absolute http(s) address as given; relative keys and error sentences are none. */
export function absoluteUrl(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const url = value.trim();
  return /^https?:\/\//i.test(url) && URL.canParse(url) ? url : undefined;
}
