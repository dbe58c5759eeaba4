import type { Dialect } from './dialect.ts';
import { hasContent, readCodeError, readProviderError } from './provider-error.ts';
import type { ProviderError } from './provider-error.ts';
import { isObject, nonEmptyText, valueAt } from './read-answer.ts';
import { taskIdAt } from './task-id.ts';

type TaskIdPlaces = Pick<Dialect, 'taskIdNeedsPlainCode' | 'taskIdPaths'>;
type CodePlaces = TaskIdPlaces & Pick<Dialect, 'errorByCode' | 'successCodes'>;

/** Reads the error that an answer declares in any of the provider's ways; `undefined` when there is none. */
export function errorOf(
  body: unknown,
  dialect: CodePlaces & Pick<Dialect, 'hasErrorField'>,
): ProviderError | undefined {
  return dialect.hasErrorField && isObject(body) && hasContent(body['error'])
    ? readProviderError(body)
    : codeErrorOf(body, dialect);
}

/** Reads the error that the answer's own code declares; `undefined` when it declares none. */
export function codeErrorOf(body: unknown, dialect: CodePlaces): ProviderError | undefined {
  const { errorByCode } = dialect;
  if (errorByCode === 'never' || (errorByCode === 'alone' && hasTaskOrData(body, dialect))) {
    return undefined;
  }
  return readCodeError(body, dialect.successCodes);
}

/** Whether an answer has the id of a task, or data, in which one may stand. */
export function hasTaskOrData(body: unknown, dialect: TaskIdPlaces): boolean {
  const data = valueAt(body, 'data');
  const hasData = hasContent(data) || (Array.isArray(data) && data.length > 0);
  return hasData || taskIdOf(body, dialect) !== undefined;
}

/** Reads the id of the task that a create made; `undefined` when there is no usable one. */
export function taskIdOf(
  body: unknown,
  { taskIdNeedsPlainCode, taskIdPaths }: TaskIdPlaces,
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
