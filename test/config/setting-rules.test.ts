import { describe, expect, it } from 'vitest';
import { renderFault } from '../../src/config/config-fault.ts';
import { configOf, faultsOf, MINIMAL, sourcesWith } from './environment.ts';

const WRONG: readonly (readonly [name: string, value: string, wrong: RegExp])[] = [
  ['DISCORD_TOKEN', 'Bot abc', /contains a space/],
  ['DISCORD_TOKEN', "'abc'", /quotation marks/],
  ['DISCORD_TOKEN', 'Your-Bot-Token', /placeholder/],
  ['DISCORD_TOKEN', 'tökén', /cannot be sent/],
  ['DISCORD_API_URL', 'https://discord.com/api/v10/', /version/],
  ['DISCORD_API_URL', 'wss://discord.com', /begin with https/],
  ['DISCORD_GUILD_IDS', '123456789012345678;2', /entry 1\)/],
  ['DISCORD_GUILD_IDS', '123456789012345678,<@1>', /entry 2\)/],
  ['JIMMY_API_KEY', 'sk a', /contains a space/],
  ['ANYFAST_API_KEY', '<key>', /placeholder/],
  ['JIMMY_API_URL', 'www.jimmyai.cn', /no address/],
  ['JIMMY_API_URL', 'https://a@host', /user name/],
  ['ANYFAST_API_URL', 'https://host/?a=1', /query/],
  ['ANYFAST_API_URL', 'https://host/#a', /fragment/],
  ['STORE_URL', 'sqlite://', /a path/],
  ['STORE_URL', 'sqlite:data.sqlite', /a path/],
  ['STORE_URL', 'data/clapper.sqlite', /a path/],
  ['STORE_URL', 'sqlite://data/', /folder/],
  ['STORE_URL', 'sqlite://:memory:', /memory/],
  ['INSTANCE', 'two words', /letters, digits/],
  ['INSTANCE', 'a/b', /letters, digits/],
  ['INSTANCE', '..', /letters, digits/],
  ['INSTANCE', 'x'.repeat(64), /letters, digits/],
  ['BUDGET_DAY', '0.00', /above 0/],
  ['BUDGET_DAY', '1,50', /above 0/],
  ['BUDGET_DAY', '0.1234567', /6 decimals/],
  ['BUDGET_MONTH', '1e3', /above 0/],
  ['BUDGET_MONTH', 'USD 5', /above 0/],
  ['HTTPS_PROXY', 'socks5://127.0.0.1:1080', /SOCKS/],
  ['HTTPS_PROXY', 'socks4://127.0.0.1:1080', /SOCKS/],
  ['HTTPS_PROXY', 'proxy.local:3128', /begins with http/],
  ['HTTPS_PROXY', 'http://', /begins with http/],
  ['HTTPS_PROXY', 'http://proxy.local/proxy.pac', /a path/],
  ['HTTPS_PROXY', 'http://user@proxy.local', /without a password/],
  ['HTTPS_PROXY', 'http://user:50%@proxy.local', /stray %/],
  ['ALL_PROXY', 'socks://127.0.0.1:1080', /SOCKS/],
  ['ALL_PROXY', 'ftp://proxy.local', /begins with http/],
  ['NO_PROXY', 'a.example, https://b.example', /entry 2\)/],
  ['NO_PROXY', '10.0.0.0/8 192.168.*', /entry 2\)/],
  ['NO_PROXY', '10.0.0.0/33', /entry 1\)/],
  ['NO_PROXY', '[::1', /entry 1\)/],
  ['TRUSTED_MEDIA_HOSTS', 'https://host', /entry 1\)/],
  ['TRUSTED_MEDIA_HOSTS', 'host, host/path', /entry 2\)/],
  ['TRUSTED_MEDIA_HOSTS', 'host:0', /entry 1\)/],
  ['TRUSTED_MEDIA_HOSTS', 'host:65536', /entry 1\)/],
  ['TRUSTED_MEDIA_HOSTS', '*', /entry 1\)/],
  ['TRUSTED_MEDIA_HOSTS', '*.local', /entry 1\)/],
  ['TRUSTED_MEDIA_HOSTS', ':8080', /entry 1\)/],
  ['TRUSTED_MEDIA_HOSTS', '[::1', /entry 1\)/],
  ['TRUSTED_MEDIA_HOSTS', '[name]', /entry 1\)/],
  ['TRUSTED_MEDIA_HOSTS', '010.8.8.8', /entry 1\)/],
  ['TRUSTED_MEDIA_HOSTS', '2130706433', /entry 1\)/],
  ['TRUSTED_MEDIA_HOSTS', 'user@host', /entry 1\)/],
  ['POLL_MIN_MS', '1e-400', /above 0/],
  ['POLL_MIN_MS', '0x10', /above 0/],
  ['POLL_MIN_MS', 'Infinity', /above 0/],
  ['POLL_MAX_MS', '2147483648', /at most 2147483647/],
  ['PROGRESS_EDIT_MS', '5 s', /above 0/],
  ['PROGRESS_EDIT_MS', '.', /above 0/],
  ['TASK_TIMEOUT_MINUTES', '0', /above 0/],
  ['TASK_TIMEOUT_MINUTES', '35792', /at most 35791/],
  ['CREATES_AT_ONCE', '0', /from 1 to 1000/],
  ['MAX_ACTIVE_PER_USER', '-1', /whole number/],
  ['MAX_ACTIVE_PER_GUILD', '1e2', /whole number/],
  ['SHUTDOWN_SECONDS', '-0.1', /0 or more/],
  ['SHUTDOWN_SECONDS', '2147484', /at most 2147483/],
  ['SECRET_KEY', Buffer.alloc(31).toString('base64'), /exactly 32 bytes/],
  ['SECRET_KEY', Buffer.alloc(33).toString('base64'), /exactly 32 bytes/],
  ['SECRET_KEY', Buffer.alloc(32).toString('hex'), /exactly 32 bytes/],
  ['SECRET_KEY', `${'A'.repeat(42)}!=`, /exactly 32 bytes/],
  ['RETENTION_DAYS', '36501', /at most 36500/],
  ['SHARD_COUNT', '0', /power of two from 1 to 64/],
  ['SHARD_COUNT', '3', /power of two from 1 to 64/],
  ['SHARD_COUNT', '128', /power of two from 1 to 64/],
  ['SHARD_COUNT', 'auto', /power of two from 1 to 64/],
  ['DISCORD_PUBLIC_KEY', 'ab'.repeat(33), /64 hex digits/],
  ['DISCORD_PUBLIC_KEY', 'xy'.repeat(32), /64 hex digits/],
  ['HTTP_PORT', '-1', /0 to 65535/],
  ['HTTP_PORT', '80a', /0 to 65535/],
  ['HTTP_HOST', 'http://0.0.0.0', /no host/],
  ['LOG_LEVEL', 'verbose', /one of trace, debug/],
  ['LOG_FORMAT', 'text', /one of json, pretty/],
];

describe('a wrong setting', () => {
  it.each(WRONG)('%s=%s is the one fault', (name, value, wrong) => {
    const lines = faultsOf({ ...MINIMAL, [name]: value });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(new RegExp(`^${name}: .*${wrong.source}.*\\. .+\\.$`));
  });

  it('is printed on one line whatever it holds', () => {
    const line = renderFault({
      name: 'A',
      problem: 'is "x\ny\u2028z\u001b[31m"',
      advice: 'Mend it',
    });
    expect(line).toBe('A: is "x y z [31m". Mend it.');
  });
});

describe('TRUSTED_MEDIA_HOSTS', () => {
  it.each([
    ['Media.Local', [{ host: 'media.local' }]],
    ['localhost:80', [{ host: 'localhost', port: 80 }]],
    ['127.0.0.1:9000, 10.0.0.1', [{ host: '127.0.0.1', port: 9000 }, { host: '10.0.0.1' }]],
    ['[::1]:9000', [{ host: '::1', port: 9000 }]],
    ['[fe80::1],::1', [{ host: 'fe80::1' }, { host: '::1' }]],
    ['my_media-1.lan:1,', [{ host: 'my_media-1.lan', port: 1 }]],
    ['bücher.example', [{ host: 'xn--bcher-kva.example' }]],
  ])('reads %s', (text, hosts) => {
    expect(configOf({ TRUSTED_MEDIA_HOSTS: text }).trustedMediaHosts).toEqual(hosts);
  });
});

describe('values at the edge of what is taken', () => {
  it('keeps the smallest interval and the longest a timer can wait', () => {
    const config = configOf({ POLL_MIN_MS: '0.000001', POLL_MAX_MS: '2147483647' });
    expect([config.pollMinMs, config.pollMaxMs]).toEqual([0.000001, 2_147_483_647]);
  });

  it('lets a stop wait for nothing', () => {
    expect(configOf({ SHUTDOWN_SECONDS: '0' }).shutdownMs).toBe(0);
  });

  it('counts a budget exactly to the sixth decimal', () => {
    const sources = sourcesWith({ 'prices.json': '{ "currency": "USD", "prices": {} }' });
    expect(configOf({ BUDGET_DAY: '0.000001' }, sources).budgets).toEqual({ day: 1n });
  });

  it('names each server once', () => {
    expect(configOf({ DISCORD_GUILD_IDS: '42,42, 43' }).discord.guildIds).toEqual(['42', '43']);
  });

  it('takes a key without its padding', () => {
    const text = Buffer.alloc(32, 9).toString('base64').replace('=', '');
    expect(configOf({ SECRET_KEY: text }).secretKey).toEqual(new Uint8Array(32).fill(9));
  });
});
