import type { Finding } from '../doctor/finding.ts';
import { invitationOf } from '../discord/invitation.ts';
import { snowflakeSchema } from '../domain/tasks/snowflake.ts';
import type { TokenCheck } from './check-token.ts';
import { withSettings } from './edit-env.ts';
import { askPrices } from './ask-prices.ts';
import type { PriceQuestion } from './ask-prices.ts';
import type { Terminal } from './terminal.ts';
import { setupTexts as texts } from './texts.ts';

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
  /** The providers that a file declares, which need no key here. */
  readonly declared: readonly { readonly id: string; readonly name: string }[];
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
  if (before !== undefined && !(await agrees(terminal, texts.replace(ENV)))) {
    terminal.say(texts.unchanged);
    return false;
  }
  const settings = new Map<string, string>();
  const { token, found } = await askToken(deps);
  settings.set('DISCORD_TOKEN', token);
  terminal.say(texts.guilds.invite(invitationOf(found.applicationId)));
  settings.set('DISCORD_GUILD_IDS', (await askGuilds(terminal, found)).join(','));
  const on = await askKeys(deps, settings);
  const prices =
    read(PRICES) === undefined ? await askPrices(terminal, deps.priceable(on)) : undefined;
  if (prices === undefined && read(PRICES) !== undefined) {
    terminal.say(texts.prices.keep(PRICES));
  }
  await write(ENV, withSettings(before ?? '', settings));
  if (prices !== undefined) await write(PRICES, prices);
  terminal.say(texts.written(prices === undefined ? ENV : texts.both(ENV, PRICES)));
  return true;
}

async function agrees(terminal: Terminal, question: string): Promise<boolean> {
  return /^y(?:es)?$/i.test(await terminal.ask(texts.yesNo(question)));
}

type Accepted = Extract<TokenCheck, { kind: 'accepted' }>;

async function askToken({ terminal, checkToken }: SetupDeps) {
  for (;;) {
    const token = await terminal.askSecret(texts.token.ask);
    if (!/^[\w.-]{20,200}$/.test(token)) {
      terminal.say(texts.token.malformed);
      continue;
    }
    const found = await checkToken(token);
    if (found.kind === 'accepted') {
      terminal.say(texts.token.accepted(printable(found.username)));
      return { token, found };
    }
    terminal.say(found.kind === 'refused' ? texts.token.refused : texts.token.unclear(found.why));
  }
}

async function askGuilds(terminal: Terminal, { guilds }: Accepted): Promise<string[]> {
  const names = guilds.map(({ id, name }) => `  ${id}  ${printable(name)}`);
  terminal.say(names.length === 0 ? texts.guilds.none : [texts.guilds.some, ...names].join('\n'));
  for (;;) {
    const typed = await terminal.ask(texts.guilds.ask);
    const ids = typed.split(/[\s,]+/).filter((id) => id !== '');
    const wrong = ids.filter((id) => !snowflakeSchema.safeParse(id).success);
    if (wrong.length > 0) {
      terminal.say(texts.guilds.malformed(wrong.map(printable).join(', ')));
      continue;
    }
    const absent = ids.filter((id) => !guilds.some((guild) => guild.id === id));
    if (absent.length === 0) return ids;
    terminal.say(texts.guilds.absent(absent.join(', ')));
    if (await agrees(terminal, texts.guilds.anyway)) return ids;
  }
}

/** The providers whose keys are set. */
async function askKeys(
  { terminal, providers, declared, checkKey }: SetupDeps,
  settings: Map<string, string>,
): Promise<ReadonlySet<string>> {
  const token = settings.get('DISCORD_TOKEN') ?? '';
  const on = new Set(declared.map(({ id }) => id));
  if (on.size > 0) terminal.say(texts.keys.declared(declared.map(({ name }) => name).join(', ')));
  for (;;) {
    for (const provider of providers) {
      const key = await askKey({ terminal, checkKey }, provider, token);
      if (key === undefined) continue;
      settings.set(provider.keyName, key);
      on.add(provider.id);
    }
    if (on.size > 0) return on;
    terminal.say(texts.keys.none);
  }
}

async function askKey(
  { terminal, checkKey }: Pick<SetupDeps, 'terminal' | 'checkKey'>,
  provider: AskedProvider,
  token: string,
): Promise<string | undefined> {
  for (;;) {
    const key = await terminal.askSecret(texts.keys.ask(provider.name));
    if (key === '') return undefined;
    if (!/^[^\s"'`#\\]{1,500}$/.test(key)) {
      terminal.say(texts.keys.malformed);
      continue;
    }
    const { level, text, advice } = await checkKey(provider, { token, key });
    terminal.say(texts.keys.checked(provider.name, text, advice));
    if (level === 'ok' || (await agrees(terminal, texts.keys.anyway))) return key;
  }
}

/** A name from outside must not control the terminal. */
function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').slice(0, 100);
}
