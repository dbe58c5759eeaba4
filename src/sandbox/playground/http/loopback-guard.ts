import type { IncomingHttpHeaders } from 'node:http';

type Headers = Readonly<IncomingHttpHeaders>;

/**
 * Returns why a request is refused; `undefined` if it comes from this page or a local program.
 * `Origin` and `Sec-Fetch-Site` reveal requests of other sites in the same browser. `Host` reveals DNS
 * rebinding: a site whose name resolves to 127.0.0.1 could otherwise read the answers.
 */
export function rejectionReason(headers: Headers, port: number): string | undefined {
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

/** Whether the request follows a link to the page, which is allowed: it only shows the page. */
function isNavigation(headers: Headers): boolean {
  return headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
}
