import { readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { addressBanned } from '../../src/simulators/discord/rest/faults.ts';
import { startTestbed } from '../../src/sandbox/testbed.ts';
import type { Testbed } from '../../src/sandbox/testbed.ts';
import { startProxy } from '../outbound/recording-proxy.ts';
import { runTool } from '../backup/run-tool.ts';
import type { ToolRun } from '../backup/run-tool.ts';

let open: Testbed | undefined;
afterEach(async () => {
  await open?.close();
  open = undefined;
});

async function aTestbed(): Promise<Testbed> {
  open = await startTestbed({ providers: { quick: true, taskMs: 0 } });
  return open;
}

async function doctor(
  { env, folder: cwd }: Testbed,
  changes: Readonly<Record<string, string>> = {},
  ...given: readonly string[]
): Promise<ToolRun> {
  return runTool('doctor', { env: { ...env, ...changes }, cwd }, ...given);
}

/** Lines that begin with this level. */
const linesOf = ({ out }: ToolRun, level: string): string[] =>
  out.split('\n').filter((line) => line.startsWith(level));

/** A testbed whose Discord has names that only the proxy knows. */
async function behindProxy() {
  open = await startTestbed({
    discord: { namedGatewayUrl: 'ws://gateway.test' },
    providers: { quick: true, taskMs: 0 },
  });
  const proxy = await startProxy({ to: open.discord.port });
  const env = { DISCORD_API_URL: 'http://discord.test/api', ALL_PROXY: proxy.url };
  return { proxy, run: async (testbed: Testbed) => doctor(testbed, env), testbed: open };
}

describe('npm run doctor', () => {
  it('finds a new installation without fault and leaves nothing behind', async () => {
    const testbed = await aTestbed();
    const run = await doctor(testbed);
    expect(run.errors).toBe('');
    expect(run.code).toBe(0);
    expect(linesOf(run, 'fault')).toEqual([]);
    expect(linesOf(run, 'warning').join('\n')).toContain('/video');
    expect(readdirSync(testbed.folder)).toEqual([]);
    expect(testbed.providers.acceptedCreates()).toBe(0);
    expect(testbed.discord.requests.every(({ method }) => method === 'GET')).toBe(true);
  });

  it('checks a running bot without disturbing it', async () => {
    const testbed = await aTestbed();
    await testbed.start();
    const { discord, bot } = testbed;
    const run = await doctor(testbed, { DISCORD_GUILD_IDS: '' }, '--channel', discord.channelId);
    expect(run.code).toBe(0);
    expect(run.out).toContain('one runs on this database');
    expect(run.out).toContain('commands: registered globally');
    expect(run.out).toContain(
      `channel ${discord.channelId}: the bot has the permissions it needs there`,
    );
    const handle = await discord
      .member()
      .slash(discord.channelId, 'video', { prompt: 'a', model: 'jimmy/seedance2.0-mini-sp' });
    await handle.waitFor(({ attachments }) => attachments.length > 0);
    expect(bot.lines.filter((line) => line.includes('"level":50'))).toEqual([]);
  });

  it('reports every fault at once, and no secret', async () => {
    const testbed = await aTestbed();
    const { discord, providers } = testbed;
    const run = await doctor(
      testbed,
      { JIMMY_API_KEY: 'sk_refused_by_jimmy', ANYFAST_API_URL: 'http://127.0.0.1:9' },
      '--channel',
      discord.hiddenChannelId ?? '',
    );
    expect(run.code).toBe(1);
    const faults = linesOf(run, 'fault');
    expect(faults).toHaveLength(3);
    expect(faults[0]).toContain('cannot see it');
    expect(faults[1]).toContain('Jimmy AI: refuses the key');
    expect(faults[2]).toContain('AnyFast: does not answer as it should (ECONNREFUSED)');
    for (const secret of [discord.token, 'sk_refused_by_jimmy', providers.anyfast.key]) {
      expect(run.out + run.errors).not.toContain(secret);
    }
  });

  it('exits with 78 and every bad setting, as the bot does', async () => {
    const testbed = await aTestbed();
    const run = await doctor(testbed, { DISCORD_TOKEN: '', POLL_MIN_MS: 'soon' });
    expect(run.code).toBe(78);
    expect(run.errors.split('\n').map((line) => line.split(':')[0])).toEqual([
      'DISCORD_TOKEN',
      'POLL_MIN_MS',
      '',
    ]);
    expect(run.out).toBe('');
  });

  it.each([429, 403] as const)('names a ban by Cloudflare, HTTP %i', async (status) => {
    const testbed = await aTestbed();
    const action = addressBanned({ status, retryAfter: '600' });
    testbed.discord.faults.add({ times: Infinity, action });
    const run = await doctor(testbed);
    expect(run.code).toBe(1);
    expect(linesOf(run, 'fault')).toEqual([
      `fault    Discord: Cloudflare, which protects it, has banned this machine’s IP address (HTTP ${status}) for about 10 more minutes. Wait, and do not restart a bot that runs here: each restart prolongs the ban.`,
    ]);
    expect(testbed.discord.requests).toHaveLength(1);
  });

  describe('with a proxy', () => {
    it('asks Discord and its gateway through it', async () => {
      const { proxy, run, testbed } = await behindProxy();
      const found = await run(testbed);
      expect(linesOf(found, 'fault')).toEqual([]);
      expect(found.out).toContain('token: Discord knows the bot as');
      expect(found.out).toContain('gateway: can be reached');
      expect(new Set(proxy.asked.map(({ to }) => to))).toEqual(
        new Set(['discord.test:80', 'gateway.test:80']),
      );
    });

    it.each([
      ['the gateway alone', 'gateway.test:80', 'gateway'],
      ['all of Discord', undefined, 'Discord'],
    ])('says that it refuses %s', async (_what, to, about) => {
      const { proxy, run, testbed } = await behindProxy();
      proxy.refuse(403, to);
      const found = await run(testbed);
      expect(found.code).toBe(1);
      expect(linesOf(found, 'fault')).toEqual([
        `fault    ${about}: cannot be reached through the proxy (PROXY_HTTP_403). Check HTTPS_PROXY, ALL_PROXY and what that proxy allows, or name the host in NO_PROXY.`,
      ]);
    });
  });

  it('names each questionable setting as the start does', async () => {
    const testbed = await aTestbed();
    await writeFile(join(testbed.folder, '.env'), 'LOG_LEVEL=info\nLOG_LEVEL=warn\n');
    const odd = await doctor(testbed, { INSTANCE: 'an_instance' });
    expect(odd.code).toBe(0);
    const warnings = linesOf(odd, 'warning').join('\n');
    expect(warnings).toContain('INSTANCE: is set, and has no effect without postgres://');
    expect(warnings).toContain('LOG_LEVEL: is set more than once (lines 1, 2 of .env)');
    expect(odd.out).not.toContain('an_instance');
    const wrong = await doctor(testbed, { BUDGET_DAY: '5', BUDGET_DAILY: '5' });
    expect(wrong.code).toBe(78);
    expect(wrong.errors).toMatch(/^BUDGET_DAILY: .+BUDGET_DAY.+\nBUDGET_DAY: .+price list/);
  });

  it.each([[['--channel', 'general']], [['--channel']], [['--fix']], [['now']]])(
    'refuses the arguments %j',
    async (given) => {
      const run = await doctor(await aTestbed(), {}, ...given);
      expect(run.code).toBe(1);
      expect(run.errors).toContain('npm run doctor [-- --channel ID]');
    },
  );
});
