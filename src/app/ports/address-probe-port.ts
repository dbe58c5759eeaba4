import type { Attachment } from '../../domain/routes/request.ts';

/** Asks Discord's CDN whether it still has a file. */
export interface AddressProbe {
  /** Whether the address answers 200 within 2 s; asks without downloading. Never rejects. */
  isThere(attachment: Pick<Attachment, 'url' | 'bytes'>, signal: AbortSignal): Promise<boolean>;
}
