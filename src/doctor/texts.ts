import { endpointTexts } from './endpoint-texts.ts';
import { priceTexts } from './price-texts.ts';
import { storeTexts } from './store-texts.ts';

/**
 * Every text of `npm run doctor`, by check. A finding reads `about: text. advice.`; English alone,
 * as it speaks to the operator in a terminal.
 */
export const doctorTexts = {
  usage: 'npm run doctor [-- --channel ID]: checks this installation and changes nothing',
  summary: (faults: number, warnings: number) =>
    `${counted(faults, 'fault')}, ${counted(warnings, 'warning')}`,
  /** Where the system gives no code for a fault. */
  unknownFault: 'unknown fault',
  noConnection: 'no connection',

  node: {
    about: 'Node',
    tooOld: (version: string, oldest: string) => ({
      text: `${version} is too old`,
      advice: `Install ${oldest} or later, preferably the current LTS`,
    }),
  },

  token: {
    about: 'token',
    accepted: (name: string) => `Discord knows the bot as ${name}`,
    refused: {
      text: 'Discord refuses DISCORD_TOKEN',
      advice: 'Make a new one at https://discord.com/developers/applications (Bot, Reset Token)',
    },
  },

  discord: {
    about: 'Discord',
    silent: (reason: string) => ({
      text: `does not answer (${reason})`,
      advice: 'Check the network of this machine, and DISCORD_API_URL if it is set',
    }),
    banned: (status: number, minutes: number) => ({
      text: `Cloudflare, which protects it, has banned this machine’s IP address (HTTP ${status}) for about ${counted(minutes, 'more minute')}`,
      advice: 'Wait, and do not restart a bot that runs here: each restart prolongs the ban',
    }),
    unexpected: (status: number) => ({
      text: `answers HTTP ${status} instead of the bot’s account`,
      advice: 'Check DISCORD_API_URL if it is set; otherwise try again later',
    }),
  },

  gateway: {
    about: 'gateway',
    reached: 'can be reached',
    unreachable: (host: string, code: string) => ({
      text: `cannot be reached (${code})`,
      advice: `Allow this machine to connect to ${host}: the bot receives every command from there`,
    }),
  },

  clock: {
    about: 'clock',
    agrees: 'agrees with Discord',
    differs: (seconds: string, isAhead: boolean) => ({
      text: `at least ${seconds} s ${isAhead ? 'ahead of' : 'behind'} Discord`,
      advice:
        'Synchronize this machine’s clock (NTP): TLS and the log depend on it; the bot itself goes by Discord’s',
    }),
  },

  servers: {
    about: 'servers',
    notListed: { text: 'Discord does not list them now', advice: 'Try again later' },
    none: (invitation: string) => ({
      text: 'the bot is in none',
      advice: `Invite it: ${invitation}`,
    }),
    named: (names: string, more: number) => `${names}${more > 0 ? ` and ${more} more` : ''}`,
  },

  guildIds: {
    about: 'DISCORD_GUILD_IDS',
    empty: {
      text: 'is empty: every server that invites this bot can spend on its provider keys',
      advice: 'List the servers to serve, unless this is intended',
    },
  },

  commands: {
    about: 'commands',
    globally: 'globally',
    inServer: (guildId: string) => `in server ${guildId}`,
    registered: (where: string) => `registered ${where}`,
    refused: (where: string, invitation: string) => ({
      text: `Discord refuses them ${where}`,
      advice: `Check the id, and invite the bot there: ${invitation}`,
    }),
    notListed: (where: string) => ({
      text: `Discord does not list them ${where} now`,
      advice: 'Try again later',
    }),
    missing: (names: string, where: string) => ({
      text: `${names} not registered ${where}`,
      advice: 'Start the bot with these settings: it registers them',
    }),
  },

  endpoint: endpointTexts,

  channel: {
    about: (id: string) => `channel ${id}`,
    inNoServer: {
      text: 'belongs to no server',
      advice: 'Give the id of a channel in a server',
    },
    permissionsUnknown: {
      text: 'the bot can see it, but Discord does not show its permissions there',
      advice: 'Check the roles of the bot in the server settings',
    },
    allowed: 'the bot has the permissions it needs there',
    missing: (names: string) => ({
      text: `the bot lacks ${names}: videos that take longer than 14 minutes may not be delivered`,
      advice: 'Grant this to a role of the bot, in the server or for this channel',
    }),
    hidden: {
      text: 'the bot cannot see it',
      advice: 'Grant View Channel to a role of the bot, or invite the bot to that server',
    },
    absent: {
      text: 'Discord knows no channel with this id',
      advice: 'Copy the id again (right-click the channel in Discord, Copy Channel ID)',
    },
    notShown: { text: 'Discord does not show it now', advice: 'Try again later' },
  },

  proxy: {
    reached: 'the proxy can be reached',
    unreachable: (code: string) => ({
      text: `the proxy cannot be reached (${code})`,
      advice:
        'Check its address, and whether it runs; without it the bot reaches neither Discord nor the providers',
    }),
    refuses: (detail: string) => ({
      text: `cannot be reached through the proxy (${detail})`,
      advice:
        'Check HTTPS_PROXY, ALL_PROXY and what that proxy allows, or name the host in NO_PROXY',
    }),
  },

  provider: {
    accepted: 'answers and accepts the key',
    busy: (detail: string) => ({ text: `is busy (${detail})`, advice: 'Try again later' }),
    madeUp: (addressName: string) => ({
      text: 'reports a task that was never made, so it is not clear whether it accepts the key',
      advice: `Check that ${addressName} is the provider’s own address`,
    }),
    refused: (detail: string, keyName: string) => ({
      text: `refuses the key (${detail})`,
      advice: `Copy ${keyName} again from the provider’s console`,
    }),
    wrongAddress: (detail: string, addressName: string) => ({
      text: `is not at this address: its API does not exist there (${detail})`,
      advice: `Set ${addressName} to the address without any path, or remove it for the default`,
    }),
    otherServer: (detail: string, addressName: string) => ({
      text: `does not answer as this provider does; another server may be at this address (${detail})`,
      advice: `Check ${addressName}, and whether a proxy or a login page answers in its place`,
    }),
    unavailable: (detail: string, addressName: string) => ({
      text: `does not answer as it should (${detail})`,
      advice: `Check the network, and ${addressName} if it is set; otherwise try again later`,
    }),
    addressAbout: (name: string) => `${name} address`,
    redundantPath: (addressName: string, path: string, instead: string) => ({
      text: `${addressName} ends with ${path}, which the bot adds itself`,
      advice: `Set ${addressName} to ${instead}, or remove it for the default`,
    }),
    balanceAbout: (name: string) => `${name} balance`,
    topUp: 'Top up the account',
  },

  list: {
    about: (name: string) => `${name} models`,
    models: (count: number) =>
      count === 1 ? '1 is offered by its list' : `${count} are offered by its list`,
    unreadable: (detail: string) => ({
      text: `its list cannot be read (${detail}): a start goes on with the last one that it kept, or without models`,
      advice: 'Check the network and the address, otherwise try again later',
    }),
    missing: (setting: string, models: string) => ({
      text: `${models}: not in its list`,
      advice: `Correct ${setting}, or leave it out for all models`,
    }),
    noRate: (currency: string) => ({
      text: `the price list has no rate for ${currency}: its prices, and the costs that it reports, are not known`,
      advice: `Add rates.${currency} to the price list`,
    }),
  },

  ...storeTexts,

  folder: {
    noFolder: (path: string) => ({
      text: `${path} is not a folder`,
      advice: 'Use another path, or move that file away',
    }),
    notWritable: (path: string, code: string) => ({
      text: `${path} is not writable (${code})`,
      advice: 'Give the bot’s user write access',
    }),
    writable: (path: string) => `${path} is writable`,
    toCreate: (path: string) => `${path} does not exist yet and can be created`,
  },

  disk: {
    about: 'disk',
    free: (gibibytes: string) => `${gibibytes} GiB free`,
    advice: 'Free some space: a full disk stops new videos',
  },

  key: {
    about: 'key',
    none: (path: string) => `none yet; the first start creates ${path}`,
    whole: (path: string) => `${path} is there; keep a copy of it apart from the backups`,
    unreadable: (path: string, code: string) => ({
      text: `${path} cannot be read (${code})`,
      advice: 'Make it readable for the bot’s user',
    }),
    missing: (path: string) => ({
      text: `${path} is missing although there is a database`,
      advice: 'Restore it: without it the prompts and tokens stored so far cannot be read',
    }),
    damaged: (path: string) => ({
      text: `${path} is not base64 of 32 bytes: the next start renames it and makes a new key`,
      advice: 'Restore it: without it the prompts and tokens stored so far cannot be read',
    }),
    open: (path: string) => ({
      text: `${path} can be read by others`,
      advice: `Run: chmod 600 ${path}`,
    }),
  },

  files: {
    about: 'private files',
    closed: 'can be read only by their owner',
    unchecked: 'are not checked on Windows',
    open: (names: string, paths: string) => ({
      text: `${names} can be read by others`,
      advice: `Run: chmod go= ${paths}`,
    }),
  },

  prices: priceTexts,

  ffmpeg: {
    about: 'ffmpeg',
    runs: (path: string) => `${path} runs`,
    fails: (path: string, why: string) => ({
      text: `${path} does not run (${why}): videos have no Continue button, and clips too large for Discord are not made smaller`,
      advice: 'Install ffmpeg (Debian: apt-get install ffmpeg), or set FFMPEG_PATH to it',
    }),
  },
} as const;

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
