import { stat } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createResultKeys } from '../../src/providers/result-keys.ts';
import { createFetcher, mp4OfSize, serve } from './media-fixture.ts';

const KEY = 'sk-of-the-gpu';
const MIB = 1_048_576;

/** So many bytes that begin like an mp4. */
function* largeFilm(bytes: number): Generator<Buffer> {
  const chunk = Buffer.alloc(MIB);
  for (let left = bytes; left > 0; left -= chunk.length) {
    yield left === bytes ? mp4OfSize(MIB).subarray(0, MIB) : chunk.subarray(0, Math.min(left, MIB));
  }
}

function movedTo(response: ServerResponse, location: string): void {
  response.writeHead(302, { location }).end();
}

function film(response: ServerResponse): void {
  response.end(mp4OfSize(1000));
}

/** A provider's server, and another host that results may be fetched from as well. */
async function twoHosts(
  atHome: (response: ServerResponse, other: string) => void,
  trusted?: readonly string[],
) {
  const other = await serve((request, response) =>
    request.url === '/back' ? movedTo(response, `${home.origin}/v1/film`) : film(response),
  );
  const home = await serve((request, response) =>
    request.url === '/v1/film' ? film(response) : atHome(response, other.origin),
  );
  const keyFor = createResultKeys({
    gpu: { apiKey: KEY, baseUrl: `${home.origin}/v1` },
    open: { baseUrl: `${home.origin}/v1` },
    other: { apiKey: 'sk-of-another', baseUrl: other.origin },
  });
  const fetcher = await createFetcher({ keyFor, ...(trusted && { trusted }) });
  const fetch = async (
    url = `${home.origin}/v1/videos/a/content`,
    withKeyOf = 'gpu',
    maxBytes = MIB,
  ) => fetcher.fetch(url, { withKeyOf, maxBytes });
  const sent = (server: typeof home) => server.requests.map(({ headers }) => headers.authorization);
  return { home, other, fetch, fetcher, sent };
}

describe('a result that needs the key', () => {
  it('is fetched with it', async () => {
    const { home, fetch, sent } = await twoHosts(film);
    expect(await fetch()).toMatchObject({ kind: 'saved', bytes: 1000 });
    expect(sent(home)).toEqual([`Bearer ${KEY}`]);
  });

  it('may have moved at its own server', async () => {
    const { home, fetch, sent } = await twoHosts((response) => movedTo(response, '/v1/film'));
    expect(await fetch()).toMatchObject({ kind: 'saved' });
    expect(sent(home)).toEqual([`Bearer ${KEY}`, `Bearer ${KEY}`]);
  });

  it('is followed to another host while the key stays at home', async () => {
    const { home, other, fetch, sent } = await twoHosts((response, to) =>
      movedTo(response, `${to}/film`),
    );
    expect(await fetch()).toMatchObject({ kind: 'saved' });
    expect(sent(home)).toEqual([`Bearer ${KEY}`]);
    expect(sent(other)).toEqual([undefined]);
  });

  it('gets no key any more once it was elsewhere, not even back at home', async () => {
    const { home, other, fetch, sent } = await twoHosts((response, to) =>
      movedTo(response, `${to}/back`),
    );
    await fetch();
    expect(sent(other)).toEqual([undefined]);
    expect(sent(home)).toEqual([`Bearer ${KEY}`, undefined]);
  });

  it('is fetched from a private address that the operator configured, and from no other', async () => {
    const { home, fetch } = await twoHosts(film, []);
    expect(await fetch()).toMatchObject({ kind: 'saved' });
    expect(await fetch(undefined, 'open')).toEqual({ kind: 'forbidden', reason: 'scheme' });
    expect(home.requests).toHaveLength(1);
    const moving = await twoHosts((response, to) => movedTo(response, `${to}/film`), []);
    expect(await moving.fetch()).toEqual({ kind: 'forbidden', reason: 'scheme' });
    expect(moving.other.requests).toEqual([]);
  });

  it('goes without it at another host', async () => {
    const { other, fetch, sent } = await twoHosts(film);
    await fetch(`${other.origin}/film`);
    expect(sent(other)).toEqual([undefined]);
  });

  it('is fetched with it beside the path of its API as well', async () => {
    const { home, fetch, sent } = await twoHosts(film);
    await fetch(`${home.origin}/files/a.mp4`);
    expect(sent(home)).toEqual([`Bearer ${KEY}`]);
  });

  it('gets the key of no other provider, and none where the server has none', async () => {
    const { home, fetch, sent } = await twoHosts(film);
    await fetch(undefined, 'other');
    await fetch(undefined, 'open');
    await fetch(undefined, 'unknown');
    expect(sent(home)).toEqual([undefined, undefined, undefined]);
  });

  it('of 200 MiB goes to the disk as it arrives, and nowhere if Discord takes less', async () => {
    const size = 200 * MIB;
    const { home, fetch, fetcher } = await twoHosts((response) => {
      response.writeHead(200, { 'content-length': size });
      Readable.from(largeFilm(size)).pipe(response);
    });
    const url = `${home.origin}/v1/videos/a/content`;
    expect(await fetcher.fetch(url, { withKeyOf: 'gpu', maxBytes: 10 * MIB })).toEqual({
      kind: 'too-large',
      bytes: size,
    });
    expect(await fetcher.files()).toEqual([]);
    expect(await fetch(url, 'gpu', 2 * size)).toMatchObject({ kind: 'saved', bytes: size });
    expect((await stat(fetcher.toPath)).size).toBe(size);
  });
});
