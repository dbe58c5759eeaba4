import { afterEach, describe, expect, it, vi } from 'vitest';
import { startProxy, type RecordingProxy } from '../outbound/recording-proxy.ts';
import { openTestbed } from './bot-testbed.ts';
import type { BotTestbed } from './bot-testbed.ts';
import { callVideo, endedMessage, hasClip } from './video-call.ts';

const GATEWAY = 'gateway.test:80';
const REST = 'discord.test:80';

let testbed: BotTestbed;
afterEach(async () => testbed.close());

/** A testbed whose Discord has names that only the proxy knows. */
async function openBehindProxy(): Promise<RecordingProxy> {
  testbed = await openTestbed({ discord: { namedGatewayUrl: 'ws://gateway.test' } });
  return startProxy({ to: testbed.discord.port });
}

const startBehind = async ({ url }: RecordingProxy) =>
  testbed.start({
    DISCORD_API_URL: 'http://discord.test/api',
    ALL_PROXY: url.replace('//', '//bot:s3cret-of-proxy@'),
  });

/** Whether the message of a new video carries it in the end. */
async function makesVideo(prompt: string): Promise<boolean> {
  return hasClip(await endedMessage(testbed, await callVideo(testbed, prompt)));
}

describe('Discord behind a proxy', () => {
  it('gets commands, answers and videos through it, and again after a lost connection', async () => {
    const proxy = await openBehindProxy();
    await startBehind(proxy);
    expect(await makesVideo('a fox behind a proxy')).toBe(true);
    expect(new Set(proxy.asked.map(({ to }) => to))).toEqual(new Set([REST, GATEWAY]));
    expect(proxy.asked.every(({ authorization }) => authorization !== undefined)).toBe(true);
    expect(proxy.others).toEqual([]);

    const before = proxy.asked.length;
    proxy.cut();
    const since = (): string[] => proxy.asked.slice(before).map(({ to }) => to);
    await vi.waitFor(() => expect(since()).toContain(GATEWAY), { timeout: 15_000 });
    await testbed.discord.gateway.ready();
    expect(await makesVideo('a fox behind it again')).toBe(true);
    expect(new Set(since())).toEqual(new Set([REST, GATEWAY]));
    expect(testbed.bot.lines.join('\n')).not.toContain('s3cret-of-proxy');
  });

  it('is tried until the proxy lets it through, and the log says what is in the way', async () => {
    const proxy = await openBehindProxy();
    proxy.refuse(503);
    const starting = startBehind(proxy);
    await testbed.bot.waitForLine((line) => line.includes('PROXY_HTTP_503'));
    proxy.refuse(undefined);
    await starting;
    expect(await makesVideo('a fox that waited for its proxy')).toBe(true);
  });
});
