import type { TaskView } from '../../app/ports/message-port.ts';

/** Characters that can appear in a link without ending it. */
const PLAIN_ADDRESS = /^[\w\-.~:/?#[\]@!$&'()*+,;=%]*$/;

/**
 * Where a message shows the link to a result; `export` means only in the data the requester can
 * export.
 */
export type LinkPlacement = 'text' | 'button' | 'file' | 'embed' | 'export';

/**
 * The link that a task's message shows; `undefined` if it shows none, as where it opens for the bot
 * alone. It is the provider's text,
 * escaped if blanks or angle brackets could end the link.
 */
export function shownLink({ task, outcome }: TaskView): string | undefined {
  const { resultUrl: url, resultNeedsKey } = task.secrets;
  const isGiven =
    (outcome?.kind === 'delivered' && outcome.how === 'link') ||
    (outcome?.kind === 'result-lost' && outcome.showAddress);
  if (!isGiven || url === undefined || resultNeedsKey === true) return undefined;
  if (PLAIN_ADDRESS.test(url)) return url;
  return URL.canParse(url) ? new URL(url).href.replaceAll('`', '%60') : undefined;
}
