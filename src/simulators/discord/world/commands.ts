import { isDeepStrictEqual } from 'node:util';
import { field } from '../values.ts';

export type CommandDefinition = Readonly<Record<string, unknown>>;

export interface CommandStore {
  /** Returns a guild's commands, or without an id the global ones. */
  readonly list: (guildId?: string) => readonly CommandDefinition[];
  /**
   * Replaces all commands; ids are kept by type and name, versions while nothing changes. Returns
   * the ids of the commands that are gone.
   */
  replace(guildId: string | undefined, definitions: readonly CommandDefinition[]): string[];
}

const GLOBAL = 'global';
const ASSIGNED_FIELDS = new Set(['id', 'version', 'application_id', 'guild_id']);

function kindOf(definition: CommandDefinition): unknown {
  return definition['type'] ?? 1;
}

function isSame(one: CommandDefinition, other: CommandDefinition): boolean {
  const entries = (definition: CommandDefinition) =>
    Object.fromEntries(Object.entries(definition).filter(([key]) => !ASSIGNED_FIELDS.has(key)));
  return isDeepStrictEqual(entries(one), entries(other));
}

function permissionsText(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

/** Adds the defaults that Discord fills in. */
function withDefaults(
  definition: CommandDefinition,
  guildId: string | undefined,
): CommandDefinition {
  const options = definition['options'];
  return {
    ...definition,
    type: kindOf(definition),
    description: definition['description'] ?? '',
    name_localizations: definition['name_localizations'] ?? null,
    description_localizations: definition['description_localizations'] ?? null,
    default_member_permissions: permissionsText(definition['default_member_permissions']),
    nsfw: definition['nsfw'] ?? false,
    ...(Array.isArray(options) ? { options } : {}),
    ...(guildId === undefined
      ? {
          dm_permission: definition['dm_permission'] ?? true,
          contexts: definition['contexts'] ?? null,
          integration_types: definition['integration_types'] ?? [0],
        }
      : { contexts: null, integration_types: [0], guild_id: guildId }),
  };
}

export function createCommandStore(options: {
  readonly applicationId: string;
  readonly newId: () => string;
}): CommandStore {
  const scopes = new Map<string, readonly CommandDefinition[]>();
  return {
    list: (guildId) => scopes.get(guildId ?? GLOBAL) ?? [],
    replace(guildId, definitions) {
      const before = scopes.get(guildId ?? GLOBAL) ?? [];
      const after = definitions.map((given) => {
        const definition = withDefaults(given, guildId);
        const old = before.find(
          (candidate) =>
            candidate['name'] === definition['name'] && candidate['type'] === definition['type'],
        );
        const unchanged = old !== undefined && isSame(old, definition);
        return {
          ...definition,
          id: field(old, 'id') ?? options.newId(),
          application_id: options.applicationId,
          version: unchanged ? old['version'] : options.newId(),
        };
      });
      scopes.set(guildId ?? GLOBAL, after);
      const kept = new Set(after.map(({ id }) => id));
      return before.map(({ id }) => String(id)).filter((id) => !kept.has(id));
    },
  };
}
