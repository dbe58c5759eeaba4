import type { Attachment } from '../domain/routes/request.ts';
import type { ReceivedAttachment } from './interaction.ts';

/** Converts a file that Discord describes. */
export function toAttachment(received: ReceivedAttachment): Attachment {
  const { content_type: mimeType, width, height, duration_secs: seconds } = received;
  return {
    filename: received.filename,
    url: received.url,
    bytes: received.size,
    ...(mimeType ? { mimeType } : {}),
    ...(width ? { width } : {}),
    ...(height ? { height } : {}),
    ...(seconds ? { seconds } : {}),
  };
}
