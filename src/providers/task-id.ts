import { firstAt, valueAt } from './read-answer.ts';

const MAX_CHARS = 512;

/** No control, format or broken characters, and no line of its own: everything else is printable. */
const PRINTABLE = /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+$/u;

/**
 * A provider's task number, opaque and letter for letter, without the blanks around it; undefined
 * for what is none. Up to 512 characters.
 */
function usableTaskId(value: unknown): string | undefined {
  const text = typeof value === 'string' ? value.trim() : wholeNumber(value);
  if (text === undefined || text.length > MAX_CHARS || !PRINTABLE.test(text)) return undefined;
  // As a path's segment, encoded or not, these two climb: no request could name such a task.
  return text === '.' || text === '..' ? undefined : text;
}

/** Zero and below are a way of saying "none". */
function wholeNumber(value: unknown): string | undefined {
  if (typeof value === 'bigint') return value > 0n ? String(value) : undefined;
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0
    ? String(value)
    : undefined;
}

/**
 * The number of the task that an answer tells of, or that its `data` is. A bare number may be a
 * row's, so texts go first.
 */
export function taskIdAt(body: unknown, paths: readonly string[]): string | undefined {
  const ofType = (isWanted: boolean) => (value: unknown) =>
    (typeof value === 'string') === isWanted ? usableTaskId(value) : undefined;
  return (
    firstAt(body, paths, ofType(true)) ??
    firstAt(body, paths, ofType(false)) ??
    usableTaskId(valueAt(body, 'data'))
  );
}

/** The path at which a task is asked about: it decodes to exactly the number; undefined: none does. */
export function taskPath(prefix: string, taskId: string): string | undefined {
  // Letter for letter: what would have to be trimmed now is no number that was ever told.
  return usableTaskId(taskId) === taskId ? `${prefix}${encodeURIComponent(taskId)}` : undefined;
}
