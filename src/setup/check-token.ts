import { z } from 'zod';
import type { DiscordReader } from '../discord/reader/discord-reader.ts';
import type { DiscordAnswer } from '../discord/reader/discord-reader.ts';

const userSchema = z.object({ username: z.string() });
const applicationSchema = z.object({ id: z.string().regex(/^\d{15,20}$/) });
const guildsSchema = z.array(z.object({ id: z.string(), name: z.string() })).max(1000);

/** What Discord says about a token. */
export type TokenCheck =
  | {
      readonly kind: 'accepted';
      readonly username: string;
      readonly applicationId: string;
      /** The servers that the bot is in, at most 200. */
      readonly guilds: readonly { readonly id: string; readonly name: string }[];
    }
  | { readonly kind: 'refused' }
  | { readonly kind: 'unclear'; readonly why: string };

/** Asks Discord for the bot, its application and its servers. */
export async function checkToken(ask: DiscordReader): Promise<TokenCheck> {
  const user = await ask('/users/@me');
  if (user.kind === 'answer' && user.status === 401) return { kind: 'refused' };
  const named = userSchema.safeParse(bodyOf(user));
  if (!named.success) return { kind: 'unclear', why: whyOf(user) };
  const [application, guilds] = [await ask('/applications/@me'), await ask('/users/@me/guilds')];
  const known = applicationSchema.safeParse(bodyOf(application));
  if (!known.success) return { kind: 'unclear', why: whyOf(application) };
  return {
    kind: 'accepted',
    username: named.data.username,
    applicationId: known.data.id,
    guilds: guildsSchema.safeParse(bodyOf(guilds)).data ?? [],
  };
}

function bodyOf(answer: DiscordAnswer): unknown {
  return answer.kind === 'answer' && answer.status === 200 ? answer.body : undefined;
}

function whyOf(answer: DiscordAnswer): string {
  return answer.kind === 'silence' ? answer.reason : `HTTP ${answer.status}`;
}
