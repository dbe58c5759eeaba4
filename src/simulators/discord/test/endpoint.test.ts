import { createPublicKey, verify } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startSimulatedDiscord } from '../start.ts';
import { field } from '../values.ts';
import { createRest } from './rest-client.ts';

interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly contentType?: string;
}

/** What a bot answers to an interaction, and whether it checks signatures. */
interface Bot {
  answer: (interaction: unknown) => Answer;
  isCareful: boolean;
}

function isSigned(publicKey: string, { headers }: IncomingMessage, body: Buffer): boolean {
  const head = Buffer.from('302a300506032b6570032100', 'hex');
  const der = Buffer.concat([head, Buffer.from(publicKey, 'hex')]);
  const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
  const signed = Buffer.concat([Buffer.from(String(headers['x-signature-timestamp'])), body]);
  return verify(null, signed, key, Buffer.from(String(headers['x-signature-ed25519']), 'hex'));
}

const PONG: Answer = { status: 200, body: { type: 1 } };

function send(response: ServerResponse, { status, body, contentType }: Answer): void {
  const headers = { 'content-type': contentType ?? 'application/json' };
  response.writeHead(status, body === undefined ? {} : headers);
  response.end(body === undefined ? '' : JSON.stringify(body));
}

/** A simulated Discord, and a bot with an endpoint whose address is not set yet. */
async function start() {
  const discord = await startSimulatedDiscord();
  const rest = createRest(discord);
  const received: unknown[] = [];
  const bot: Bot = { answer: () => ({ status: 202 }), isCareful: true };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      if (bot.isCareful && !isSigned(discord.publicKey, request, body)) {
        send(response, { status: 401 });
        return;
      }
      const interaction: unknown = JSON.parse(body.toString());
      const isPing = field(interaction, 'type') === 1;
      if (!isPing) received.push(interaction);
      send(response, isPing ? PONG : bot.answer(interaction));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await discord.close();
  });
  return { discord, rest, bot, received, url: `http://127.0.0.1:${port}/` };
}

describe('the Interactions Endpoint URL', () => {
  it('is set where PING and a wrong signature are answered rightly, and shown to the bot', async () => {
    const { discord, rest, url } = await start();
    await discord.endpoint.set(url);
    expect(discord.endpoint.url()).toBe(url);
    const { body } = await rest.call('GET', '/applications/@me');
    expect(body).toMatchObject({
      verify_key: discord.publicKey,
      interactions_endpoint_url: url,
    });
  });

  it('is refused where signatures are not checked', async () => {
    const { discord, bot, url } = await start();
    bot.isCareful = false;
    await expect(discord.endpoint.set(url)).rejects.toThrow('could not be verified');
    expect(discord.endpoint.url()).toBeUndefined();
  });

  it('is refused where nothing answers', async () => {
    const { discord } = await start();
    await expect(discord.endpoint.set('http://127.0.0.1:1/')).rejects.toThrow('could not be');
  });

  it('is removed by a routine check that it fails', async () => {
    const { discord, bot, url } = await start();
    await discord.endpoint.set(url);
    expect(await discord.endpoint.check()).toBe(true);
    bot.isCareful = false;
    expect(await discord.endpoint.check()).toBe(false);
    expect(discord.endpoint.url()).toBeUndefined();
  });
});

describe('an interaction sent by HTTP', () => {
  it('is taken with 202, and acknowledged by a callback', async () => {
    const { discord, rest, received, url } = await start();
    await discord.endpoint.set(url);
    const posted = discord.next('interaction-posted');
    const ping = await rest.slash();
    expect(await posted).toEqual({ interactionId: ping.id, status: 202, problem: undefined });
    expect(received).toEqual([ping.payload]);
    await rest.acknowledge(ping, { type: 4, data: { content: 'Pong' } });
    expect(ping.message()?.text).toBe('Pong');
  });

  it('is acknowledged by the callback in the answer', async () => {
    const { discord, rest, bot, url } = await start();
    await discord.endpoint.set(url);
    bot.answer = () => ({ status: 200, body: { type: 4, data: { content: 'Pong' } } });
    const ping = await rest.slash();
    expect(await ping.acknowledged).toMatchObject({ kind: 'message' });
    expect(ping.message()?.text).toBe('Pong');
  });

  it('does not go over the gateway, until the address is removed', async () => {
    const { discord, rest, url } = await start();
    await discord.endpoint.set(url);
    expect((await rest.slash()).deliveredTo).toBe(1);
    await discord.endpoint.set(undefined);
    expect((await rest.slash()).deliveredTo).toBe(0);
  });

  it.each<[string, Answer, string]>([
    ['another status', { status: 204 }, 'answered 204'],
    ['a redirect', { status: 302 }, 'answered 302'],
    ['a 202 with a body', { status: 202, body: {} }, 'a 202 has no body'],
    [
      'a callback that is no JSON by its type',
      { status: 200, body: { type: 4, data: { content: 'a' } }, contentType: 'text/html' },
      'the answer is not application/json',
    ],
    ['a callback of a wrong form', { status: 200, body: { type: 4 } }, 'Cannot send an empty'],
  ])('fails with %s', async (_what, answer, problem) => {
    const { discord, rest, bot, url } = await start();
    await discord.endpoint.set(url);
    bot.answer = () => answer;
    const posted = discord.next('interaction-posted');
    await rest.slash();
    expect((await posted).problem).toContain(problem);
  });
});
