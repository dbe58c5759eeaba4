import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { isNode, parseMarkdown, textOf } from './parse.ts';
import type { MarkdownNode } from './parse.ts';
import type { Viewer, Rendered } from './viewer.ts';
import { hasOwnText, messageLinkOf } from './message-link.ts';
import { renderList } from './render-list.ts';
import { safeAddress } from './safe-address.ts';
import { renderSpoiler } from './spoiler.ts';
import { timestampText } from '../../timestamp-text.ts';

/** Renders a message's Markdown. User content is only inserted as text, never as HTML. */
export function renderMarkdown(text: string, viewer: Viewer): readonly Rendered[] {
  return renderNodes(parseMarkdown(text), viewer);
}

function renderNodes(nodes: unknown, viewer: Viewer): readonly Rendered[] {
  if (!Array.isArray(nodes)) return [textOf(nodes)];
  const known = nodes.filter(isNode);
  // The line break after a code block belongs to the block.
  return known
    .filter((node, at) => node.type !== 'br' || known[at - 1]?.type !== 'codeBlock')
    .map((node) => renderNode(node, viewer));
}

type NodeRenderer = (node: MarkdownNode, viewer: Viewer, inner: readonly Rendered[]) => Rendered;

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
  blockQuote: ({ content }, viewer) =>
    html`<discord-quote>${renderNodes(withoutLastBreak(content), viewer)}</discord-quote>`,
  heading: ({ level }, _reader, inner) =>
    html`<discord-header level=${Number(level)}>${inner}</discord-header>`,
  subtext: (_node, _reader, inner) => html`<discord-subscript>${inner}</discord-subscript>`,
  spoiler: (_node, { spoilerLabel }, inner) => renderSpoiler(inner, spoilerLabel),
  list: ({ items }, viewer) => renderList(items, (content) => renderNodes(content, viewer)),
  timestamp: renderTimestamp,
  user: ({ id }, viewer) => mention('user', viewer.userName(textOf(id)) ?? `<@${textOf(id)}>`),
  role: ({ id }, viewer) => mention('role', viewer.roleName(textOf(id)) ?? textOf(id)),
  channel: ({ id }, viewer) => mention('channel', viewer.channelName(textOf(id)) ?? textOf(id)),
  everyone: () => mention('user', 'everyone'),
  here: () => mention('user', 'here'),
  slashCommand: ({ fullName }) => mention('slash', textOf(fullName)),
  emoji: ({ name }) => `:${textOf(name)}:`,
  twemoji: ({ name }) => textOf(name),
  link: renderLink,
  url: renderLink,
  autolink: renderLink,
};

function renderNode(node: MarkdownNode, viewer: Viewer): Rendered {
  const inner = Array.isArray(node['content']) ? renderNodes(node['content'], viewer) : [];
  const render = RENDERERS[node.type];
  return render === undefined ? textOf(node['content']) : render(node, viewer, inner);
}

function mention(type: string, name: string): TemplateResult {
  return html`<discord-mention type=${type}>${name}</discord-mention>`;
}

function renderTimestamp(node: MarkdownNode, viewer: Viewer): Rendered {
  const seconds = Number(node['timestamp']);
  const full = timestampText(seconds, 'F', viewer);
  const text = timestampText(seconds, textOf(node['format']), viewer);
  return html`<discord-time title=${full}>${text}</discord-time>`;
}

function renderLink(node: MarkdownNode, viewer: Viewer, inner: readonly Rendered[]): Rendered {
  const address = safeAddress(node['target']);
  if (address === undefined) return html`${inner}`;
  const { channelId, messageId } = messageLinkOf(address);
  const channel = viewer.channelName(channelId);
  if (channel !== undefined) {
    return html`<button
      type="button"
      class="message-link"
      @click=${() => {
        viewer.goTo(channelId, messageId);
      }}
    >
      ${hasOwnText(node) ? inner : viewer.messageLink(channel)}
    </button>`;
  }
  return html`<discord-link href=${address} target="_blank" rel="noreferrer noopener"
    >${inner}</discord-link
  >`;
}

/** Removes the line break at the end of a quote, which would show as an empty line. */
function withoutLastBreak(nodes: unknown): unknown {
  if (!Array.isArray(nodes)) return nodes;
  const last: unknown = nodes.at(-1);
  return isNode(last) && last.type === 'br' ? nodes.slice(0, -1) : nodes;
}
