import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { parseMarkdown } from './parse.ts';
import type { MarkdownNode } from './parse.ts';
import type { Reader, Rendered } from './reader.ts';
import { renderList } from './render-list.ts';
import { safeAddress } from './safe-address.ts';
import { renderSpoiler } from './spoiler.ts';
import { timestampText } from './timestamp.ts';

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function isNode(value: unknown): value is MarkdownNode {
  return typeof value === 'object' && value !== null && 'type' in value;
}

/** Renders a message's text. Every text goes in as text: nothing from outside becomes markup. */
export function renderMarkdown(text: string, reader: Reader): readonly Rendered[] {
  return renderNodes(parseMarkdown(text), reader);
}

function renderNodes(nodes: unknown, reader: Reader): readonly Rendered[] {
  if (!Array.isArray(nodes)) return [textOf(nodes)];
  const known = nodes.filter(isNode);
  // The line end behind a block of code belongs to the block.
  return known
    .filter((node, at) => node.type !== 'br' || known[at - 1]?.type !== 'codeBlock')
    .map((node) => renderNode(node, reader));
}

/** A text without its markup, for one line. */
export function plainText(text: string, reader: Reader): string {
  return plainNodes(parseMarkdown(text), reader).replace(/\s+/gu, ' ').trim();
}

function plainNodes(nodes: unknown, reader: Reader): string {
  if (!Array.isArray(nodes)) return textOf(nodes);
  return nodes
    .filter(isNode)
    .map((node) => {
      if (node.type === 'br') return ' ';
      if (node.type === 'user') return `@${reader.userName(textOf(node['id'])) ?? '?'}`;
      if (node.type === 'timestamp') return '…';
      return plainNodes(node['content'], reader);
    })
    .join('');
}

type NodeRenderer = (node: MarkdownNode, reader: Reader, inner: readonly Rendered[]) => Rendered;

const RENDERERS: Readonly<Record<string, NodeRenderer>> = {
  br: () => html`<br />`,
  newline: () => html`<br />`,
  strong: (_node, _reader, inner) => html`<strong>${inner}</strong>`,
  em: (_node, _reader, inner) => html`<em>${inner}</em>`,
  underline: (_node, _reader, inner) => html`<u>${inner}</u>`,
  strikethrough: (_node, _reader, inner) => html`<s>${inner}</s>`,
  inlineCode: ({ content }) => html`<discord-code>${textOf(content)}</discord-code>`,
  codeBlock: ({ content }) =>
    html`<discord-code multiline tabindex="0">${textOf(content)}</discord-code>`,
  blockQuote: ({ content }, reader) =>
    html`<discord-quote>${renderNodes(withoutLastBreak(content), reader)}</discord-quote>`,
  heading: ({ level }, _reader, inner) =>
    html`<discord-header level=${Number(level)}>${inner}</discord-header>`,
  subtext: (_node, _reader, inner) => html`<discord-subscript>${inner}</discord-subscript>`,
  spoiler: (_node, { spoilerLabel }, inner) => renderSpoiler(inner, spoilerLabel),
  list: ({ items }, reader) => renderList(items, (content) => renderNodes(content, reader)),
  timestamp: renderTimestamp,
  user: ({ id }, reader) => mention('user', reader.userName(textOf(id)) ?? `<@${textOf(id)}>`),
  role: ({ id }, reader) => mention('role', reader.roleName(textOf(id)) ?? textOf(id)),
  channel: ({ id }, reader) => mention('channel', reader.channelName(textOf(id)) ?? textOf(id)),
  everyone: () => mention('user', 'everyone'),
  here: () => mention('user', 'here'),
  slashCommand: ({ fullName }) => mention('slash', textOf(fullName)),
  emoji: ({ name }) => `:${textOf(name)}:`,
  twemoji: ({ name }) => textOf(name),
  link: renderLink,
  url: renderLink,
  autolink: renderLink,
};

function renderNode(node: MarkdownNode, reader: Reader): Rendered {
  const inner = Array.isArray(node['content']) ? renderNodes(node['content'], reader) : [];
  const render = RENDERERS[node.type];
  return render === undefined ? textOf(node['content']) : render(node, reader, inner);
}

function mention(type: string, name: string): TemplateResult {
  return html`<discord-mention type=${type}>${name}</discord-mention>`;
}

function renderTimestamp(node: MarkdownNode, reader: Reader): Rendered {
  const seconds = Number(node['timestamp']);
  const full = timestampText(seconds, 'F', reader);
  const text = timestampText(seconds, textOf(node['format']), reader);
  return html`<discord-time title=${full}>${text}</discord-time>`;
}

function renderLink(node: MarkdownNode, reader: Reader, inner: readonly Rendered[]): Rendered {
  const address = safeAddress(node['target']);
  if (address === undefined) return html`${inner}`;
  return html`<discord-link href=${address} target="_blank" rel="noreferrer noopener"
    >${inner}</discord-link
  >`;
}

/** A quote takes its line's end along; shown, it would be an empty line. */
function withoutLastBreak(nodes: unknown): unknown {
  if (!Array.isArray(nodes)) return nodes;
  const last: unknown = nodes.at(-1);
  return isNode(last) && last.type === 'br' ? nodes.slice(0, -1) : nodes;
}
