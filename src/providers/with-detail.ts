import type { Dialect } from './dialect.ts';
import { readProviderError } from './provider-error.ts';
import { isObject, nonEmptyText, valueAt } from './read-answer.ts';

type DetailPaths = Pick<Dialect, 'detailField' | 'makersErrorPath'>;

/**
 * An answer as if all that it says of its error stood in `error`: what stands in a field of its own
 * (`detailField`), of a list the first message, and what the maker behind a gateway said.
 */
export function withDetail(json: unknown, { detailField, makersErrorPath }: DetailPaths): unknown {
  if (!isObject(json)) return json;
  if (makersErrorPath !== undefined) return withMakersError(json, makersErrorPath);
  if (detailField === undefined) return json;
  const detail = json[detailField];
  if (detail === undefined || 'error' in json) return json;
  const message = typeof detail === 'string' ? detail : valueAt(detail, '0.msg');
  return { ...json, error: { message: typeof message === 'string' ? message : 'unreadable' } };
}

/** With the maker's words behind the gateway's own; its codes decide nothing about the account here. */
function withMakersError(json: Readonly<Record<string, unknown>>, path: string): unknown {
  const { error } = json;
  const said = valueAt(json, path);
  const words = isObject(said) ? readProviderError(said).message : nonEmptyText(said);
  if (!isObject(error) || words === undefined || words === '') return json;
  const message = [nonEmptyText(error['message']), words].filter((text) => text !== undefined);
  return { ...json, error: { ...error, message: message.join(': ') } };
}
