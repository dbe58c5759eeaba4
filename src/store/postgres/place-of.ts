/** A database's address for people: without the password and the options, which may have one. */
export function placeOf(url: string): string {
  const { username, host, pathname, searchParams } = new URL(url);
  const at = host === '' ? (searchParams.get('host') ?? '') : host;
  return `postgres://${username === '' ? '' : `${username}@`}${at}${pathname}`;
}
