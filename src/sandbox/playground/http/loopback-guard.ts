import type { IncomingHttpHeaders } from 'node:http';

type Headers = Readonly<IncomingHttpHeaders>;

/**
 * Why a request is refused; undefined: it comes from this page or from a program on this machine.
 * Another site in the same browser can send requests here, and with a name that it lets point to
 * 127.0.0.1 it could even read the answers: `Host` tells the second, `Origin` and `Sec-Fetch-Site` the first.
 */
export function refusalOf(headers: Headers, port: number): string | undefined {
  const { host = '', origin } = headers;
  if (!isOwnHost(host, port)) return 'this page is called 127.0.0.1 and nothing else';
  if (origin !== undefined && origin !== `http://${host}`) return 'another origin may not ask here';
  if (isFromElsewhere(headers) && !isNavigation(headers)) return 'another site may not ask here';
  return undefined;
}

function isOwnHost(host: string, port: number): boolean {
  return host === `127.0.0.1:${port}` || host === `localhost:${port}`;
}

function isFromElsewhere({ 'sec-fetch-site': site }: Headers): boolean {
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}

/** Following a link to the page from elsewhere is fine: it shows the page and does nothing. */
function isNavigation(headers: Headers): boolean {
  return headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
}
