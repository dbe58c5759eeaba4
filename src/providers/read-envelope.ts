import type { Dialect } from './dialect.ts';
import { hasContent, readCodeError, readProviderError } from './provider-error.ts';
import type { ProviderError } from './provider-error.ts';
import { isObject, nonEmptyText, valueAt } from './read-answer.ts';
import { taskIdAt } from './task-id.ts';

/** The error that an answer declares in any way that the provider has; undefined where there is none. */
export function errorOf(
  body: unknown,
  { hasErrorField, successCodes }: Pick<Dialect, 'hasErrorField' | 'successCodes'>,
): ProviderError | undefined {
  return hasErrorField && isObject(body) && hasContent(body['error'])
    ? readProviderError(body)
    : readCodeError(body, successCodes);
}

/** The id of the task that a create made; undefined where there is no usable one. */
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
  { noSuchTaskMarks }: Pick<Dialect, 'noSuchTaskMarks'>,
): boolean {
  return noSuchTaskMarks.some((mark) => codes.includes(mark) || message.includes(mark));
}
