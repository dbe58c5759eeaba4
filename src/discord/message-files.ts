import { z } from 'zod';
import { attachmentSchema } from './interaction.ts';
import type { ReceivedAttachment } from './interaction.ts';

/** Discord's limit for the files of a message. */
const MAX_FILES = 10;

/** The files of a message; one that cannot be read hides none of the others. */
export const messageFilesSchema = z.array(z.unknown()).max(MAX_FILES).nullish().catch(undefined);

/** The readable ones. */
export function readMessageFiles(files: z.output<typeof messageFilesSchema>): ReceivedAttachment[] {
  return (files ?? []).flatMap((file) => {
    const read = attachmentSchema.safeParse(file);
    return read.success ? [read.data] : [];
  });
}
