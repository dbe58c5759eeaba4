import { z } from 'zod';
import type { AddressBan } from '../discord/address-ban.ts';
import type { DiscordAnswer, DiscordReader } from '../discord/reader/discord-reader.ts';
import { invitationOf } from '../discord/invitation.ts';
import { fault, ok, warning } from './finding.ts';
import type { Finding } from './finding.ts';
import { MINUTE_MS } from '../domain/time-units.ts';

/**
 * A larger difference makes quota windows and the age of interactions visibly wrong; in
 * milliseconds.
 */
const MAX_CLOCK_DIFFERENCE_MS = 2000;
/** How many servers are listed by name. */
const NAMED_SERVERS = 10;

const userSchema = z.object({ id: z.string(), username: z.string() });
const applicationSchema = z.object({
  id: z.string(),
  interactions_endpoint_url: z.string().nullish(),
});
const guildsSchema = z.array(z.object({ id: z.string(), name: z.string() }));
const commandsSchema = z.array(z.object({ name: z.string() }));

export interface DiscordChecks {
  readonly ask: DiscordReader;
  /** Empty means every guild. */
  readonly guildIds: readonly string[];
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
    ok('token', `Discord knows the bot as ${user.data.username}`),
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
    return fault(
      'Discord',
      `does not answer (${answer.reason})`,
      'Check the network of this machine, and DISCORD_API_URL where it is set',
    );
  }
  if (answer.ban !== undefined) {
    return fault(
      'Discord',
      `Cloudflare, which sits in front of it, bans the address of this machine (HTTP ${answer.ban.status}) for about ${minutesOf(answer.ban)} more minutes`,
      'Wait, and do not restart a bot that runs here: restarts make such a ban longer',
    );
  }
  if (answer.status === 401) {
    return fault(
      'token',
      'Discord refuses DISCORD_TOKEN',
      'Copy it again from https://discord.com/developers/applications (Bot, Reset Token)',
    );
  }
  return fault(
    'Discord',
    `answers HTTP ${answer.status} instead of the bot's user`,
    'Check DISCORD_API_URL where it is set, else try again later',
  );
}

function minutesOf({ waitMs }: AddressBan): number {
  return Math.ceil(waitMs / MINUTE_MS);
}

function checkClock(answer: DiscordAnswer): Finding {
  const aheadMs = answer.kind === 'answer' ? answer.clockAheadMs : 0;
  if (Math.abs(aheadMs) <= MAX_CLOCK_DIFFERENCE_MS) return ok('clock', 'agrees with Discord');
  const seconds = (Math.abs(aheadMs) / 1000).toFixed(1);
  return warning(
    'clock',
    `at least ${seconds} s ${aheadMs > 0 ? 'ahead of' : 'behind'} Discord`,
    'Let this machine keep its time (NTP): TLS and the log go by it; the bot itself goes by Discord’s',
  );
}

async function checkApplication(checks: DiscordChecks): Promise<Finding[]> {
  const application = applicationSchema.safeParse(bodyOf(await checks.ask('/applications/@me')));
  const guilds = guildsSchema.safeParse(bodyOf(await checks.ask('/users/@me/guilds')));
  if (!application.success || !guilds.success) {
    return [warning('servers', 'Discord does not list them now', 'Try again later')];
  }
  const { id, interactions_endpoint_url: endpoint } = application.data;
  return [
    ...(typeof endpoint === 'string' && endpoint !== '' ? [endpointFault()] : []),
    serversFinding(guilds.data, id),
    ...(await checkCommands(checks, id)),
  ];
}

function endpointFault(): Finding {
  return fault(
    'commands',
    'Discord sends them to an Interactions Endpoint URL and not to the bot',
    'Empty that field in the developer portal (General Information)',
  );
}

function serversFinding(guilds: z.output<typeof guildsSchema>, applicationId: string): Finding {
  if (guilds.length === 0) {
    return warning('servers', 'the bot is in none', `Invite it: ${invitationOf(applicationId)}`);
  }
  const named = guilds.slice(0, NAMED_SERVERS).map(({ id, name }) => `${name} (${id})`);
  const more = guilds.length - named.length;
  return ok('servers', `${named.join(', ')}${more === 0 ? '' : ` and ${more} more`}`);
}

async function checkCommands(checks: DiscordChecks, applicationId: string): Promise<Finding[]> {
  const { ask, guildIds } = checks;
  const base = `/applications/${applicationId}` as const;
  if (guildIds.length === 0) {
    return [
      warning(
        'DISCORD_GUILD_IDS',
        'is empty: every server that invites this bot can spend on its provider keys',
        'Name the servers to serve, unless that is meant',
      ),
      commandsFinding('globally', await ask(`${base}/commands`), checks, applicationId),
    ];
  }
  return Promise.all(
    guildIds.map(async (guildId) => {
      const answer = await ask(`${base}/guilds/${guildId}/commands`);
      return commandsFinding(`in server ${guildId}`, answer, checks, applicationId);
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
    return warning(
      'commands',
      `Discord refuses them ${where}`,
      `Check the id, and invite the bot there: ${invitationOf(applicationId)}`,
    );
  }
  const listed = commandsSchema.safeParse(bodyOf(answer));
  if (!listed.success) {
    return warning('commands', `Discord does not list them now ${where}`, 'Try again later');
  }
  const registered = new Set(listed.data.map(({ name }) => name));
  const missing = commands.filter((name) => !registered.has(name));
  if (missing.length === 0) return ok('commands', `registered ${where}`);
  const names = missing.map((name) => `/${name}`).join(', ');
  return warning(
    'commands',
    `${names} not registered ${where}`,
    'Start the bot with these settings: it registers them',
  );
}
