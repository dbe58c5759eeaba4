import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { FetchResult } from '../../src/media/fetch-result.ts';
import { createVideoFetcher, type FetchLimits, type KeyFor } from '../../src/media/fetch-video.ts';
import { createPinnedAgent, type PinnedAgent } from '../../src/media/pinned-agent.ts';
import type { VideoRoom } from '../../src/media/video-room.ts';
import type { TrustedHost } from '../../src/outbound/address-rules.ts';
import { createOutbound } from '../../src/outbound/outbound.ts';
import type { ResolveName } from '../../src/outbound/public-lookup.ts';
import type { ProxySettings } from '../../src/outbound/tunnel.ts';

/** An `ftyp` box: its major brand, version 512, its compatible brands. */
export function ftyp(major: string, ...compatible: string[]): Buffer {
  const content = Buffer.from(`${major}\0\0\x02\0${compatible.join('')}`, 'latin1');
  const header = Buffer.from('\0\0\0\0ftyp', 'latin1');
  header.writeUInt32BE(header.length + content.length);
  return Buffer.concat([header, content]);
}

/** A file that begins like an mp4 and is `bytes` long. */
export const mp4OfSize = (bytes: number): Buffer =>
  Buffer.concat([ftyp('isom', 'iso2', 'avc1', 'mp41')], bytes);

export async function tempFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'clapper-media-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

/** A server on loopback; `origin` ends without a slash. */
export async function serve(listener: RequestListener) {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    listener(request, response);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { origin: `http://127.0.0.1:${port}`, port, requests };
}

/** A name server that has one answer. */
export const resolvingTo =
  (...addresses: string[]): ResolveName =>
  () =>
    Promise.resolve(addresses.map((address) => ({ address, family: 4 })));

/** A name server that fails with a code. */
export const failingWith =
  (code: string): ResolveName =>
  () =>
    Promise.reject(Object.assign(new Error('no answer'), { code }));

/** A name server that never answers. */
export const neverResolving: ResolveName = () => new Promise<never>(() => undefined);

const NO_PROXIES: ProxySettings = {
  httpsProxy: undefined,
  allProxy: undefined,
  exceptions: { hosts: '', ranges: [] },
};

/** An agent that trusts some hosts, and connects as the bot does. */
export function agentWith({
  trustedHosts = [],
  resolve,
  proxies = NO_PROXIES,
}: {
  readonly trustedHosts?: readonly TrustedHost[];
  readonly resolve?: ResolveName | undefined;
  readonly proxies?: ProxySettings;
}): PinnedAgent {
  const deps = { trustedMediaHosts: trustedHosts, proxies, ...(resolve && { resolve }) };
  const agent = createPinnedAgent(createOutbound(deps).toUntrusted);
  onTestFinished(() => agent.close());
  return agent;
}

interface FetcherOptions {
  readonly limits?: Partial<FetchLimits>;
  readonly resolve?: ResolveName;
  /** Loopback is trusted unless this says otherwise. */
  readonly trusted?: readonly string[];
  readonly room?: VideoRoom;
  readonly keyFor?: KeyFor;
}

interface Attempt {
  readonly withKeyOf?: string;
  readonly toPath?: string;
  readonly maxBytes?: number;
  readonly signal?: AbortSignal;
}

/** A fetcher into an empty folder; `files` lists what is in the folder. */
export async function createFetcher(options: FetcherOptions = {}) {
  const folder = await tempFolder();
  const toPath = join(folder, 'video.mp4');
  const trustedHosts = (options.trusted ?? ['127.0.0.1']).map((host) => ({ host }));
  const { resolve, limits, room, keyFor } = options;
  const agent = agentWith({ trustedHosts, resolve });
  const { toConfigured } = createOutbound({ trustedMediaHosts: trustedHosts, proxies: NO_PROXIES });
  const homeAgent = createPinnedAgent(toConfigured);
  onTestFinished(() => homeAgent.close());
  const fetchVideo = createVideoFetcher({
    agent,
    homeAgent,
    trustedHosts,
    ...(room && { room }),
    ...(keyFor && { keyFor }),
    ...(limits && { limits }),
    now: () => Date.UTC(2026, 0, 1),
  });
  return {
    toPath,
    fetchVideo,
    close: () => agent.close(),
    files: () => readdir(folder),
    fetch: (url: string, attempt: Attempt = {}): Promise<FetchResult> =>
      fetchVideo({
        url,
        toPath,
        maxBytes: 1_000_000,
        signal: new AbortController().signal,
        ...attempt,
      }),
  };
}
