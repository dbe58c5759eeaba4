import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { createFetcher, failingWith, mp4OfSize, resolvingTo, serve } from './media-fixture.ts';

const video = mp4OfSize(1000);

function redirect(response: ServerResponse, location: string, status = 302): void {
  response.writeHead(status, { location }).end('moved');
}

/** Redirects `/3` to `/2` to `/1` to `/0`, which is the video. */
const serveChain = () =>
  serve((request, response) => {
    const left = Number(request.url?.slice(1));
    if (left === 0) response.end(video);
    else redirect(response, `/${left - 1}`);
  });

/** Bytes as they go over the wire. */
const raw = (text: string): string => Buffer.from(text).toString('latin1');

/** Fetches from a server that redirects `/start` with these headers and has the video everywhere else. */
async function followed(...locations: string[]) {
  const server = await serve((request, response) => {
    if (request.url !== '/start') return void response.end(video);
    const headers = locations.flatMap((location) => ['location', location]);
    return void response.writeHead(302, headers).end('moved');
  });
  const fetcher = await createFetcher();
  const result = await fetcher.fetch(`${server.origin}/start`);
  return { result, port: server.port, paths: server.requests.map(({ url }) => url) };
}

describe('fetchVideo being redirected', () => {
  it('follows ten redirects', async () => {
    const { origin, requests } = await serveChain();
    const fetcher = await createFetcher();
    expect(await fetcher.fetch(`${origin}/10`)).toMatchObject({ kind: 'saved', bytes: 1000 });
    expect(requests).toHaveLength(11);
  });

  it('gives up at the eleventh, and says that it was the redirects', async () => {
    const { origin, requests } = await serveChain();
    const fetcher = await createFetcher();
    expect(await fetcher.fetch(`${origin}/11`)).toEqual({ kind: 'too-many-redirects' });
    expect(requests.at(-1)?.url).toBe('/1');
    expect(await fetcher.files()).toEqual([]);
  });

  it.each(['/', '#again', '?'])('ends a loop by %j', async (location) => {
    const { origin, requests } = await serve((_request, response) => redirect(response, location));
    const fetcher = await createFetcher();
    expect(await fetcher.fetch(origin)).toEqual({ kind: 'too-many-redirects' });
    expect(requests).toHaveLength(11);
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
    ['raw UTF-8 and blanks', raw('/视频 1.mp4'), '/%E8%A7%86%E9%A2%91%201.mp4'],
    ['raw UTF-8 in the query', raw('/v.mp4?name=视频 1'), '/v.mp4?name=%E8%A7%86%E9%A2%91%201'],
    ['raw bytes that are no UTF-8', '/caf\u00E9.mp4', '/caf%E9.mp4'],
    ['blanks around it', ' \t /v 1.mp4 \t ', '/v%201.mp4'],
    ['escapes already', '/%E8%A7%86%201.mp4?a=%2F%25', '/%E8%A7%86%201.mp4?a=%2F%25'],
    ['escapes and raw UTF-8', raw('/%E8%A7%86/频'), '/%E8%A7%86/%E9%A2%91'],
    ['a percent sign that escapes nothing', '/100%.mp4', '/100%.mp4'],
    ['a relative path', 'a/v.mp4', '/a/v.mp4'],
    ['a relative path in raw UTF-8', raw('视频.mp4'), '/%E8%A7%86%E9%A2%91.mp4'],
    ['a path that goes up', '../v.mp4', '/v.mp4'],
    ['a query alone', '?sign=1', '/start?sign=1'],
    ['a fragment', '/v.mp4#t=1', '/v.mp4'],
    ['a fragment in raw UTF-8', raw('/v.mp4#视频'), '/v.mp4'],
  ])('follows a Location with %s', async (_what, location, path) => {
    const { result, paths } = await followed(location);
    expect(result).toMatchObject({ kind: 'saved', bytes: 1000 });
    expect(paths).toEqual(['/start', path]);
  });

  it('follows a Location without a scheme by the one it came by', async () => {
    const { origin, port, requests } = await serve((request, response) => {
      if (request.url === '/v.mp4') response.end(video);
      else redirect(response, `//127.0.0.1:${port}/v.mp4`);
    });
    const fetcher = await createFetcher();
    expect(await fetcher.fetch(origin)).toMatchObject({ kind: 'saved' });
    expect(requests).toHaveLength(2);
  });

  it('reads a host in raw UTF-8 as the name it stands for', async () => {
    const { origin } = await serve((_request, response) =>
      redirect(response, raw('https://例子.example.com/v.mp4')),
    );
    const fetcher = await createFetcher({ resolve: failingWith('EAI_AGAIN') });
    expect(await fetcher.fetch(origin)).toMatchObject({
      detail: 'xn--fsqu00a.example.com: EAI_AGAIN',
    });
  });

  it.each([
    ['the first of several', ['/a.mp4', '/b.mp4'], '/a.mp4'],
    ['the one that says something', ['', '/b.mp4'], '/b.mp4'],
    ['the one that is allowed', ['https://10.0.0.1/a.mp4', '/b.mp4'], '/b.mp4'],
    ['the one that can be read', ['https://[nonsense/', '/b.mp4'], '/b.mp4'],
  ])('follows %s', async (_what, locations, path) => {
    const { result, paths } = await followed(...locations);
    expect(result).toMatchObject({ kind: 'saved' });
    expect(paths).toEqual(['/start', path]);
  });

  it('refuses several that are all forbidden by the first', async () => {
    const { result } = await followed('https://10.0.0.1/', 'ftp://media.example.com/v.mp4');
    expect(result).toEqual({ kind: 'forbidden', reason: 'private-address' });
  });

  it('sends nothing along that belongs to the previous address', async () => {
    const { origin, requests } = await serve((request, response) => {
      if (request.url === '/v.mp4') response.end(video);
      else response.writeHead(302, { location: '/v.mp4', 'set-cookie': 'key=secret' }).end();
    });
    const fetcher = await createFetcher();
    await fetcher.fetch(`${origin}/start?sign=secret`);
    const [, second] = requests;
    expect(second?.url).toBe('/v.mp4');
    expect(Object.keys(second?.headers ?? {}).toSorted()).toEqual([
      'accept',
      'accept-encoding',
      'connection',
      'host',
      'user-agent',
    ]);
    expect(JSON.stringify(second?.headers)).not.toContain('secret');
  });

  it.each([
    ['https://10.0.0.5/v.mp4', 'private-address'],
    ['  https://10.0.0.5/v 1.mp4  ', 'private-address'],
    ['https://\u00EF\u00BC\u0091\u00EF\u00BC\u0090.0.0.5/v.mp4', 'private-address'],
    ['javascript:alert(1)', 'scheme'],
    ['data:video/mp4;base64,AAAA', 'scheme'],
    ['ftp://cdn.example.com/v.mp4', 'scheme'],
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

  it.each([[[]], [['']], [['  ']], [['', '']]])(
    'tries again after a redirect without a target: %j',
    async (locations) => {
      const { result, paths } = await followed(...locations);
      expect(result).toMatchObject({ kind: 'try-again' });
      expect(paths).toEqual(['/start']);
    },
  );

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
