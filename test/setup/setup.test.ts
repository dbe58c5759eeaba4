import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync, writeFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { PROVIDERS } from '../../src/providers/registry.ts';
import { readEnvText } from '../../src/config/env-text.ts';
import { projectRoot } from '../../src/sandbox/project-root.ts';
import { startTestbed } from '../../src/sandbox/testbed.ts';
import type { Testbed } from '../../src/sandbox/testbed.ts';
import { startProxy } from '../outbound/recording-proxy.ts';

let open: Testbed | undefined;
afterEach(async () => {
  await open?.close();
  open = undefined;
});

async function aTestbed(): Promise<Testbed> {
  open = await startTestbed({ providers: { quick: true, taskMs: 0 } });
  return open;
}

/** Runs the built tool against the simulated services, with these lines typed. */
async function setup(
  { env, folder }: Testbed,
  lines: readonly string[],
  changes: Readonly<Record<string, string>> = {},
) {
  const main = join(projectRoot(), 'dist', 'src', 'setup', 'main.js');
  const secret = ['DISCORD_TOKEN', 'DISCORD_GUILD_IDS', 'JIMMY_API_KEY', 'ANYFAST_API_KEY'];
  const kept = Object.entries(env).filter(([name]) => !secret.includes(name));
  const child = spawn(process.execPath, [main], {
    cwd: folder,
    env: { ...Object.fromEntries(kept), ...changes },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const closed = once(child, 'close');
  child.stdin.end(`${lines.join('\n')}\n`);
  const [out, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  await closed;
  return { code: child.exitCode, out, errors };
}

/** The providers after Jimmy AI are skipped. */
const NO_OTHER_KEYS = PROVIDERS.slice(1).map(() => '');

const entriesOf = (folder: string) =>
  Object.fromEntries(
    readEnvText(readFileSync(join(folder, '.env'), 'utf8')).entries.map(({ name, value }) => [
      name,
      value,
    ]),
  );

describe('npm run setup', () => {
  it('asks again for what the real service refuses, and writes what a start needs', async () => {
    const testbed = await aTestbed();
    const { discord, providers, folder } = testbed;
    const { code, out, errors } = await setup(testbed, [
      'nonsense',
      'x'.repeat(60),
      discord.token,
      'here',
      `${discord.guildId}, 129999999999999999`,
      'n',
      discord.guildId,
      'wrong-key',
      'n',
      providers.jimmy.key,
      ...NO_OTHER_KEYS,
      'usd',
      '0.35',
      'cheap',
      '.',
    ]);
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    for (const said of [
      'That is no bot token',
      'Discord refuses this token',
      'No server ids: here',
      'The bot is not in 129999999999999999',
      'permissions=274878024704',
      'answers and accepts the key',
      'Write an amount such as',
    ]) {
      expect(out).toContain(said);
    }
    expect(out).not.toContain(discord.token);
    expect(out).not.toContain(providers.jimmy.key);
    expect(entriesOf(folder)).toEqual({
      DISCORD_TOKEN: discord.token,
      DISCORD_GUILD_IDS: discord.guildId,
      JIMMY_API_KEY: providers.jimmy.key,
    });
    expect(statSync(join(folder, '.env')).mode & 0o777).toBe(0o600);
    const prices: unknown = JSON.parse(readFileSync(join(folder, 'prices.json'), 'utf8'));
    expect(prices).toMatchObject({ currency: 'USD' });
    expect(providers.acceptedCreates()).toBe(0);
    expect(discord.requests.every(({ method }) => method === 'GET')).toBe(true);
  });

  it('asks Discord through the proxy that is set', async () => {
    const testbed = await aTestbed();
    const { discord } = testbed;
    const proxy = await startProxy({ to: discord.port });
    const env = { DISCORD_API_URL: 'http://discord.test/api', ALL_PROXY: proxy.url };
    const { out } = await setup(testbed, [discord.token], env);
    expect(out).toContain('Discord accepts it');
    expect(new Set(proxy.asked.map(({ to }) => to))).toEqual(new Set(['discord.test:80']));
  });

  it('reads the address of Discord as the bot does', async () => {
    const testbed = await aTestbed();
    const { discord } = testbed;
    const env = { DISCORD_API_URL: ` ${discord.apiUrl}/ ` };
    const { out } = await setup(testbed, [discord.token], env);
    expect(out).toContain('Discord accepts it');
    const bad = await setup(testbed, [], { DISCORD_API_URL: 'discord.com' });
    expect(bad).toMatchObject({ code: 78, out: '' });
    expect(bad.errors).toContain('DISCORD_API_URL');
  });

  it('asks nothing while the proxy is a bad setting', async () => {
    const { code, out, errors } = await setup(await aTestbed(), [], { ALL_PROXY: 'socks5://p' });
    expect({ code, out }).toEqual({ code: 78, out: '' });
    expect(errors).toContain('ALL_PROXY: is a SOCKS proxy');
  });

  it('never overwrites without asking', async () => {
    const testbed = await aTestbed();
    const { discord, providers, folder } = testbed;
    const before = '# mine\nDISCORD_TOKEN=old\nLOG_LEVEL=debug\n';
    writeFileSync(join(folder, '.env'), before, { mode: 0o644 });
    for (const lines of [['n'], [''], [], ['y', discord.token]]) {
      const { code, out } = await setup(testbed, lines);
      expect(code).toBe(1);
      expect(out).toContain('Nothing was changed');
      expect(readFileSync(join(folder, '.env'), 'utf8')).toBe(before);
    }
    const prices = '{"currency":"USD","prices":{}}';
    writeFileSync(join(folder, 'prices.json'), prices);
    const answers = ['y', discord.token, '', providers.jimmy.key, ...NO_OTHER_KEYS];
    const { code, out } = await setup(testbed, answers);
    expect(code).toBe(0);
    expect(out).toContain('prices.json is there already');
    expect(readFileSync(join(folder, 'prices.json'), 'utf8')).toBe(prices);
    expect(entriesOf(folder)).toMatchObject({ DISCORD_TOKEN: discord.token, LOG_LEVEL: 'debug' });
    expect(statSync(join(folder, '.env')).mode & 0o777).toBe(0o600);
    expect(existsSync(join(folder, '.env.part'))).toBe(false);
  });
});
