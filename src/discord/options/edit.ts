import type { GuildSettings } from '../../domain/guild-settings.ts';
import { diffSettings } from '../../domain/settings-undo.ts';
import type { AuditEntry, GuildSettingsStore } from '../../app/ports/guild-settings-port.ts';

/** What an edit changed, for the audit; always in English. */
type Entry = Pick<AuditEntry, 'what' | 'from' | 'to'>;

/** The result of an edit on the current settings. `reply` is for the admin, in their language. */
type EditResult =
  | {
      readonly kind: 'changed';
      readonly after: GuildSettings;
      readonly entry: Entry;
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
  /** The id of the interaction that makes it, by which it can be undone. */
  readonly callId: string;
  /** The id of the proposal that the edits carry out; the same commit removes it. */
  readonly closes?: string;
}

/** What edits did: one reply line each, and whether anything changed. */
export interface Edited {
  readonly reply: string;
  readonly isChanged: boolean;
}

/** So many changes of a guild can be undone. */
const MAX_UNDOABLE = 10;

/**
 * Applies edits one after another in one commit, each with its own audit line. The lines' `from` is
 * what was really replaced, however many admins change something at the same time.
 */
export async function applyEdits(
  { guilds, guildId, by, callId, closes }: Editor,
  edits: readonly Edit[],
): Promise<Edited> {
  return guilds.decide<Edited>(guildId, (before) => {
    const { settings, entries, replies } = composed(before, edits);
    const reply = replies.join('\n');
    if (entries.length === 0) return { result: { reply, isChanged: false } };
    const undo = { id: callId, entries, changes: diffSettings(before, settings) };
    const undoable = [...(before.undoable ?? []).slice(1 - MAX_UNDOABLE), undo];
    const proposals = before.proposals?.filter(({ id }) => id !== closes);
    const after = { ...settings, undoable, proposals };
    return {
      result: { reply, isChanged: true },
      change: { after, entries: entries.map((entry) => ({ by, ...entry })) },
    };
  });
}

function composed(before: GuildSettings, edits: readonly Edit[]) {
  let settings = before;
  const entries: Entry[] = [];
  const replies: string[] = [];
  for (const edit of edits) {
    const result = edit(settings);
    replies.push(result.reply);
    if (result.kind === 'unchanged') continue;
    settings = result.after;
    entries.push(result.entry);
  }
  return { settings, entries, replies };
}
