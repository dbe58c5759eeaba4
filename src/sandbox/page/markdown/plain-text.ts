import { timestampText } from '../../timestamp-text.ts';
import { hasOwnText, messageLinkOf } from './message-link.ts';
import { isNode, parseMarkdown, textOf } from './parse.ts';
import type { MarkdownNode } from './parse.ts';
import type { Viewer } from './viewer.ts';

/** Returns the text on one line without its Markdown, as above a reply. */
export function plainText(text: string, viewer: Viewer): string {
  return plainNodes(parseMarkdown(text), viewer).replace(/\s+/gu, ' ').trim();
}

function plainNodes(nodes: unknown, viewer: Viewer): string {
  if (!Array.isArray(nodes)) return textOf(nodes);
  return nodes
    .filter(isNode)
    .map((node) => (PLAIN[node.type] ?? plainContent)(node, viewer))
    .join('');
}

type Plain = (node: MarkdownNode, viewer: Viewer) => string;

const plainContent: Plain = ({ content }, viewer) => plainNodes(content, viewer);

/** Of a node that ends a line. */
const plainBlock: Plain = (node, viewer) => `${plainContent(node, viewer)} `;

const PLAIN: Readonly<Record<string, Plain>> = {
  br: () => ' ',
  newline: () => ' ',
  heading: plainBlock,
  subtext: plainBlock,
  blockQuote: plainBlock,
  codeBlock: plainBlock,
  list: ({ items }, viewer) =>
    Array.isArray(items)
      ? items.map((item: MarkdownNode) => plainBlock(item, viewer)).join('')
      : '',
  timestamp: ({ timestamp, format }, viewer) =>
    timestampText(Number(timestamp), textOf(format), viewer),
  user: ({ id }, viewer) => `@${viewer.userName(textOf(id)) ?? '?'}`,
  role: ({ id }, viewer) => `@${viewer.roleName(textOf(id)) ?? '?'}`,
  channel: ({ id }, viewer) => `#${viewer.channelName(textOf(id)) ?? '?'}`,
  everyone: () => '@everyone',
  here: () => '@here',
  slashCommand: ({ fullName }) => `/${textOf(fullName)}`,
  emoji: ({ name }) => `:${textOf(name)}:`,
  twemoji: ({ name }) => textOf(name),
  link: plainLink,
  url: plainLink,
  autolink: plainLink,
};

/** A link's own text; of a bare one to a message the channel, as in the message itself. */
function plainLink(node: MarkdownNode, viewer: Viewer): string {
  const channel = viewer.channelName(messageLinkOf(textOf(node['target'])).channelId);
  return channel === undefined || hasOwnText(node)
    ? plainContent(node, viewer)
    : viewer.messageLink(channel);
}
