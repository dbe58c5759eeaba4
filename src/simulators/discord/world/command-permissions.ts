/** Whom an override of a command names: 1 a role, 2 a user, 3 a channel. */
export type OverrideType = 1 | 2 | 3;

/** One line of Server Settings → Integrations: allows or denies a command to a user, a role or a channel. */
export interface CommandPermission {
  /** The guild's id with type 1 means everyone; the guild's id minus 1 with type 3, all channels. */
  readonly id: string;
  readonly type: OverrideType;
  readonly permission: boolean;
}

/** The overrides of a guild's commands, by the id of a command or of the application. */
export interface CommandPermissionStore {
  entries(guildId: string): readonly (readonly [string, readonly CommandPermission[]])[];
  get(guildId: string, id: string): readonly CommandPermission[] | undefined;
  /** Replaces an entry; `undefined` removes it. */
  set(guildId: string, id: string, permissions: readonly CommandPermission[] | undefined): void;
  /** Removes the entries of a command in every guild, as Discord does when it is deleted. */
  forget(id: string): void;
}

export function createCommandPermissionStore(): CommandPermissionStore {
  const guilds = new Map<string, Map<string, readonly CommandPermission[]>>();
  return {
    entries: (guildId) => [...(guilds.get(guildId) ?? [])],
    get: (guildId, id) => guilds.get(guildId)?.get(id),
    set(guildId, id, permissions) {
      const entries = guilds.get(guildId) ?? new Map<string, readonly CommandPermission[]>();
      guilds.set(guildId, entries);
      if (permissions === undefined) {
        entries.delete(id);
      } else {
        entries.set(id, permissions);
      }
    },
    forget(id) {
      for (const entries of guilds.values()) {
        entries.delete(id);
      }
    },
  };
}

/** Returns the id by which overrides name all channels of a guild. */
export function allChannels(guildId: string): string {
  return String(BigInt(guildId) - 1n);
}
