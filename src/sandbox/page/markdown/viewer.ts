import type { TemplateResult, nothing } from 'lit';

/** The context of rendering: the person's language, the time, and the names of mentioned ids. */
export interface Viewer {
  readonly locale: string;
  /** Virtual milliseconds since 1970. */
  readonly nowMs: number;
  readonly spoilerLabel: string;
  userName(id: string): string | undefined;
  roleName(id: string): string | undefined;
  channelName(id: string): string | undefined;
  /** What a link to a message of a channel says. */
  messageLink(channelName: string): string;
  /** Shows a message of this server. */
  goTo(channelId: string, messageId: string): void;
}

/** What a Markdown node renders to. */
export type Rendered = TemplateResult | string | typeof nothing;
