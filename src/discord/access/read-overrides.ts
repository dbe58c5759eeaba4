import { Routes } from '../discord-js.ts';
import { DirectRefusal } from '../rest/direct-failure.ts';
import type { BotRequest } from './bot-request.ts';
import { overridesListSchema } from './command-overrides.ts';
import type { GuildOverrides } from './command-overrides.ts';

/** Discord answers this where an admin never set anything. */
const UNKNOWN_PERMISSIONS = 10_066;

/** Reads all overrides of a server. Rejects if Discord does not answer with them. */
export async function readOverrides(
  request: BotRequest,
  guildId: string,
  applicationId: string,
): Promise<GuildOverrides> {
  const route = Routes.guildApplicationCommandsPermissions(applicationId, guildId);
  const answer = await request(route, `permissions:${guildId}`).catch(emptyIfUnknown);
  return new Map(overridesListSchema.parse(answer).map(({ id, permissions }) => [id, permissions]));
}

function emptyIfUnknown(cause: unknown): [] {
  const isUnknown =
    cause instanceof DirectRefusal && cause.status === 404 && cause.code === UNKNOWN_PERMISSIONS;
  if (isUnknown) return [];
  throw cause;
}
