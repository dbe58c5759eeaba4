import * as fc from 'fast-check';
import { createServer as createTlsServer, type TLSSocket } from 'node:tls';
import type { Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it, vi } from 'vitest';
import { targetOf, type Connector } from '../../src/outbound/connector.ts';
import { openConnection } from '../../src/outbound/open-connection.ts';
import { createOutbound } from '../../src/outbound/outbound.ts';
import type { ProxySettings } from '../../src/outbound/tunnel.ts';
import { resolvingTo } from '../media/media-fixture.ts';
import { listenOnLoopback } from './loopback-server.ts';
import { startProxy, type RecordingProxy } from './recording-proxy.ts';
import { TEST_CERTIFICATE } from './test-certificate.ts';

const PUBLIC = '93.184.216.34';

type Options = Parameters<typeof createOutbound>[0];

/** A host that says hello and ends, and a proxy whose every tunnel leads there. */
async function world(proxy: { readonly status?: number; readonly hangs?: boolean } = {}) {
  const host = await listenOnLoopback((socket) => socket.end('hello'));
  return { host, proxy: await startProxy({ to: host.port, ...proxy }) };
}

const through = (
  { url }: Pick<RecordingProxy, 'url'>,
  exceptions: Partial<ProxySettings['exceptions']> = {},
): ProxySettings => ({
  httpsProxy: url,
  allProxy: url,
  exceptions: { hosts: '', ranges: [], ...exceptions },
});

const outboundOf = (options: Partial<Options> & Pick<Options, 'proxies'>) =>
  createOutbound({ trustedMediaHosts: [], connectMs: 2000, ...options });

/** What comes over a connection to an address. */
async function read(connect: Connector, address: string): Promise<string> {
  const { protocol, hostname, port } = new URL(address);
  const bare = hostname.replace(/^\[(.*)\]$/, '$1');
  const { socket } = await openConnection(targetOf(protocol, bare, port), connect);
  return text(socket);
}

/** A TLS host that says hello, and by which names it was asked for. */
async function tlsHost() {
  const names: unknown[] = [];
  const host = await listenOnLoopback(
    (socket: Socket & { servername?: unknown }) => {
      names.push(socket.servername);
      socket.end('hello');
    },
    (listener) => createTlsServer(TEST_CERTIFICATE, (socket: TLSSocket) => listener(socket)),
  );
  return { names, host };
}

describe('a connection to an address of the settings', () => {
  it.each([
    ['http://provider.test', 'provider.test:80'],
    ['http://provider.test:8080', 'provider.test:8080'],
    ['http://10.1.2.3:8080', '10.1.2.3:8080'],
    ['http://[fd00::1]:8080', '[fd00::1]:8080'],
    ['http://[fd00::1]', '[fd00::1]:80'],
  ])('to %s asks the proxy for %s', async (address, asked) => {
    const { proxy } = await world();
    const { toConfigured } = outboundOf({ proxies: through(proxy) });
    expect(await read(toConfigured, address)).toBe('hello');
    expect(proxy.asked).toEqual([{ to: asked, authorization: undefined }]);
    expect(proxy.others).toEqual([]);
  });

  it('takes HTTPS_PROXY for https and ALL_PROXY for the rest', async () => {
    const [secure, plain] = [await world({ status: 503 }), await world({ status: 502 })];
    const proxies = { ...through(plain.proxy), httpsProxy: secure.proxy.url };
    const { toConfigured } = outboundOf({ proxies });
    const codes = ['https://provider.test', 'http://provider.test'].map(async (address) =>
      read(toConfigured, address).catch((error: unknown) => error),
    );
    expect(await Promise.all(codes)).toMatchObject([
      { code: 'PROXY_HTTP_503' },
      { code: 'PROXY_HTTP_502' },
    ]);
    const allAlone = outboundOf({ proxies: { ...proxies, httpsProxy: undefined } });
    await expect(read(allAlone.toConfigured, 'https://provider.test')).rejects.toMatchObject({
      code: 'PROXY_HTTP_502',
    });
  });

  it('shows the proxy its credentials', async () => {
    const { proxy } = await world();
    const url = proxy.url.replace('//', '//bot:p%40ss@');
    const { toConfigured } = outboundOf({ proxies: through({ url }) });
    await read(toConfigured, 'http://provider.test');
    const basic = Buffer.from('bot:p@ss').toString('base64');
    expect(proxy.asked.map(({ authorization }) => authorization)).toEqual([`Basic ${basic}`]);
  });

  it('proves the name inside the tunnel', async () => {
    const { names, host } = await tlsHost();
    const proxy = await startProxy({ to: host.port });
    const { toConfigured } = outboundOf({ proxies: through(proxy) });
    await expect(read(toConfigured, 'https://provider.test')).rejects.toMatchObject({
      code: 'PROXY_DEPTH_ZERO_SELF_SIGNED_CERT',
    });
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    expect(await read(toConfigured, 'https://provider.test')).toBe('hello');
    vi.unstubAllEnvs();
    expect(names.at(-1)).toBe('provider.test');
    expect(proxy.asked.map(({ to }) => to)).toEqual(['provider.test:443', 'provider.test:443']);
  });

  it.each([
    ['loopback', '127.0.0.1', {}],
    ['localhost', 'localhost', {}],
    ['a trusted host', '127.0.0.1', { trustedMediaHosts: [{ host: '127.0.0.1' }] }],
  ])('to %s goes past the proxy', async (_what, name, options) => {
    const { host, proxy } = await world();
    const { toConfigured } = outboundOf({ proxies: through(proxy), ...options });
    expect(await read(toConfigured, `http://${name}:${host.port}`)).toBe('hello');
    expect(proxy.asked).toEqual([]);
  });

  it.each([
    ['everything', { hosts: '*' }],
    ['the name', { hosts: 'provider.invalid' }],
    ['a parent', { hosts: 'a.test,.invalid' }],
  ])('goes past the proxy where NO_PROXY has %s', async (_what, exceptions) => {
    const { proxy } = await world();
    const { toConfigured } = outboundOf({ proxies: through(proxy, exceptions) });
    // Nobody has this name, so it is not found without the proxy.
    await expect(read(toConfigured, 'http://provider.invalid')).rejects.toThrow(/ENOTFOUND|EAI/);
    expect(proxy.asked).toEqual([]);
  });

  it.each([
    ['10.0.0.0/8', 'http://10.255.255.1:9', true],
    ['fd00::/8', 'http://[fd00::1]:9', true],
    ['10.0.0.0/8', 'http://11.0.0.1:9', false],
    ['10.0.0.0/8', 'http://[fd00::1]:9', false],
  ])('with NO_PROXY=%s to %s goes past the proxy: %s', async (range, address, isPast) => {
    const { proxy } = await world();
    const proxies = through(proxy, { ranges: [range] });
    const { toConfigured } = outboundOf({ proxies, connectMs: 100 });
    const result = await read(toConfigured, address).catch(() => 'unreachable');
    expect(result).toBe(isPast ? 'unreachable' : 'hello');
    expect(proxy.asked).toHaveLength(isPast ? 0 : 1);
  });

  it.each([
    ['refuses the tunnel', { status: 407 }, 'PROXY_HTTP_407'],
    ['never answers', { hangs: true }, 'PROXY_CONNECT_TIMEOUT'],
  ])('fails where the proxy %s', async (_what, options, code) => {
    const { proxy } = await world(options);
    const { toConfigured } = outboundOf({ proxies: through(proxy), connectMs: 100 });
    await expect(read(toConfigured, 'http://provider.test')).rejects.toMatchObject({ code });
  });

  it('fails where nobody listens at the address of the proxy', async () => {
    const { port, close } = await listenOnLoopback(() => undefined);
    close();
    const { toConfigured } = outboundOf({ proxies: through({ url: `http://127.0.0.1:${port}` }) });
    await expect(read(toConfigured, 'http://provider.test')).rejects.toMatchObject({
      code: 'PROXY_ECONNREFUSED',
    });
  });
});

describe('a connection to an address that somebody else chose', () => {
  it('is checked here, and the proxy is asked for what was checked, not for the name', async () => {
    const { names, host } = await tlsHost();
    const proxy = await startProxy({ to: host.port });
    const resolve = vi.fn<ReturnType<typeof resolvingTo>>(resolvingTo(PUBLIC));
    const { toUntrusted } = outboundOf({ proxies: through(proxy), resolve });
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    expect(await read(toUntrusted, 'https://cdn.example.com')).toBe('hello');
    vi.unstubAllEnvs();
    expect(proxy.asked.map(({ to }) => to)).toEqual([`${PUBLIC}:443`]);
    expect(resolve.mock.calls).toEqual([['cdn.example.com']]);
    // TLS still proves the name.
    expect(names).toEqual(['cdn.example.com']);
    await expect(read(toUntrusted, 'https://cdn.example.com')).rejects.toMatchObject({
      code: 'PROXY_DEPTH_ZERO_SELF_SIGNED_CERT',
    });
  });

  it('never leads a proxy to a private address', async () => {
    const { proxy } = await world();
    const publicOnes = fc.array(fc.constantFrom(PUBLIC, '2606:4700::1'), { maxLength: 3 });
    const privateOne = fc.constantFrom(
      '10.1.2.3',
      '127.0.0.1',
      '169.254.169.254',
      '::1',
      'fd00::1',
    );
    await fc.assert(
      fc.asyncProperty(publicOnes, privateOne, publicOnes, async (before, one, after) => {
        const resolve = resolvingTo(...before, one, ...after);
        const { toUntrusted } = outboundOf({ proxies: through(proxy), resolve });
        await expect(read(toUntrusted, 'https://cdn.example.com')).rejects.toMatchObject({
          code: 'PRIVATE_ADDRESS',
        });
      }),
      { numRuns: 30 },
    );
    expect(proxy.asked).toEqual([]);
  });

  it.each(['https://10.0.0.1', 'https://[::ffff:10.0.0.1]', 'https://127.0.0.1'])(
    'refuses %s with and without a proxy',
    async (address) => {
      const { proxy } = await world();
      for (const proxies of [through(proxy), through(proxy, { hosts: '*' })]) {
        await expect(read(outboundOf({ proxies }).toUntrusted, address)).rejects.toMatchObject({
          code: 'PRIVATE_ADDRESS',
        });
      }
      expect(proxy.asked).toEqual([]);
    },
  );

  it('is refused past the proxy as well if its name leads inside', async () => {
    const { proxy } = await world();
    const proxies = through(proxy, { hosts: 'cdn.example.com' });
    const { toUntrusted } = outboundOf({ proxies, resolve: resolvingTo('127.0.0.1') });
    await expect(read(toUntrusted, 'https://cdn.example.com')).rejects.toMatchObject({
      code: 'PRIVATE_ADDRESS',
    });
    expect(proxy.asked).toEqual([]);
  });

  it('asks the proxy for the next address if there is no tunnel to one, IPv4 first', async () => {
    const { proxy } = await world({ status: 502 });
    const resolve = async () =>
      [
        ['2606:4700::1', 6],
        [PUBLIC, 4],
        ['93.184.216.35', 4],
        ['93.184.216.36', 4],
      ].map(([address, family]) => ({ address: String(address), family: Number(family) }));
    const { toUntrusted } = outboundOf({ proxies: through(proxy), resolve });
    await expect(read(toUntrusted, 'https://cdn.example.com')).rejects.toMatchObject({
      code: 'PROXY_HTTP_502',
    });
    expect(proxy.asked.map(({ to }) => to)).toEqual([
      `${PUBLIC}:443`,
      '93.184.216.35:443',
      '93.184.216.36:443',
    ]);
  });

  it('asks the proxy for a public address in brackets where it is IPv6', async () => {
    const { proxy } = await world({ status: 502 });
    const { toUntrusted } = outboundOf({ proxies: through(proxy) });
    await expect(read(toUntrusted, 'https://[2606:4700::1]')).rejects.toMatchObject({
      code: 'PROXY_HTTP_502',
    });
    expect(proxy.asked.map(({ to }) => to)).toEqual(['[2606:4700::1]:443']);
  });

  it('goes past the proxy to a trusted host', async () => {
    const { host, proxy } = await world();
    const { toUntrusted } = outboundOf({
      proxies: through(proxy),
      trustedMediaHosts: [{ host: 'media.test' }],
      resolve: resolvingTo('127.0.0.1'),
    });
    expect(await read(toUntrusted, `http://media.test:${host.port}`)).toBe('hello');
    expect(proxy.asked).toEqual([]);
  });
});
