import { z } from 'zod';
import type { AddressBan } from '../discord/address-ban.ts';
import type { DiscordAnswer, DiscordReader } from '../discord/reader/discord-reader.ts';
import { applicationSchema } from '../discord/application.ts';
import { invitationOf } from '../discord/invitation.ts';
import { behindProxy } from './behind-proxy.ts';
import { checkEndpoint } from './check-endpoint.ts';
import { fault, ok, warning } from './finding.ts';
import type { Finding } from './finding.ts';
import { doctorTexts } from './texts.ts';
import { MINUTE_MS } from '../domain/time-units.ts';

const { token, discord, clock, servers, guildIds: allGuilds, commands: texts } = doctorTexts;

/**
 * A larger difference makes quota windows and the age of interactions visibly wrong; in
 * milliseconds.
 */
const MAX_CLOCK_DIFFERENCE_MS = 2000;
/** How many servers are listed by name. */
const NAMED_SERVERS = 10;

const userSchema = z.object({ id: z.string(), username: z.string() });
const guildsSchema = z.array(z.object({ id: z.string(), name: z.string() }));
const commandsSchema = z.array(z.object({ name: z.string() }));

export interface DiscordChecks {
  readonly ask: DiscordReader;
  /** Empty means every guild. */
  readonly guildIds: readonly string[];
  /** The setting; `undefined` where interactions arrive over the gateway. */
  readonly publicKey: string | undefined;
  /** Names of the commands that this version registers. */
  readonly commands: readonly string[];
}

/**
 * Checks token, clock, application, servers and commands. Without a valid token it stops after the
 * first.
 */
export async function checkDiscord(
  checks: DiscordChecks,
): Promise<{ readonly findings: readonly Finding[]; readonly botId: string | undefined }> {
  const answer = await checks.ask('/users/@me');
  const user = userSchema.safeParse(bodyOf(answer));
  if (!user.success) return { findings: [tokenFault(answer)], botId: undefined };
  const findings = [
    ok(token.about, token.accepted(user.data.username)),
    checkClock(answer),
    ...(await checkApplication(checks)),
  ];
  return { findings, botId: user.data.id };
}

function bodyOf(answer: DiscordAnswer): unknown {
  return answer.kind === 'answer' && answer.status === 200 ? answer.body : undefined;
}

function tokenFault(answer: DiscordAnswer): Finding {
  if (answer.kind === 'silence') {
    const { reason } = answer;
    return fault(discord.about, behindProxy(reason) ?? discord.silent(reason));
  }
  if (answer.ban !== undefined) {
    return fault(discord.about, discord.banned(answer.ban.status, minutesOf(answer.ban)));
  }
  if (answer.status === 401) return fault(token.about, token.refused);
  return fault(discord.about, discord.unexpected(answer.status));
}

function minutesOf({ waitMs }: AddressBan): number {
  return Math.ceil(waitMs / MINUTE_MS);
}

function checkClock(answer: DiscordAnswer): Finding {
  const aheadMs = answer.kind === 'answer' ? answer.clockAheadMs : 0;
  if (Math.abs(aheadMs) <= MAX_CLOCK_DIFFERENCE_MS) return ok(clock.about, clock.agrees);
  const seconds = (Math.abs(aheadMs) / 1000).toFixed(1);
  return warning(clock.about, clock.differs(seconds, aheadMs > 0));
}

async function checkApplication(checks: DiscordChecks): Promise<Finding[]> {
  const application = applicationSchema.safeParse(bodyOf(await checks.ask('/applications/@me')));
  const guilds = guildsSchema.safeParse(bodyOf(await checks.ask('/users/@me/guilds')));
  if (!application.success || !guilds.success) {
    return [warning(servers.about, servers.notListed)];
  }
  const { id } = application.data;
  return [
    ...checkEndpoint(application.data, checks.publicKey),
    serversFinding(guilds.data, id),
    ...(await checkCommands(checks, id)),
  ];
}

function serversFinding(guilds: z.output<typeof guildsSchema>, applicationId: string): Finding {
  if (guilds.length === 0) {
    return warning(servers.about, servers.none(invitationOf(applicationId)));
  }
  const named = guilds.slice(0, NAMED_SERVERS).map(({ id, name }) => `${name} (${id})`);
  return ok(servers.about, servers.named(named.join(', '), guilds.length - named.length));
}

async function checkCommands(checks: DiscordChecks, applicationId: string): Promise<Finding[]> {
  const { ask, guildIds } = checks;
  const base = `/applications/${applicationId}` as const;
  if (guildIds.length === 0) {
    return [
      warning(allGuilds.about, allGuilds.empty),
      commandsFinding(texts.globally, await ask(`${base}/commands`), checks, applicationId),
    ];
  }
  return Promise.all(
    guildIds.map(async (guildId) => {
      const answer = await ask(`${base}/guilds/${guildId}/commands`);
      return commandsFinding(texts.inServer(guildId), answer, checks, applicationId);
    }),
  );
}

function commandsFinding(
  where: string,
  answer: DiscordAnswer,
  { commands }: DiscordChecks,
  applicationId: string,
): Finding {
  if (answer.kind === 'answer' && (answer.status === 403 || answer.status === 404)) {
    return warning(texts.about, texts.refused(where, invitationOf(applicationId)));
  }
  const listed = commandsSchema.safeParse(bodyOf(answer));
  if (!listed.success) return warning(texts.about, texts.notListed(where));
  const registered = new Set(listed.data.map(({ name }) => name));
  const missing = commands.filter((name) => !registered.has(name));
  if (missing.length === 0) return ok(texts.about, texts.registered(where));
  const names = missing.map((name) => `/${name}`).join(', ');
  return warning(texts.about, texts.missing(names, where));
}
