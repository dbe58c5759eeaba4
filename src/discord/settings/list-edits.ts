import type { GuildSettings } from '../../domain/guild-settings.ts';
import { escapeUserText, shorten } from '../render/escape-user-text.ts';
import type { SettingsWords } from '../messages/settings-en.ts';
import type { ListName } from './groups.ts';
import type { Edit } from '../options/edit.ts';

type NameOf = (id: string) => string;

/** How a list in the settings is stored, shown and audited. */
interface ListInfo {
  readonly field: 'channels' | 'routes' | 'refusedWords' | 'blockedMembers';
  /** For channels: all of them must fit into one denial of at most 2000 characters. */
  readonly max: number;
  /** `nameOf`: the name of a model by its id. */
  readonly show: (item: string, nameOf: NameOf) => string;
  /** For the audit, in English. */
  readonly entry: string;
  readonly entryItem: (item: string) => string;
}

export const LISTS: Readonly<Record<ListName, ListInfo>> = {
  channels: {
    field: 'channels',
    max: 50,
    show: (id) => `<#${id}>`,
    entry: 'allowed channels',
    entryItem: (id) => `channel ${id}`,
  },
  routes: {
    field: 'routes',
    max: 50,
    show: (id, nameOf) => nameOf(id),
    entry: 'allowed models',
    entryItem: (id) => `model ${id}`,
  },
  words: {
    field: 'refusedWords',
    max: 200,
    show: (word) => `“${escapeUserText(word, 100)}”`,
    entry: 'refused words',
    entryItem: (word) => `word "${word}"`,
  },
  blocked: {
    field: 'blockedMembers',
    max: 500,
    show: (id) => `<@${id}>`,
    entry: 'blocked members',
    entryItem: (id) => `member ${id}`,
  },
};

/** How much of a cleared list the audit keeps, in characters. */
const CLEARED_ENTRY_MAX = 500;

export function addEdit(list: ListName, item: string, words: SettingsWords, nameOf: NameOf): Edit {
  const { field, max, show, entry, entryItem } = LISTS[list];
  const name = words.lists[list];
  return (before) => {
    const items = before[field];
    if (items.some((known) => isSame(known, item))) {
      return { kind: 'unchanged', reply: words.addedAlready(name, show(item, nameOf)) };
    }
    if (items.length >= max) return { kind: 'unchanged', reply: words.full(name, max) };
    const reply = words.added(name, show(item, nameOf));
    return {
      kind: 'changed',
      after: { ...before, [field]: [...items, item] },
      entry: { what: entry, from: `without ${entryItem(item)}`, to: `with ${entryItem(item)}` },
      reply: items.length === 0 ? withNote(reply, firstNote(list, words), words) : reply,
    };
  };
}

export function removeEdit(
  list: ListName,
  item: string,
  words: SettingsWords,
  nameOf: NameOf,
): Edit {
  const { field, show, entry, entryItem } = LISTS[list];
  const name = words.lists[list];
  return (before) => {
    const kept = before[field].filter((known) => !isSame(known, item));
    if (kept.length === before[field].length) {
      return { kind: 'unchanged', reply: words.notListed(name, show(item, nameOf)) };
    }
    const reply = words.removed(name, show(item, nameOf));
    return {
      kind: 'changed',
      after: { ...before, [field]: kept },
      entry: { what: entry, from: `with ${entryItem(item)}`, to: `without ${entryItem(item)}` },
      reply: kept.length === 0 ? withNote(reply, emptyNote(list, words), words) : reply,
    };
  };
}

export function clearEdit(list: ListName, words: SettingsWords): Edit {
  const { field, entry, entryItem } = LISTS[list];
  const name = words.lists[list];
  return (before: GuildSettings) => {
    const items = before[field];
    if (items.length === 0) return { kind: 'unchanged', reply: words.emptyAlready(name) };
    return {
      kind: 'changed',
      after: { ...before, [field]: [] },
      entry: {
        what: entry,
        from: shorten(items.map(entryItem).join(', '), CLEARED_ENTRY_MAX),
        to: 'none',
      },
      reply: withNote(words.emptied(name), emptyNote(list, words), words),
    };
  };
}

/** For words, case and width do not matter, as when prompts are searched for them. */
function isSame(a: string, b: string): boolean {
  return a.normalize('NFKC').toLowerCase() === b.normalize('NFKC').toLowerCase();
}

/**
 * An empty list of these allows everything, which an admin who removes the last item may not
 * expect.
 */
function emptyNote(list: ListName, words: SettingsWords): string | undefined {
  if (list === 'channels') return words.allChannels;
  return list === 'routes' ? words.allRoutes : undefined;
}

function firstNote(list: ListName, { listedOnly }: SettingsWords): string | undefined {
  return list === 'channels' || list === 'routes' ? listedOnly[list] : undefined;
}

function withNote(text: string, note: string | undefined, words: SettingsWords): string {
  return note === undefined ? text : words.withNote(text, note);
}
