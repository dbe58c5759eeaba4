import type { GuildSettings } from '../../domain/guild-settings.ts';
import type { AuditEntry, GuildSettingsStore } from '../../app/ports/guild-settings-port.ts';

/** The result of an edit on the current settings. `reply` is for the admin, in their language. */
type EditResult =
  | {
      readonly kind: 'changed';
      readonly after: GuildSettings;
      /** For the audit, always in English. */
      readonly entry: Pick<AuditEntry, 'what' | 'from' | 'to'>;
      readonly reply: string;
    }
  /** The value is already set, or cannot be set: nothing is written. */
  | { readonly kind: 'unchanged'; readonly reply: string };

/** A change of settings. Pure, so that it can be applied again to newer settings. */
export type Edit = (before: GuildSettings) => EditResult;

export interface Editor {
  readonly guilds: GuildSettingsStore;
  readonly guildId: string;
  /** The admin who makes the change. */
  readonly by: string;
}

/**
 * Applies an edit and writes its audit line. If another admin changed the settings in between, the
 * edit is applied again, so that the line's `from` is what was really replaced.
 */
export async function applyEdit({ guilds, guildId, by }: Editor, edit: Edit): Promise<string> {
  const before = await guilds.get(guildId);
  const result = edit(before);
  if (result.kind === 'unchanged') return result.reply;
  try {
    await guilds.change(
      guildId,
      (current) => {
        if (current !== before) throw new SupersededError();
        return result.after;
      },
      { by, ...result.entry },
    );
    return result.reply;
  } catch (cause) {
    if (cause instanceof SupersededError) return applyEdit({ guilds, guildId, by }, edit);
    throw cause;
  }
}

/**
 * Applies edits one after another, each with its own audit line; returns one reply line per edit.
 */
export async function applyEdits(editor: Editor, edits: readonly Edit[]): Promise<string> {
  const replies: string[] = [];
  for (const edit of edits) {
    replies.push(await applyEdit(editor, edit));
  }
  return replies.join('\n');
}

/** The settings changed since they were read. */
class SupersededError extends Error {}
