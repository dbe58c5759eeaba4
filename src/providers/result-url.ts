/** Reads an absolute http(s) URL; `undefined` for anything else, such as a relative key or an error message. */
export function absoluteUrl(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const url = value.trim();
  return /^https?:\/\//i.test(url) && URL.canParse(url) ? url : undefined;
}

/** Reads an absolute URL, or the path of one at the server that gave it: `/files/a.mp4`. */
export function urlOrPath(value: unknown): string | undefined {
  const text = typeof value === 'string' ? value.trim() : '';
  const isPath = /^\/(?!\/)[^\s\\]*$/.test(text) && URL.canParse(text, 'https://server.test');
  return isPath ? text : absoluteUrl(value);
}
