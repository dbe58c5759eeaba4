import { undoChange } from '../../domain/settings-undo.ts';
import type { SettingsUndo } from '../../domain/settings-undo.ts';
import type { Editor } from './edit.ts';

/** What became of an undo. */
type Undone =
  | { readonly kind: 'undone'; readonly entries: SettingsUndo['entries'] }
  /** It was undone already, or too many changes came after it. */
  | { readonly kind: 'gone' }
  /** A part of it was changed again since, which undoing would overwrite. */
  | { readonly kind: 'changed-since' };

/** Undoes the change that an interaction made, in one commit with its audit lines, once. */
export async function undoEdits(
  { guilds, guildId, by }: Editor,
  id: string,
  nowMs: number,
): Promise<Undone> {
  return guilds.decide<Undone>(guildId, (before) => {
    const undo = before.undoable?.find((known) => known.id === id);
    if (undo === undefined) return { result: { kind: 'gone' } };
    const decided = undoChange(before, undo, nowMs);
    if (decided === undefined) return { result: { kind: 'changed-since' } };
    const undoable = before.undoable?.filter((known) => known.id !== id);
    const after = { ...decided, proposals: before.proposals, undoable };
    const turned = undo.entries.map(({ what, from, to }) => ({ what, from: to, to: from }));
    const entries = turned.toReversed();
    return {
      result: { kind: 'undone', entries },
      change: { after, entries: entries.map((entry) => ({ by, ...entry })) },
    };
  });
}
