import type { Dialect } from './dialect.ts';
import { isObject, valueAt } from './read-answer.ts';

/**
 * An answer whose error stands in a field of its own (`detailField`), as if it stood in `error`. Of a
 * list the first message counts.
 */
export function withDetail(json: unknown, { detailField }: Pick<Dialect, 'detailField'>): unknown {
  if (detailField === undefined || !isObject(json)) return json;
  const detail = json[detailField];
  if (detail === undefined || 'error' in json) return json;
  const message = typeof detail === 'string' ? detail : valueAt(detail, '0.msg');
  return { ...json, error: { message: typeof message === 'string' ? message : 'unreadable' } };
}
