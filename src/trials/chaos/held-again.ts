import type { Evidence } from './evidence.ts';

const TASK_ID = /"taskId":"(?<taskId>\d+)"/;

/**
 * The tasks whose hold was ended, and whose create was answered after that: their money is held again,
 * whatever a limit says, and follows from what the provider says of them.
 */
export function heldAgainIn({ lines }: Pick<Evidence, 'lines'>): ReadonlySet<string> {
  const said = lines.filter((line) => line.includes('"hold was resolved, but its create was'));
  return new Set(said.flatMap((line) => TASK_ID.exec(line)?.groups?.['taskId'] ?? []));
}
