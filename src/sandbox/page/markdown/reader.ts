import type { TemplateResult, nothing } from 'lit';

/** What a text means depends on who reads it, where and when. */
export interface Reader {
  readonly locale: string;
  /** Virtual milliseconds since 1970. */
  readonly nowMs: number;
  readonly spoilerLabel: string;
  userName(id: string): string | undefined;
  roleName(id: string): string | undefined;
  channelName(id: string): string | undefined;
}

export type Rendered = TemplateResult | string | typeof nothing;
