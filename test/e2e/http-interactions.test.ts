import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { startBotProcess } from '../../src/sandbox/bot-process.ts';
import { buttonOf, madeVideo, privateAnswer } from './forms.ts';
import { openTestbed } from './bot-testbed.ts';
import type { BotTestbed } from './bot-testbed.ts';
import { ANY_MODEL, callVideo, createsOf, endedMessage, hasClip, tasksOf } from './video-call.ts';

let testbed: BotTestbed;
beforeAll(async () => {
  testbed = await openTestbed();
  await startByHttp();
});
afterAll(async () => testbed.close());

const byHttp = () => ({ DISCORD_PUBLIC_KEY: testbed.discord.publicKey, HTTP_PORT: '0' });
const portSchema = z.object({ port: z.number() });

/** Starts the bot with its door open; resolves with its address once Discord sends to it. */
async function startByHttp(): Promise<string> {
  const bot = await testbed.start(byHttp());
  const line = await bot.waitForLine((text) => text.includes('"health server listening"'));
  const { port } = portSchema.parse(JSON.parse(line));
  await testbed.discord.endpoint.set(`http://127.0.0.1:${port}/interactions`);
  return `http://127.0.0.1:${port}`;
}

describe('a bot that receives interactions by HTTP', () => {
  it('makes a video from a command, which is taken with 202, and opens no gateway', async () => {
    const prompt = 'A letter that comes through the door';
    const taken = testbed.discord.next('interaction-posted');
    const call = await callVideo(testbed, prompt);
    expect(await taken).toEqual({ interactionId: call.id, status: 202, problem: undefined });
    expect(await call.acknowledged).toMatchObject({ kind: 'deferred-message', ephemeral: false });
    expect(await endedMessage(testbed, call)).toSatisfy(hasClip);
    expect(tasksOf(testbed, prompt)).toHaveLength(1);
    expect(testbed.discord.gateway.sessions()).toEqual([]);
    expect(testbed.discord.requests.filter(({ path }) => path.startsWith('/gateway'))).toEqual([]);
  });

  it('suggests, and answers a command to its caller alone', async () => {
    const { discord } = testbed;
    const ada = discord.member();
    const typing = { prompt: 'a door', model: 'mini' };
    const typed = await ada.autocomplete(discord.channelId, 'video', typing, 'model');
    expect(JSON.stringify((await typed.acknowledged).data)).toContain(ANY_MODEL);
    const shown = await ada.slash(discord.channelId, 'preferences show', {});
    await privateAnswer(shown);
  });

  it('answers a button and the form that it opens', async () => {
    const prompt = 'A door with a handle';
    const call = await callVideo(testbed, prompt);
    const message = await endedMessage(testbed, call);
    const bob = testbed.discord.member();
    const again = await bob.click(message, buttonOf(message, 'again'));
    await madeVideo(testbed, again);
    const opened = await bob.click(message, buttonOf(message, 'edit'));
    expect(await opened.acknowledged).toMatchObject({ kind: 'modal' });
    await madeVideo(testbed, await bob.modalSubmit(opened, {}));
    expect(createsOf(testbed, prompt)).toHaveLength(3);
  });

  it('takes what is delivered several times once', async () => {
    const prompt = 'A knock, and its echo';
    const call = await callVideo(testbed, prompt);
    for (let times = 0; times < 5; times += 1) call.deliverAgain();
    expect(await endedMessage(testbed, call)).toSatisfy(hasClip);
    call.deliverAgain();
    await endedMessage(testbed, await callVideo(testbed, 'A knock after the echo'));
    expect(createsOf(testbed, prompt)).toHaveLength(1);
    expect(call.versions().filter(({ loading }) => loading)).toHaveLength(1);
  });

  it('passes Discord’s checks with wrong signatures', async () => {
    expect(await testbed.discord.endpoint.check()).toBe(true);
    expect(testbed.discord.endpoint.url()).toBeDefined();
  });

  it('asks what admins withhold, which nothing reports to it', async () => {
    const call = await callVideo(testbed, 'A door that will be locked');
    const message = await endedMessage(testbed, call);
    testbed.discord.setCommandPermissions('video', [
      { id: testbed.discord.guildId, type: 1, permission: false },
    ]);
    onTestFinished(() => testbed.discord.setCommandPermissions('video', undefined));
    await testbed.kill();
    await startByHttp();
    const locked = await testbed.discord.member().click(message, buttonOf(message, 'again'));
    expect((await privateAnswer(locked)).text).toContain('admin');
  });

  it('delivers after kill -9 what was under way, and takes new commands', async () => {
    const prompt = 'A parcel that was left at the door';
    testbed.providers.knobs.jimmy.taskMs = Infinity;
    const call = await callVideo(testbed, prompt);
    await call.waitFor(({ text }) => text.includes('Generating'));
    await testbed.kill();
    const unheard = testbed.discord.next('interaction-posted');
    const lost = await callVideo(testbed, 'A knock that nobody hears');
    expect(await unheard).toMatchObject({ interactionId: lost.id, status: 0 });
    testbed.providers.knobs.jimmy.taskMs = 0;
    const address = await startByHttp();
    expect(await call.waitFor(hasClip)).toBeDefined();
    expect(createsOf(testbed, prompt)).toHaveLength(1);
    await endedMessage(testbed, await callVideo(testbed, 'A knock that is heard'));
    const ready = await fetch(`${address}/readyz`);
    expect(await ready.json()).toMatchObject({ gateway: true });
  });
});

/** Runs a start to its end; the lines on standard error. */
async function failedStart(env: Readonly<Record<string, string>>, code: number): Promise<string> {
  const bot = startBotProcess({ env: { ...testbed.env, ...env }, cwd: testbed.folder });
  onTestFinished(() => bot.kill('SIGKILL'));
  expect(await bot.exited).toBe(code);
  return bot.errors.join('\n');
}

describe('a start of such a bot', () => {
  it('with the key of another application exits with 1 and says so', async () => {
    await testbed.kill();
    const wrong = { ...byHttp(), DISCORD_PUBLIC_KEY: 'ab'.repeat(32) };
    expect(await failedStart(wrong, 1)).toContain(
      'Clapper could not start: DISCORD_PUBLIC_KEY is not the key of the application',
    );
  });

  it.each([
    ['a key that is none', { DISCORD_PUBLIC_KEY: 'ab12', HTTP_PORT: '0' }, 'must be 64 hex digits'],
    ['no port', { DISCORD_PUBLIC_KEY: 'ab'.repeat(32) }, 'is set without HTTP_PORT'],
  ])('with %s exits with 78', async (_what, env, problem) => {
    expect(await failedStart(env, 78)).toContain(`DISCORD_PUBLIC_KEY: ${problem}`);
  });

  it('without an address in the portal goes on and warns', async () => {
    await testbed.discord.endpoint.set(undefined);
    const bot = await testbed.start(byHttp());
    const warned = bot.waitForLine((line) => line.includes('no Interactions Endpoint URL is set'));
    expect(await warned).toContain('"level":40');
    await testbed.kill();
  });
});

/** An endpoint of another program. */
async function otherEndpoint(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return `http://127.0.0.1:${port}/`;
}

it('a bot of the gateway warns that Discord sends to an address of the portal', async () => {
  const forged = new Set<string>();
  const url = await otherEndpoint((request, response) => {
    // Discord sends each PING once: the second is the one with a wrong signature.
    const isForged = forged.has('ping');
    forged.add('ping');
    request.resume();
    response.writeHead(isForged ? 401 : 200, { 'content-type': 'application/json' });
    response.end('{"type":1}');
  });
  await testbed.discord.endpoint.set(url);
  const bot = await testbed.start();
  const warned = bot.waitForLine((line) =>
    line.includes('no commands and clicks over the gateway'),
  );
  expect(await warned).toContain('"level":40');
  await testbed.discord.endpoint.set(undefined);
});
