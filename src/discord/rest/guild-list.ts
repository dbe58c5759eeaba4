import { z } from 'zod';
import { snowflakeSchema } from '../../domain/tasks/snowflake.ts';
import { withCallSignal } from './call-signal.ts';
import { Routes } from '../discord-js.ts';
import type { RestClients } from './rest-clients.ts';
import type { GuildListPort } from '../../app/ports/guild-presence-port.ts';

/** Discord's maximum page size. */
const PAGE = 200;
/** A list with more pages is treated as broken. */
const MAX_PAGES = 1000;

const pageSchema = z.array(z.object({ id: snowflakeSchema }));

/**
 * Lists the bot's guilds from `GET /users/@me/guilds`, page by page in order of id, until a page is
 * empty: a short page may have been cut. A page that does not continue the previous one, or is not
 * a list of guilds, makes the whole list unusable.
 */
export function createGuildList({
  messages: rest,
  botAuthorization,
}: Pick<RestClients, 'messages' | 'botAuthorization'>): GuildListPort {
  async function page(after: string, signal: AbortSignal): Promise<string[]> {
    const query = new URLSearchParams({ limit: String(PAGE), after });
    const headers = { authorization: botAuthorization };
    const answer = await withCallSignal(signal, async (own) =>
      rest.get(Routes.userGuilds(), { auth: false, headers, query, signal: own }),
    );
    const ids = pageSchema.parse(answer).map(({ id }) => id);
    for (const [index, id] of ids.entries()) {
      if (BigInt(id) <= BigInt(ids[index - 1] ?? after)) {
        throw new Error('the list of servers does not continue from its last page');
      }
    }
    return ids;
  }

  return {
    async list(signal) {
      const all = new Set<string>();
      let after = '0';
      for (let pages = 0; pages < MAX_PAGES; pages += 1) {
        const ids = await page(after, signal);
        const last = ids.at(-1);
        if (last === undefined) return all;
        for (const id of ids) all.add(id);
        after = last;
      }
      throw new Error('the list of servers does not end');
    },
  };
}
