import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';

import type { IncomingRequest, ProviderState } from './provider-state.ts';
import { isAuthorized } from './recorded-request.ts';
import type { Reply } from './replies.ts';
import { replyOf, replyToFault, replyToUnknownPath } from './replies.ts';
import type { Upload } from './upload.ts';

/** The path of uploaded files. */
export const UPLOADS_PATH = '/uploads/';

/** Decides the reply to an upload, and keeps its file if it is accepted. */
export async function answerUpload(
  state: ProviderState,
  { recorded, headers, baseUrl }: IncomingRequest,
  body: Uint8Array,
): Promise<Reply> {
  const { dialect, key, knobs, uploads } = state;
  const answer = knobs.upload.consume(recorded);
  recorded.answer = answer.kind;
  if (answer.kind === 'cut-before-reading') return { kind: 'cut' };
  if (answer.kind === 'refused') return replyOf(dialect.refused(answer.reason));
  if (answer.kind !== 'ok' && answer.kind !== 'slow') return replyToFault(answer, dialect);
  if (!isAuthorized(headers, key)) return replyOf(dialect.unauthorized);
  if (dialect.upload === undefined) return replyToUnknownPath(dialect, recorded);
  const { field, types, maxBytes, uploaded } = dialect.upload;
  const file = await fileIn(headers['content-type'], body, field);
  if (file === undefined) return replyOf(dialect.refused(`${field} is required`));
  const ending = file.filename.split('.').at(-1)?.toLowerCase() ?? '';
  if (!types.includes(ending)) return replyOf(dialect.refused(`unsupported file type: ${ending}`));
  if (file.content.byteLength > maxBytes) return replyOf(dialect.refused('file too large'));
  const name = `${randomUUID()}.${ending}`;
  uploads.set(name, file);
  return replyOf(uploaded(`${baseUrl}${UPLOADS_PATH}${name}`, file));
}

/** Sends an uploaded file. */
export function sendUpload(
  { uploads }: ProviderState,
  path: string,
  response: ServerResponse,
): void {
  const file = uploads.get(path.slice(path.lastIndexOf('/') + 1));
  if (file === undefined) response.writeHead(404).end();
  else response.writeHead(200, { 'content-type': file.mimeType }).end(file.content);
}

/** Reads a form by Node's own parser; `undefined` without such a file. */
async function fileIn(
  contentType: string | undefined,
  body: Uint8Array,
  field: string,
): Promise<Upload | undefined> {
  try {
    const init = { headers: { 'content-type': contentType ?? '' } };
    const form = await new Response(body.slice().buffer, init).formData();
    const value = form.get(field);
    if (value === null || typeof value === 'string') return undefined;
    const content = new Uint8Array(await value.arrayBuffer());
    return { filename: value.name, mimeType: value.type, content };
  } catch {
    // It is no form.
    return undefined;
  }
}
