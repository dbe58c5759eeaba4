import { randomUUID } from 'node:crypto';
import type { GivenSubmission } from '../app/ports/provider-port.ts';
import type { Submission } from '../domain/routes/submission.ts';
import { partedBody } from './body-parts.ts';
import type { PartedBody } from './body-parts.ts';

/** The body of a create, in which files have a mark in place of their content, and what is sent. */
interface CreateJson<Body> {
  readonly body: Body;
  readonly sent: string | PartedBody;
}

/**
 * The JSON of a create: a text or, with files inside, parts that are never one text, which would take
 * several times the size of the files and be made at once. `createBody` builds the create of a
 * submission whose files have a mark in place of their content.
 */
export function jsonBody<Body extends object>(
  submission: GivenSubmission,
  createBody: (submission: Submission) => Body,
): CreateJson<Body> {
  const { marked, inside } = withMarks(submission);
  const body = createBody(marked);
  const text = JSON.stringify(body);
  if (inside.size === 0) return { body, sent: text };
  // In parentheses, so that the marks are among the parts.
  const pieces = text.split(new RegExp(`(${[...inside.keys()].join('|')})`, 'u'));
  const parts = pieces.map((piece) => {
    const content = inside.get(piece);
    return content === undefined ? Buffer.from(piece) : { inBase64: content };
  });
  return { body, sent: partedBody(parts) };
}

/** A submission whose files have a mark in place of their content, and the content by its mark. */
export function withMarks(submission: GivenSubmission): {
  readonly marked: Submission;
  readonly inside: ReadonlyMap<string, Uint8Array>;
} {
  const inside = new Map<string, Uint8Array>();
  const media = submission.media.map(({ content, ...plain }) => {
    if (content === undefined) return plain;
    const mark = randomUUID();
    inside.set(mark, content);
    return { ...plain, url: `${plain.url}${mark}` };
  });
  return { marked: { ...submission, media }, inside };
}
