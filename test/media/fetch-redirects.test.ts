import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { createFetcher, failingWith, mp4OfSize, resolvingTo, serve } from './media-fixture.ts';

const video = mp4OfSize(1000);

const redirect = (response: ServerResponse, location: string, status = 302): void => {
  response.writeHead(status, { location }).end('moved');
};

/** Redirects `/3` to `/2` to `/1` to `/0`, which is the video. */
const serveChain = () =>
  serve((request, response) => {
    const left = Number(request.url?.slice(1));
    if (left === 0) response.end(video);
    else redirect(response, `/${left - 1}`);
  });

describe('fetchVideo being redirected', () => {
  it('follows three redirects', async () => {
    const { origin, requests } = await serveChain();
    const fetcher = await createFetcher();
    expect(await fetcher.fetch(`${origin}/3`)).toMatchObject({ kind: 'saved', bytes: 1000 });
    expect(requests.map(({ url }) => url)).toEqual(['/3', '/2', '/1', '/0']);
  });

  it('refuses the fourth', async () => {
    const { origin, requests } = await serveChain();
    const fetcher = await createFetcher();
    expect(await fetcher.fetch(`${origin}/4`)).toEqual({
      kind: 'forbidden',
      reason: 'too-many-redirects',
    });
    expect(requests.map(({ url }) => url)).toEqual(['/4', '/3', '/2', '/1']);
    expect(await fetcher.files()).toEqual([]);
  });

  it('refuses a loop', async () => {
    const { origin, requests } = await serve((_request, response) => redirect(response, '/'));
    const fetcher = await createFetcher();
    expect(await fetcher.fetch(origin)).toEqual({
      kind: 'forbidden',
      reason: 'too-many-redirects',
    });
    expect(requests).toHaveLength(4);
  });

  it.each([301, 302, 303, 307, 308])('follows a %i', async (status) => {
    const { origin } = await serve((request, response) => {
      if (request.url === '/video') response.end(video);
      else redirect(response, 'video', status);
    });
    const fetcher = await createFetcher();
    expect(await fetcher.fetch(origin)).toMatchObject({ kind: 'saved' });
  });

  it.each([
    ['https://10.0.0.5/v.mp4', 'private-address'],
    ['https://[::ffff:169.254.169.254]/v.mp4', 'private-address'],
    ['https://167772165/v.mp4', 'private-address'],
    ['//192.168.0.1/v.mp4', 'scheme'],
    ['http://cdn.example.com/v.mp4', 'scheme'],
    ['file:///etc/passwd', 'scheme'],
    ['https://cdn.example.com:22/v.mp4', 'port'],
    ['https://user:secret@cdn.example.com/v.mp4', 'credentials'],
    ['https://[nonsense/v.mp4', 'not-a-url'],
  ])('refuses to go on to %s: %s', async (location, reason) => {
    const { origin } = await serve((_request, response) => redirect(response, location));
    const fetcher = await createFetcher();
    expect(await fetcher.fetch(origin)).toEqual({ kind: 'forbidden', reason });
  });

  it('refuses to go on to a name that resolves to a private address', async () => {
    const { origin, requests } = await serve((_request, response) =>
      redirect(response, 'https://inside.example.com/v.mp4'),
    );
    const fetcher = await createFetcher({ resolve: resolvingTo('93.184.216.34', '127.0.0.1') });
    expect(await fetcher.fetch(origin)).toEqual({ kind: 'forbidden', reason: 'private-address' });
    expect(requests).toHaveLength(1);
  });

  it('names the host it was sent to, never its query', async () => {
    const { origin } = await serve((_request, response) =>
      redirect(response, 'https://cdn.example.com/v.mp4?sign=secret'),
    );
    const fetcher = await createFetcher({ resolve: failingWith('EAI_AGAIN') });
    expect(await fetcher.fetch(`${origin}/?sign=secret`)).toEqual({
      kind: 'try-again',
      detail: 'cdn.example.com: EAI_AGAIN',
    });
  });

  it('tries again after a redirect that leads nowhere', async () => {
    const { origin } = await serve((_request, response) => response.writeHead(302).end());
    const fetcher = await createFetcher();
    expect(await fetcher.fetch(origin)).toMatchObject({ kind: 'try-again' });
  });

  it('counts all redirects into one time limit', async () => {
    const { origin, port } = await serve((request, response) => {
      if (request.url === '/') redirect(response, '/stuck');
    });
    const fetcher = await createFetcher({ limits: { totalMs: 100 } });
    expect(await fetcher.fetch(origin)).toEqual({
      kind: 'try-again',
      detail: `127.0.0.1:${port}: TOTAL_TIMEOUT`,
    });
  });
});
