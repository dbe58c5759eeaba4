import type { Log } from '../../app/ports/core.ts';
import { errorCode } from '../../domain/error-code.ts';
import type { AttachmentSource } from './fetch-attachment.ts';

/** Reads a whole file of Discord into memory; `undefined` if it cannot be had now. */
export type FetchFile = (
  file: { readonly url: string; readonly bytes: number },
  signal: AbortSignal,
) => Promise<Buffer | undefined>;

export function createFetchFile({
  source,
  log,
}: {
  readonly source: Pick<AttachmentSource, 'read'>;
  readonly log: Log;
}): FetchFile {
  return async (file, signal) => {
    try {
      const chunks: Buffer[] = [];
      for await (const chunk of source.read(file, signal)) chunks.push(chunk);
      return Buffer.concat(chunks);
    } catch (cause) {
      log.warn({ code: errorCode(cause) }, 'file for a create not fetched');
      return undefined;
    }
  };
}
