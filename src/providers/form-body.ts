import type { GivenSubmission } from '../app/ports/provider-port.ts';
import type { Submission } from '../domain/routes/submission.ts';
import { fileName } from './file-name.ts';
import { withMarks } from './json-body.ts';
import { multipartBody } from './multipart-file.ts';
import type { FormPart, MultipartBody } from './multipart-file.ts';

/** The body of a create, in which files have a mark in place of their content, and the form. */
interface CreateForm<Body> {
  readonly body: Body;
  readonly sent: MultipartBody;
}

/**
 * The form of a create: a part for each field. A field that is the data URI of a file becomes a part
 * with that file; texts stand as they are, anything else as JSON.
 */
export function formBody<Body extends object>(
  submission: GivenSubmission,
  createBody: (submission: Submission) => Body,
): CreateForm<Body> {
  const { marked, inside } = withMarks(submission);
  const body = createBody(marked);
  const parts = Object.entries(body).flatMap(([field, value]): FormPart[] =>
    value === undefined ? [] : [fileIn(field, value, inside) ?? { field, text: textOf(value) }],
  );
  return { body, sent: multipartBody(parts) };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The file that a field stands for; `undefined` if it stands for none. */
function fileIn(
  field: string,
  value: unknown,
  inside: ReadonlyMap<string, Uint8Array>,
): FormPart | undefined {
  const [, mimeType = '', mark = ''] =
    typeof value === 'string' ? (/^data:([^;,]+);base64,(.*)$/.exec(value) ?? []) : [];
  const content = inside.get(mark);
  if (content === undefined) return undefined;
  return { field, name: fileName(field, mimeType), mimeType, content };
}
