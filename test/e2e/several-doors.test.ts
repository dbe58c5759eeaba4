import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import type { BotProcess } from '../../src/sandbox/bot-process.ts';
import type { InteractionHandle } from '../../src/simulators/discord/actors/api.ts';
import { describeOnPostgres } from '../fakes/on-postgres.ts';
import type { BotTestbed } from './bot-testbed.ts';
import { untilLookedAt } from './provider-watch.ts';
import { SERVERS, allDelivered, callIn, openSeveral, untilShared } from './several-bots.ts';
import { tasksOf } from './video-call.ts';

const portSchema = z.object({ port: z.number() });

/** What stands before the doors of several processes, and passes each request on to the next of them. */
interface Balancer {
  readonly url: string;
  /** The doors that get requests. */
  readonly doors: Set<string>;
  /** To which door each request went. */
  readonly passed: readonly string[];
}

async function passOn(door: string, request: IncomingMessage, response: ServerResponse) {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(z.instanceof(Uint8Array).parse(chunk));
  const { 'content-type': type, ...signed } = request.headers;
  const answer = await fetch(door, {
    method: 'POST',
    headers: {
      'content-type': type ?? '',
      'x-signature-ed25519': String(signed['x-signature-ed25519']),
      'x-signature-timestamp': String(signed['x-signature-timestamp']),
    },
    body: Buffer.concat(chunks),
  });
  response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' });
  response.end(Buffer.from(await answer.arrayBuffer()));
}

/** Balances between these doors, in turn; a test's end closes it. */
async function balance(...given: readonly string[]): Promise<Balancer> {
  const doors = new Set(given);
  const passed: string[] = [];
  const server = createServer((request, response) => {
    const door = [...doors][passed.length % doors.size] ?? '';
    passed.push(door);
    passOn(door, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = portSchema.parse(server.address());
  return { url: `http://127.0.0.1:${port}/interactions`, doors, passed };
}

async function doorOf(bot: BotProcess): Promise<string> {
  const line = await bot.waitForLine((text) => text.includes('"health server listening"'));
  return `http://127.0.0.1:${portSchema.parse(JSON.parse(line)).port}/interactions`;
}

/** Calls once in each server, one after the other, so that the doors take turns. */
async function callEverywhere(testbed: BotTestbed, prompt: string): Promise<InteractionHandle[]> {
  const calls: InteractionHandle[] = [];
  for (const one of SERVERS) {
    const taken = testbed.discord.next('interaction-posted');
    const call = await callIn(testbed, one, prompt);
    expect(await taken).toEqual({ interactionId: call.id, status: 202, problem: undefined });
    expect(await call.acknowledged).toMatchObject({ kind: 'deferred-message', ephemeral: false });
    calls.push(call);
  }
  return calls;
}

describeOnPostgres('several processes that get interactions by HTTP in turn', (server) => {
  it('make every video once, and go on with those of one that was killed', async () => {
    const sharing = await openSeveral(server, [], { env: { HTTP_PORT: '0' } });
    const { testbed, bots, url } = sharing;
    const { discord, providers } = testbed;
    const byHttp = { DISCORD_PUBLIC_KEY: discord.publicKey };
    const killed = await bots.start('killed', byHttp);
    const other = await bots.start('other', byHttp);
    await untilShared(url, 2);
    const [killedDoor, otherDoor] = [await doorOf(killed), await doorOf(other)];
    const balancer = await balance(killedDoor, otherDoor);
    await discord.endpoint.set(balancer.url);

    providers.knobs.jimmy.taskMs = Infinity;
    const checks = balancer.passed.length;
    const first = await callEverywhere(testbed, 'A letter to either door');
    // One more request between, so that each server comes to the other door now.
    expect(await discord.endpoint.check()).toBe(true);
    const second = await callEverywhere(testbed, 'A letter to the other door');
    const calls = [...first, ...second];
    const passed = balancer.passed.slice(checks);
    for (const at of SERVERS.keys()) {
      const both = [passed[at], passed[at + SERVERS.length + 1]];
      expect(new Set(both)).toEqual(new Set([killedDoor, otherDoor]));
    }
    await untilLookedAt(testbed, calls.length);
    for (const bot of [killed, other]) {
      expect(bot.lines.some((line) => line.includes('"msg":"task begun"'))).toBe(true);
    }
    killed.kill('SIGKILL');
    await killed.exited;
    balancer.doors.delete(killedDoor);
    await untilShared(url, 1);
    providers.knobs.jimmy.taskMs = 0;
    await allDelivered(sharing, calls);
    await allDelivered(sharing, await callEverywhere(testbed, 'A letter to the door that is left'));

    for (const prompt of new Set(providers.tasks.map(({ clip }) => clip.prompt))) {
      expect(tasksOf(testbed, prompt)).toHaveLength(SERVERS.length);
    }
    expect(providers.tasks).toHaveLength(3 * SERVERS.length);
    for (const { channelId } of SERVERS) expect(discord.messages(channelId)).toHaveLength(3);
    expect(discord.gateway.sessions()).toEqual([]);
  });
});
