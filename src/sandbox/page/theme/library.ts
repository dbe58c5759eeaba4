import '@skyra/discord-components-core/discord-action-row.js';
import '@skyra/discord-components-core/discord-attachments.js';
import '@skyra/discord-components-core/discord-code.js';
import '@skyra/discord-components-core/discord-embed-description.js';
import '@skyra/discord-components-core/discord-embed-field.js';
import '@skyra/discord-components-core/discord-embed-fields.js';
import '@skyra/discord-components-core/discord-embed-footer.js';
import '@skyra/discord-components-core/discord-messages.js';
import '@skyra/discord-components-core/discord-pre.js';
import { DiscordAuthorInfo } from '@skyra/discord-components-core/discord-author-info.js';
import { DiscordButton } from '@skyra/discord-components-core/discord-button.js';
import { DiscordEmbed } from '@skyra/discord-components-core/discord-embed.js';
import { DiscordFileAttachment } from '@skyra/discord-components-core/discord-file-attachment.js';
import { DiscordHeader } from '@skyra/discord-components-core/discord-header.js';
import { DiscordLink } from '@skyra/discord-components-core/discord-link.js';
import { DiscordMention } from '@skyra/discord-components-core/discord-mention.js';
import { DiscordMessage } from '@skyra/discord-components-core/discord-message.js';
import { DiscordQuote } from '@skyra/discord-components-core/discord-quote.js';
import { DiscordReply } from '@skyra/discord-components-core/discord-reply.js';
import { DiscordSpoiler } from '@skyra/discord-components-core/discord-spoiler.js';
import { DiscordSubscript } from '@skyra/discord-components-core/discord-subscript.js';
import { DiscordTime } from '@skyra/discord-components-core/discord-time.js';
import { css } from 'lit';
import type { CSSResult, LitElement } from 'lit';

/**
 * Styles added to @skyra/discord-components-core, which provides Discord's appearance: legible contrast
 * (WCAG AA), narrow pages, and the page's own colours, which follow the light or dark theme.
 */
const ADDITIONS: readonly (readonly [typeof LitElement, CSSResult])[] = [
  [
    DiscordMessage,
    css`
      :host {
        color: var(--text);
        padding-right: 1rem;
      }
      :host([highlight]),
      :host([ephemeral]) {
        padding-right: 1rem;
      }
      .discord-message-timestamp,
      :host([light-theme]) .discord-message-timestamp,
      .discord-message-edited {
        color: var(--text-muted);
      }
      .discord-message-content {
        min-width: 0;
      }
      .discord-message-body-only-indent {
        flex: none;
        margin-left: 0;
      }
      /* The page shows its own note, in the person's language and with a real button. */
      .discord-message-ephemeral {
        display: none;
      }
    `,
  ],
  [
    DiscordAuthorInfo,
    css`
      :host .discord-author-username {
        color: var(--text-strong);
      }
      :host .discord-author-username:hover {
        cursor: default;
        text-decoration: none;
      }
    `,
  ],
  [
    DiscordReply,
    css`
      :host {
        max-width: 100%;
      }
      :host .discord-replied-message-content {
        min-width: 0;
        overflow: hidden;
      }
      :host,
      :host .discord-replied-message-content,
      :host .discord-replied-message-username {
        color: var(--text-muted) !important;
      }
      /* The library's half-transparent name is too faint on some backgrounds. */
      :host .discord-replied-message-username {
        opacity: 1;
      }
    `,
  ],
  [
    DiscordButton,
    css`
      /* As narrow as Discord's, so that five fit in a row. */
      button,
      a {
        min-width: 60px !important;
        margin: 4px 8px 4px 0 !important;
        padding: 2px 12px !important;
      }
      button.success {
        background-color: #1f7a3f;
      }
      button.destructive {
        background-color: #c9333a;
      }
      button.secondary,
      a.secondary {
        color: #fff;
        background-color: #4f545c;
      }
      a.secondary svg {
        margin-left: 8px;
      }
      button:focus-visible,
      a:focus-visible {
        outline: 2px solid var(--focus);
        outline-offset: 2px;
      }
    `,
  ],
  [
    DiscordEmbed,
    css`
      :host {
        color: var(--text);
        max-width: 100%;
      }
      :host .discord-embed-wrapper {
        background-color: var(--back-2);
        border-color: var(--line);
      }
      :host .discord-embed-image {
        max-width: 100%;
        max-height: 22rem;
      }
    `,
  ],
  [
    DiscordFileAttachment,
    css`
      .discord-file-attachment-metadata {
        color: var(--text-muted) !important;
      }
    `,
  ],
  [
    DiscordMention,
    css`
      :host,
      :host(:hover) {
        color: var(--mention-text) !important;
        background-color: var(--mention-back) !important;
        cursor: default;
      }
    `,
  ],
  [
    DiscordLink,
    css`
      a {
        color: var(--link);
        overflow-wrap: anywhere;
      }
      a:focus-visible {
        outline: 2px solid var(--focus);
      }
    `,
  ],
  [
    DiscordSubscript,
    css`
      small {
        color: var(--text-muted) !important;
      }
    `,
  ],
  [
    DiscordTime,
    css`
      :host {
        background-color: var(--code-back);
      }
    `,
  ],
  [
    DiscordQuote,
    css`
      .discord-quote-divider {
        flex: none;
        background-color: var(--line-strong) !important;
      }
      blockquote {
        min-width: 0;
        overflow-wrap: anywhere;
      }
    `,
  ],
  [
    DiscordSpoiler,
    css`
      :host(:focus-visible) {
        outline: 2px solid var(--focus);
      }
    `,
  ],
  [
    DiscordHeader,
    css`
      :host > * {
        color: var(--text-strong);
      }
    `,
  ],
];

/** Extends the library's style sheets; to be called before its first element is created. */
export function addLibraryStyles(): void {
  for (const [element, sheet] of ADDITIONS) element.elementStyles.push(sheet);
}
