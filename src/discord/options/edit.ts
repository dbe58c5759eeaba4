import type { GuildSettings } from '../../domain/guild-settings.ts';
import type { AuditEntry, GuildSettingsStore } from '../../app/ports/guild-settings-port.ts';

/** What an edit comes to on the settings as they stand; `told` is for the admin, in their language. */
type EditResult =
  | {
      readonly kind: 'changed';
      readonly after: GuildSettings;
      /** In English, for every admin alike. */
      readonly entry: Pick<AuditEntry, 'what' | 'from' | 'to'>;
      readonly told: string;
    }
  /** It stands so already, or cannot be: nothing is written. */
  | { readonly kind: 'unchanged'; readonly told: string };

/** A change of settings; pure, so that it can be decided again. */
export type Edit = (before: GuildSettings) => EditResult;

export interface Editor {
  readonly guilds: GuildSettingsStore;
  readonly guildId: string;
  /** The admin who does it. */
  readonly by: string;
}

/**
 * Makes an edit, and its line in the audit. Decided again where somebody else's change came in
 * between, so that the line's `from` is what was really replaced.
 */
export async function applyEdit({ guilds, guildId, by }: Editor, edit: Edit): Promise<string> {
  const before = await guilds.get(guildId);
  const result = edit(before);
  if (result.kind === 'unchanged') return result.told;
  try {
    await guilds.change(
      guildId,
      (current) => {
        if (current !== before) throw new SupersededError();
        return result.after;
      },
      { by, ...result.entry },
    );
    return result.told;
  } catch (cause) {
    if (cause instanceof SupersededError) return applyEdit({ guilds, guildId, by }, edit);
    throw cause;
  }
}

/** Makes edits one after the other, each with its own line in the audit; told line by line. */
export async function applyEdits(editor: Editor, edits: readonly Edit[]): Promise<string> {
  const told: string[] = [];
  for (const edit of edits) {
    told.push(await applyEdit(editor, edit));
  }
  return told.join('\n');
}

/** The settings are no longer those that were decided on. */
class SupersededError extends Error {}
