import { z } from 'zod';
import { Routes } from '../discord-js.ts';
import { snowflakeSchema } from '../../domain/tasks/snowflake.ts';
import type { BotRequest } from './bot-request.ts';

/** The ids of commands by their names. */
export type IdsByName = ReadonlyMap<string, string>;

/** The ids that Discord gave to the bot's commands. */
export interface CommandIds {
  /** Takes the ids from a list of commands; `undefined` for the global ones. */
  record(guildId: string | undefined, listed: unknown): void;
  /** Those that hold in a server; `undefined` before they were recorded or read. */
  known(guildId: string): IdsByName | undefined;
  /** The same, read if they are not known. Rejects if Discord does not answer with them. */
  of(guildId: string, applicationId: string): Promise<IdsByName>;
  /** Reads them although they are known: another process may have registered commands since. Rejects as `of`. */
  readAgain(guildId: string, applicationId: string): Promise<void>;
}

const listSchema = z
  .array(z.object({ id: snowflakeSchema, name: z.string().max(32) }))
  .max(1000)
  .transform((commands) => new Map(commands.map(({ id, name }) => [name, id])));

/** `guildIds`: the servers in which commands are registered; empty if they are global. */
export function createCommandIds(guildIds: ReadonlySet<string>, request: BotRequest): CommandIds {
  /** By server; the global ones without one. */
  const known = new Map<string | undefined, IdsByName>();
  const reading = new Map<string | undefined, Promise<IdsByName>>();

  async function read(guildId: string | undefined, applicationId: string): Promise<IdsByName> {
    const route =
      guildId === undefined
        ? Routes.applicationCommands(applicationId)
        : Routes.applicationGuildCommands(applicationId, guildId);
    const before = known.get(guildId);
    const ids = listSchema.parse(await request(route, `commands:${guildId ?? ''}`));
    const recorded = known.get(guildId);
    // The registration may have recorded newer ones meanwhile.
    return recorded === undefined || recorded === before ? remember(guildId, ids) : recorded;
  }

  /** One request at a time for each scope. */
  async function readOnce(scope: string | undefined, applicationId: string): Promise<IdsByName> {
    const running =
      reading.get(scope) ?? read(scope, applicationId).finally(() => reading.delete(scope));
    reading.set(scope, running);
    return running;
  }

  function remember(guildId: string | undefined, ids: IdsByName): IdsByName {
    known.set(guildId, ids);
    return ids;
  }

  const scopeOf = (guildId: string): string | undefined =>
    guildIds.size === 0 ? undefined : guildId;
  return {
    record(guildId, listed) {
      const ids = listSchema.safeParse(listed);
      const isUsed = guildId === undefined ? guildIds.size === 0 : guildIds.has(guildId);
      if (ids.success && isUsed) remember(guildId, ids.data);
    },
    known: (guildId) => known.get(scopeOf(guildId)),
    async of(guildId, applicationId) {
      const scope = scopeOf(guildId);
      return known.get(scope) ?? readOnce(scope, applicationId);
    },
    async readAgain(guildId, applicationId) {
      await readOnce(scopeOf(guildId), applicationId);
    },
  };
}
