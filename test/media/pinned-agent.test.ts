import * as fc from 'fast-check';
import { getEventListeners, once } from 'node:events';
import { buffer, text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { isPublicAddress, type TrustedHost } from '../../src/outbound/address-rules.ts';
import {
  createLookup,
  type ResolvedAddress,
  type ResolveName,
} from '../../src/outbound/public-lookup.ts';
import { agentWith, serve } from './media-fixture.ts';

const ipv4 = (address: string): ResolvedAddress => ({ address, family: 4 });

/** A name server that gives its answers in turn, the last one for ever. */
function answering(...answers: readonly (readonly ResolvedAddress[])[]) {
  const asked: string[] = [];
  const resolve: ResolveName = async (name) => {
    asked.push(name);
    return answers[Math.min(asked.length, answers.length) - 1] ?? [];
  };
  return { asked, resolve };
}

type Lookup = ReturnType<typeof createLookup>;
const runLookup = (lookup: Lookup, all: boolean) =>
  new Promise((resolve, reject) => {
    lookup('cdn.example.com', { all }, (error, address, family) =>
      error === null ? resolve({ address, family }) : reject(error),
    );
  });

/** Gets one address with an agent that trusts some hosts. */
function get(address: string, resolve: ResolveName, trustedHosts: readonly TrustedHost[] = []) {
  const agent = agentWith({ trustedHosts, resolve });
  const { signal } = new AbortController();
  return agent.get(new URL(address), { headers: {}, signal, headersMs: 10_000 });
}

const serveHello = () => serve((_request, response) => response.end('hello'));

describe('createLookup', () => {
  const publicPair = [ipv4('93.184.216.34'), { address: '2606:4700::1', family: 6 }];

  it('passes on exactly the addresses that were checked', async () => {
    const { resolve, asked } = answering(publicPair, [ipv4('10.0.0.1')]);
    const lookup = createLookup(resolve, isPublicAddress);
    expect(await runLookup(lookup, true)).toEqual({ address: publicPair, family: undefined });
    expect(asked).toEqual(['cdn.example.com']);
  });

  it('passes on the first one if one is requested', async () => {
    const lookup = createLookup(answering(publicPair).resolve, isPublicAddress);
    expect(await runLookup(lookup, false)).toEqual({ address: '93.184.216.34', family: 4 });
  });

  it('refuses a name with a private address anywhere among public ones', async () => {
    const publicAddresses = fc.array(fc.constantFrom(...publicPair), { maxLength: 4 });
    const privateAddress = fc.constantFrom('10.1.2.3', '127.0.0.1', '::1', 'fd00::1', '0.0.0.0');
    await fc.assert(
      fc.asyncProperty(publicAddresses, privateAddress, publicAddresses, async (a, ip, b) => {
        const lookup = createLookup(answering([...a, ipv4(ip), ...b]).resolve, isPublicAddress);
        await expect(runLookup(lookup, true)).rejects.toMatchObject({ code: 'PRIVATE_ADDRESS' });
      }),
    );
  });

  it('says that a name without addresses is not found', async () => {
    const lookup = createLookup(answering([]).resolve, isPublicAddress);
    await expect(runLookup(lookup, true)).rejects.toMatchObject({ code: 'ENOTFOUND' });
  });

  it('passes on what the name server says', async () => {
    const lookup = createLookup(
      () => Promise.reject(Object.assign(new Error('down'), { code: 'EAI_AGAIN' })),
      isPublicAddress,
    );
    await expect(runLookup(lookup, true)).rejects.toMatchObject({ code: 'EAI_AGAIN' });
  });
});

describe('createPinnedAgent', () => {
  it('refuses a name that resolves to a private address, without asking a second time', async () => {
    const server = await serveHello();
    const { resolve, asked } = answering([ipv4('127.0.0.1')], [ipv4('93.184.216.34')]);
    await expect(get(`http://rebound.test:${server.port}/`, resolve)).rejects.toMatchObject({
      code: 'PRIVATE_ADDRESS',
    });
    expect(asked).toEqual(['rebound.test']);
    expect(server.requests).toEqual([]);
  });

  it.each(['127.0.0.1', '[::ffff:127.0.0.1]'])('refuses the literal %s', async (host) => {
    const server = await serveHello();
    const { resolve, asked } = answering([]);
    await expect(get(`http://${host}:${server.port}/`, resolve)).rejects.toMatchObject({
      code: 'PRIVATE_ADDRESS',
    });
    expect(asked).toEqual([]);
    expect(server.requests).toEqual([]);
  });

  it('connects a trusted name to its first answer, and asks for no other', async () => {
    const server = await serveHello();
    const { resolve, asked } = answering([ipv4('127.0.0.1')], [ipv4('127.0.0.99')]);
    const address = `http://media.test:${server.port}/path?query`;
    const response = await get(address, resolve, [{ host: 'media.test' }]);
    expect(await text(response)).toBe('hello');
    expect(asked).toEqual(['media.test']);
    expect(server.requests[0]?.url).toBe('/path?query');
    expect(server.requests[0]?.headers.host).toBe(`media.test:${server.port}`);
  });

  it('trusts a port no further than it was named', async () => {
    const server = await serveHello();
    const { resolve } = answering([ipv4('127.0.0.1')]);
    const trustedHosts = [{ host: 'media.test', port: server.port + 1 }];
    await expect(
      get(`http://media.test:${server.port}/`, resolve, trustedHosts),
    ).rejects.toMatchObject({ code: 'PRIVATE_ADDRESS' });
    expect(server.requests).toEqual([]);
  });

  it('keeps a whole body that waits for its reader while the server closes', async () => {
    const closed: Promise<unknown>[] = [];
    const server = await serve((request, response) => {
      closed.push(once(request.socket, 'close'));
      response.writeHead(200, { connection: 'close', 'content-length': 100_000 });
      response.end(Buffer.alloc(100_000));
    });
    const { resolve } = answering([ipv4('127.0.0.1')]);
    const trustedHosts = [{ host: 'media.test' }];
    const response = await get(`http://media.test:${server.port}/`, resolve, trustedHosts);
    await Promise.all(closed);
    expect((await buffer(response)).length).toBe(100_000);
  });

  it('fails a body that a reset cuts short', async () => {
    const server = await serve(({ socket }, response) => {
      response.writeHead(200, { connection: 'close', 'content-length': 200_000 });
      response.write(Buffer.alloc(1000), () => socket.resetAndDestroy());
    });
    const { resolve } = answering([ipv4('127.0.0.1')]);
    const trustedHosts = [{ host: 'media.test' }];
    const response = await get(`http://media.test:${server.port}/`, resolve, trustedHosts);
    await expect(buffer(response)).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  it('leaves nothing on the signal when a body is read', async () => {
    const server = await serveHello();
    const agent = agentWith({ trustedHosts: [{ host: '127.0.0.1' }] });
    const { signal } = new AbortController();
    const options = { headers: {}, signal, headersMs: 10_000 };
    const response = await agent.get(new URL(server.origin), options);
    const closed = once(response, 'close');
    await Promise.all([text(response), closed]);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});
