import type { UploadCall } from './descriptor.ts';
import { fileName } from './file-name.ts';
import type { HttpResult } from './exchange.ts';
import type { JsonClient } from './http-json.ts';
import { parseJson } from './read-answer.ts';

/** Why a provider has no address of a copy. */
export interface NoAddress {
  readonly kind: 'not-sent';
  readonly detail: string;
}

/** The address under which a provider finds a copy, or why it has none. */
type CopyAddress = { readonly kind: 'address'; readonly address: string } | NoAddress;

/** Uploads a copy that is kept as an option. */
export type UploadCopy = (
  copy: { readonly option: string; readonly mimeType: string; readonly content: Buffer },
  signal: AbortSignal,
) => Promise<CopyAddress>;

/** Creates the upload by a provider's call. It costs nothing, so a failed one may be made again. */
export function createUpload(
  call: UploadCall | undefined,
  client: Pick<JsonClient, 'postFile'>,
): UploadCopy {
  return async ({ option, mimeType, content }, signal) => {
    if (call === undefined) return { kind: 'not-sent', detail: 'upload: no such call' };
    // No name from outside: the option and the type say enough.
    const file = { field: call.field, name: fileName(option, mimeType), mimeType, content };
    return readAnswer(call, await client.postFile(call.path, file, signal));
  };
}

function readAnswer(call: UploadCall, result: HttpResult): CopyAddress {
  if (result.kind !== 'answer') return { kind: 'not-sent', detail: `upload: ${result.detail}` };
  const { status, body } = result;
  const isRead = status >= 200 && status < 300 && body.kind === 'text';
  const address = isRead ? call.read(parseJson(body.text)) : undefined;
  if (address !== undefined) return { kind: 'address', address };
  return { kind: 'not-sent', detail: `upload: status ${status} without an address` };
}
