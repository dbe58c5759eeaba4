import { allowedRoutes } from '../../domain/allowed-routes.ts';
import type { Route } from '../../domain/routes/route.ts';
import type { CommandServices } from '../command.ts';

/** The routes that are on and allowed in a server: what members can choose from there. */
export async function routesHere(
  { guildId }: { readonly guildId: string },
  { guilds, routesOn }: Pick<CommandServices, 'guilds' | 'routesOn'>,
): Promise<readonly Route[]> {
  return allowedRoutes(routesOn, await guilds.get(guildId));
}
