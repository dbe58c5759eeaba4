import type { TaskView } from '../../app/ports/message-port.ts';

/** What an address may be written with; nothing of it ends a link. */
const PLAIN_ADDRESS = /^[\w\-.~:/?#[\]@!$&'()*+,;=%]*$/;

/** Where the address of a result is given; `export`: nowhere but in what its caller may export. */
export type AddressPlace = 'text' | 'button' | 'file' | 'embed' | 'export';

/**
 * The address that a task's message gives, as it may be shown; undefined where it gives none.
 * As the provider wrote it, or, where blanks or angles could end the link, escaped.
 */
export function addressIn({ task, outcome }: TaskView): string | undefined {
  const url = task.secrets.resultUrl;
  const isGiven =
    (outcome?.kind === 'delivered' && outcome.how === 'link') ||
    (outcome?.kind === 'result-lost' && outcome.showAddress);
  if (!isGiven || url === undefined) return undefined;
  if (PLAIN_ADDRESS.test(url)) return url;
  return URL.canParse(url) ? new URL(url).href.replaceAll('`', '%60') : undefined;
}
