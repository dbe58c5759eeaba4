import { slotOf } from '../../domain/slots.ts';

/** What is in memory of guilds, by their ids. */
export interface GuildCache<T> {
  get(guildId: string): T | undefined;
  set(guildId: string, value: T): T;
  delete(guildId: string): void;
  /** Forgets the guilds of these slots. */
  letGo(slots: ReadonlySet<number>): void;
  /** How often guilds were let go: what was read before that may be outdated. */
  timesLetGo(): number;
}

/** Creates an empty cache. */
export function createGuildCache<T>(): GuildCache<T> {
  const values = new Map<string, T>();
  let times = 0;
  return {
    get: (guildId) => values.get(guildId),
    set(guildId, value) {
      values.set(guildId, value);
      return value;
    },
    delete(guildId) {
      values.delete(guildId);
    },
    letGo(slots) {
      times += 1;
      for (const guildId of values.keys()) if (slots.has(slotOf(guildId))) values.delete(guildId);
    },
    timesLetGo: () => times,
  };
}
