import type { EditedTask, LateEdits } from '../app/ports/late-edits-port.ts';
import type { Tenure } from '../app/ports/ownership-port.ts';

/**
 * Makes an edit that may be made in a tenure. Its owner may have stood still since it asked whether it
 * may: where the tenure is over by the end of the edit, it is reported as late, whatever came of it.
 */
export async function editInTenure<T>(
  { tenure, lateEdits }: { readonly tenure: Pick<Tenure, 'mayAct'>; readonly lateEdits: LateEdits },
  { id, guildId }: EditedTask,
  edit: () => Promise<T>,
): Promise<T> {
  try {
    return await edit();
  } finally {
    if (!tenure.mayAct()) lateEdits.report({ id, guildId });
  }
}
