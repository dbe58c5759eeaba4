import type { Dialect } from './dialect.ts';
import { hasContent, readCodeError, readProviderError } from './provider-error.ts';
import type { ProviderError } from './provider-error.ts';
import { isObject, nonEmptyText, valueAt } from './read-answer.ts';
import { taskIdAt } from './task-id.ts';

/** Reads the error that an answer declares in any of the provider's ways; `undefined` when there is none. */
export function errorOf(
  body: unknown,
  { hasErrorField, successCodes }: Pick<Dialect, 'hasErrorField' | 'successCodes'>,
): ProviderError | undefined {
  return hasErrorField && isObject(body) && hasContent(body['error'])
    ? readProviderError(body)
    : readCodeError(body, successCodes);
}

/** Reads the id of the task that a create made; `undefined` when there is no usable one. */
export function taskIdOf(
  body: unknown,
  { taskIdNeedsPlainCode, taskIdPaths }: Pick<Dialect, 'taskIdNeedsPlainCode' | 'taskIdPaths'>,
): string | undefined {
  const code = valueAt(body, 'code');
  const isOdd = code !== undefined && code !== null && nonEmptyText(code) === undefined;
  return taskIdNeedsPlainCode && isOdd ? undefined : taskIdAt(body, taskIdPaths);
}

/** Whether an error means that the provider does not know the task. */
export function isNoSuchTask(
  { codes, message }: ProviderError,
  { noSuchTaskMarkers }: Pick<Dialect, 'noSuchTaskMarkers'>,
): boolean {
  return noSuchTaskMarkers.some((mark) => codes.includes(mark) || message.includes(mark));
}
