import { firstAt, valueAt } from './read-answer.ts';

const MAX_CHARS = 512;

/** Anything without control, format, surrogate and line-separator characters. */
const PRINTABLE = /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+$/u;

/** Reads a task id: opaque, trimmed, at most 512 characters; `undefined` when the value is not one. */
export function usableTaskId(value: unknown): string | undefined {
  const text = typeof value === 'string' ? value.trim() : wholeNumber(value);
  if (text === undefined || text.length > MAX_CHARS || !PRINTABLE.test(text)) return undefined;
  // As path segments these two change the path, even encoded, so no query could ask for such a task.
  return text === '.' || text === '..' ? undefined : text;
}

/** Reads a positive whole number; zero and below mean that there is no id. */
function wholeNumber(value: unknown): string | undefined {
  if (typeof value === 'bigint') return value > 0n ? String(value) : undefined;
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0
    ? String(value)
    : undefined;
}

/**
 * Reads the task id at one of the paths, or from `data` itself. Text goes before numbers, because a
 * number may be the id of a database row.
 */
export function taskIdAt(body: unknown, paths: readonly string[]): string | undefined {
  const ofType = (isText: boolean) => (value: unknown) =>
    (typeof value === 'string') === isText ? usableTaskId(value) : undefined;
  return (
    firstAt(body, paths, ofType(true)) ??
    firstAt(body, paths, ofType(false)) ??
    usableTaskId(valueAt(body, 'data'))
  );
}

/** Returns the path to query a task, which decodes to exactly its id; `undefined` when the id is unusable. */
export function taskPath(prefix: string, taskId: string): string | undefined {
  // An id that would have to be trimmed never came from `usableTaskId`.
  return usableTaskId(taskId) === taskId ? `${prefix}${encodeURIComponent(taskId)}` : undefined;
}
