import { isDeepStrictEqual } from 'node:util';
import type { CommandDefinition } from './command.ts';

/** A command as Discord lists it. */
export type ListedCommand = Readonly<Record<string, unknown>>;

/**
 * What a definition can set on a command, an option or a choice. Discord adds other fields to its
 * list, also new ones without notice, and none of them is a difference.
 */
const DEFINABLE: ReadonlySet<string> = new Set([
  'name',
  'name_localizations',
  'description',
  'description_localizations',
  'default_member_permissions',
  'contexts',
  'integration_types',
  'nsfw',
  'options',
  'type',
  'required',
  'choices',
  'value',
  'channel_types',
  'file_types',
  'min_value',
  'max_value',
  'min_length',
  'max_length',
  'autocomplete',
]);

/** Texts by language: every key counts. */
const LOCALIZATIONS: ReadonlySet<string> = new Set([
  'name_localizations',
  'description_localizations',
]);

/** Fields that Discord omits for commands of a single server, where they have no meaning. */
const GLOBAL_ONLY: ReadonlySet<string> = new Set(['contexts', 'integration_types']);

const CHAT_INPUT = 1;

/** Whether the listed commands are the wanted ones, by the fields that a definition can set. */
export function areSameCommands(
  wanted: readonly CommandDefinition[],
  listed: readonly ListedCommand[],
): boolean {
  if (wanted.length !== listed.length) return false;
  const byKey = new Map(listed.map((command) => [keyOf(command), command]));
  return wanted.every((command) => {
    const found = byKey.get(keyOf({ ...command }));
    if (found === undefined) return false;
    const isOfGuild = typeof found['guild_id'] === 'string';
    return isDeepStrictEqual(
      comparable({ ...command }, isOfGuild),
      comparable({ ...found }, isOfGuild),
    );
  });
}

/** Commands of different types may have the same name. */
function keyOf({ type, name }: ListedCommand): string {
  return JSON.stringify([type ?? CHAT_INPUT, name]);
}

function comparable(command: ListedCommand, isOfGuild: boolean): unknown {
  const fields = Object.entries({ ...command, type: command['type'] ?? CHAT_INPUT });
  const kept = fields.filter(([key]) => !(isOfGuild && GLOBAL_ONLY.has(key)));
  return definedParts(Object.fromEntries(kept));
}

function definedParts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(definedParts);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, field]) => DEFINABLE.has(key) && !isDefault(field))
      .map(([key, field]) => [key, LOCALIZATIONS.has(key) ? field : definedParts(field)]),
  );
}

/** Discord omits fields that were never set, or sends them as null, false or empty. */
function isDefault(field: unknown): boolean {
  if (field === null || field === undefined || field === false || field === '') return true;
  return typeof field === 'object' && Object.keys(field).length === 0;
}
