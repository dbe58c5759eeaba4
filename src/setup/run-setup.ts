import type { Finding } from '../doctor/finding.ts';
import { invitationOf } from '../discord/invitation.ts';
import { snowflakeSchema } from '../domain/tasks/snowflake.ts';
import type { TokenCheck } from './check-token.ts';
import { withSettings } from './edit-env.ts';
import { askPrices } from './ask-prices.ts';
import type { PriceQuestion } from './ask-prices.ts';
import type { Terminal } from './terminal.ts';

/** A provider whose key is asked for. */
export interface AskedProvider {
  readonly id: string;
  readonly name: string;
  /** The setting that has its key. */
  readonly keyName: string;
}

/** What setup needs from outside. */
export interface SetupDeps {
  readonly terminal: Terminal;
  readonly providers: readonly AskedProvider[];
  /** What can be priced at these providers. */
  readonly priceable: (providerIds: ReadonlySet<string>) => readonly PriceQuestion[];
  readonly checkToken: (token: string) => Promise<TokenCheck>;
  /** Asks the provider with this key; costs nothing. */
  readonly checkKey: (
    provider: AskedProvider,
    secrets: { readonly token: string; readonly key: string },
  ) => Promise<Finding>;
  /** The text of a file, `undefined` if there is none. */
  readonly read: (path: string) => string | undefined;
  /** Writes a file that only its owner can read. */
  readonly write: (path: string, text: string) => Promise<void>;
}

const ENV = '.env';
const PRICES = 'prices.json';

/** Asks for what a start needs, checks each answer, and writes it. Resolves with whether it did. */
export async function runSetup(deps: SetupDeps): Promise<boolean> {
  const { terminal, read, write } = deps;
  const before = read(ENV);
  if (before !== undefined && !(await agrees(terminal, REPLACE))) {
    terminal.say('Nothing was changed.');
    return false;
  }
  const settings = new Map<string, string>();
  const { token, found } = await askToken(deps);
  settings.set('DISCORD_TOKEN', token);
  terminal.say(`Invite the bot to your server:\n  ${invitationOf(found.applicationId)}`);
  settings.set('DISCORD_GUILD_IDS', (await askGuilds(terminal, found)).join(','));
  const on = await askKeys(deps, settings);
  const prices =
    read(PRICES) === undefined ? await askPrices(terminal, deps.priceable(on)) : undefined;
  if (prices === undefined && read(PRICES) !== undefined) {
    terminal.say(`${PRICES} is there already and stays as it is.`);
  }
  await write(ENV, withSettings(before ?? '', settings));
  if (prices !== undefined) await write(PRICES, prices);
  terminal.say(
    `Written: ${prices === undefined ? ENV : `${ENV} and ${PRICES}`}. Start the bot with "npm start"; "npm run doctor" checks the whole installation.`,
  );
  return true;
}

const REPLACE = `There is a ${ENV} here. Replace the settings asked for below, and keep its other lines?`;

async function agrees(terminal: Terminal, question: string): Promise<boolean> {
  return /^y(?:es)?$/i.test(await terminal.ask(`${question} [y/N]`));
}

type Accepted = Extract<TokenCheck, { kind: 'accepted' }>;

async function askToken({ terminal, checkToken }: SetupDeps) {
  for (;;) {
    const token = await terminal.askSecret(
      'Bot token (https://discord.com/developers/applications, Bot, Reset Token):',
    );
    if (!/^[\w.-]{20,200}$/.test(token)) {
      terminal.say('That is no bot token: it has letters, digits, dots, "-" and "_".');
      continue;
    }
    const found = await checkToken(token);
    if (found.kind === 'accepted') {
      terminal.say(`Discord knows it: ${printable(found.username)}.`);
      return { token, found };
    }
    terminal.say(
      found.kind === 'refused'
        ? 'Discord refuses this token.'
        : `Discord could not check it (${found.why}). Try again.`,
    );
  }
}

async function askGuilds(terminal: Terminal, { guilds }: Accepted): Promise<string[]> {
  const names = guilds.map(({ id, name }) => `  ${id}  ${printable(name)}`);
  terminal.say(
    names.length === 0
      ? 'The bot is in no server yet.'
      : ['The bot is in these servers:', ...names].join('\n'),
  );
  for (;;) {
    const typed = await terminal.ask(
      'Ids of the servers to serve, with commas (Enter: every server that invites the bot, at your cost):',
    );
    const ids = typed.split(/[\s,]+/).filter((id) => id !== '');
    const wrong = ids.filter((id) => !snowflakeSchema.safeParse(id).success);
    if (wrong.length > 0) {
      terminal.say(`No server ids: ${wrong.map(printable).join(', ')}.`);
      continue;
    }
    const absent = ids.filter((id) => !guilds.some((guild) => guild.id === id));
    if (absent.length === 0) return ids;
    terminal.say(`The bot is not in ${absent.join(', ')}: invite it there with the address above.`);
    if (await agrees(terminal, 'Serve them all the same?')) return ids;
  }
}

/** The providers whose keys are set. */
async function askKeys(
  { terminal, providers, checkKey }: SetupDeps,
  settings: Map<string, string>,
): Promise<ReadonlySet<string>> {
  const token = settings.get('DISCORD_TOKEN') ?? '';
  const on = new Set<string>();
  while (on.size === 0) {
    for (const provider of providers) {
      const key = await askKey({ terminal, checkKey }, provider, token);
      if (key === undefined) continue;
      settings.set(provider.keyName, key);
      on.add(provider.id);
    }
    if (on.size === 0) terminal.say('At least one provider is needed.');
  }
  return on;
}

async function askKey(
  { terminal, checkKey }: Pick<SetupDeps, 'terminal' | 'checkKey'>,
  provider: AskedProvider,
  token: string,
): Promise<string | undefined> {
  for (;;) {
    const key = await terminal.askSecret(`API key of ${provider.name} (Enter: none):`);
    if (key === '') return undefined;
    if (!/^[^\s"'`#\\]{1,500}$/.test(key)) {
      terminal.say('That is no key: it is one word without quotation marks.');
      continue;
    }
    const { level, text, advice } = await checkKey(provider, { token, key });
    terminal.say(`${provider.name}: ${text}.${advice === undefined ? '' : ` ${advice}.`}`);
    if (level === 'ok' || (await agrees(terminal, 'Keep this key all the same?'))) return key;
  }
}

/** A name from outside must not control the terminal. */
function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').slice(0, 100);
}
