/** A database's address for people: without user, password and options, which a log must not have. */
export function placeOf(url: string): string {
  const { host, pathname, searchParams } = new URL(url);
  return `postgres://${host === '' ? (searchParams.get('host') ?? '') : host}${pathname}`;
}
