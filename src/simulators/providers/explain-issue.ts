import type { z } from 'zod';

/** Renders the first issue as one line that names its field. */
export function explainIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  if (issue === undefined) return 'invalid request';
  if (issue.code === 'unrecognized_keys') return `unknown field: ${issue.keys.join(', ')}`;
  const field = issue.path
    .map((part) => (typeof part === 'number' ? `[${part}]` : String(part)))
    .join('.');
  return `${field === '' ? 'body' : field.replaceAll('.[', '[')}: ${issue.message}`;
}
