import { z } from 'zod';
import type { CopyRule, CopyRules } from '../../domain/routes/copy-rules.ts';
import type { UploadCall } from '../descriptor.ts';

/** Its document: at most 100 MB; the address is good for about three days. */
const MAX_BYTES = 100_000_000;

const uploaded = (...mimeTypes: string[]): CopyRule => ({
  way: 'upload',
  maxBytes: MAX_BYTES,
  mimeTypes,
});

/** The types of its document: `jpg jpeg png gif webp bmp svg`, `mp4 mov avi webm mkv m4v flv`, and so on. */
export const JIMMY_COPIES: CopyRules = {
  image: uploaded(
    'image/jpeg',
    'image/png',
    'image/gif',
    'image/webp',
    'image/bmp',
    'image/svg+xml',
  ),
  video: uploaded(
    'video/mp4',
    'video/quicktime',
    'video/x-msvideo',
    'video/webm',
    'video/x-matroska',
    'video/x-m4v',
    'video/x-flv',
  ),
  audio: uploaded('audio/mpeg', 'audio/wav', 'audio/aac', 'audio/mp4', 'audio/flac', 'audio/ogg'),
};

/** An address that may go into the body of a create. */
const MAX_ADDRESS_CHARS = 4096;

const answerSchema = z.object({
  code: z.union([z.literal(20_000), z.literal('20000')]),
  data: z.object({ url: z.url({ protocol: /^https?$/ }).max(MAX_ADDRESS_CHARS) }),
});

/** `POST /api/open-api/v1/files/upload`. */
export const JIMMY_UPLOAD: UploadCall = {
  path: '/api/open-api/v1/files/upload',
  field: 'file',
  read: (answer) => answerSchema.safeParse(answer).data?.data.url,
};
