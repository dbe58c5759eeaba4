import type { Ratio, Resolution, VideoOption } from './options.ts';

/** What Discord tells of an attachment. Its content has not been looked at. */
export interface Attachment {
  readonly filename: string;
  /** The whole signed address, with its query: a secret for the log. */
  readonly url: string;
  readonly bytes: number;
  /** Lower case, without parameters; absent where Discord gives none. */
  readonly mimeType?: string;
  readonly width?: number;
  readonly height?: number;
  readonly seconds?: number;
}

/** One `/video` as asked, before any route has judged it. */
export interface VideoRequest {
  readonly prompt: string;
  readonly durationSeconds?: number;
  readonly resolution?: Resolution;
  readonly ratio?: Ratio;
  readonly media: Readonly<Partial<Record<VideoOption, Attachment>>>;
  readonly sound?: boolean;
  readonly webSearch?: boolean;
  readonly watermark?: boolean;
}
