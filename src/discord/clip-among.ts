import type { ClipOnMessage } from '../app/ports/last-frames-port.ts';
import { mimeTypeOf } from '../domain/routes/mime-type.ts';
import type { ReceivedAttachment } from './interaction.ts';
import { toAttachment } from './to-attachment.ts';

/** The first video among the files of a message. */
export function clipAmong(files: readonly ReceivedAttachment[]): ClipOnMessage | undefined {
  return files
    .map(toAttachment)
    .find((attachment) => mimeTypeOf(attachment)?.startsWith('video/') === true);
}
