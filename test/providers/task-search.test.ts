import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ANYFAST } from '../../src/providers/anyfast/descriptor.ts';
import { ARK } from '../../src/providers/ark/descriptor.ts';
import { createProvider } from '../../src/providers/create-provider.ts';
import type { SearchCall } from '../../src/providers/descriptor.ts';
import type { HttpLimits } from '../../src/providers/http-json.ts';
import { aSubmission } from '../fakes/a-task.ts';
import { memoryMedia } from '../fakes/memory-media.ts';
import { answering, startScriptedServer } from './scripted-server.ts';
import type { Script, ScriptedServer } from './scripted-server.ts';

const NEVER = new AbortController().signal;
const LIMITS: HttpLimits = {
  connectMs: 5000,
  createMs: 5000,
  queryMs: 5000,
  maxBodyBytes: 65_536,
};
const SEARCH: SearchCall = {
  path: (page) => `/v1/tasks?page_num=${page}&page_size=3`,
  pageSize: 3,
  itemsPath: 'items',
  idPath: 'id',
  createdAtPath: 'created_at',
  repeats: ['model', 'resolution', 'ratio', 'duration', 'generate_audio'],
  isOpen: (value) => value === 'adaptive',
  keptMs: 7 * 86_400_000,
};

let server: ScriptedServer;
beforeEach(async () => {
  server = await startScriptedServer();
});
afterEach(async () => server.close());

/** A provider that documents a list, in the words of one that does not. */
async function withSearch<T>(
  use: (search: NonNullable<ReturnType<typeof createProvider>['search']>) => Promise<T> | T,
): Promise<T> {
  const provider = createProvider(
    { ...ANYFAST, search: SEARCH },
    { baseUrl: server.url, apiKey: 'sk-0123456789', limits: LIMITS, media: memoryMedia() },
  );
  try {
    if (provider.search === undefined) throw new Error('no search');
    return await use(provider.search);
  } finally {
    await provider.close();
  }
}

async function list(script: Script, sinceMs = 0) {
  server.play(script);
  return withSearch(async (search) => search.list(sinceMs, NEVER));
}

const item = (n: number, more: object = {}) => ({ id: `cgt-${n}`, created_at: n, ...more });

/** Answers each page with these tasks, one after the other. */
function paging(...pages: readonly (readonly object[])[]): Script {
  return (response, { path }, socket) => {
    const page = Number(new URL(path, 'http://x.test').searchParams.get('page_num'));
    answering(200, { items: pages[page - 1] ?? [], total: 99 })(
      response,
      { method: 'GET', path, headers: {}, body: '' },
      socket,
    );
  };
}

/** Answers the first page, and no other. */
const firstPageAlone: Script = (response, request, socket) =>
  request.path.includes('page_num=1')
    ? paging([item(3), item(2), item(1)])(response, request, socket)
    : answering(429, '')(response, request, socket);

const ids = (answer: Awaited<ReturnType<typeof list>>): string[] =>
  answer.kind === 'listed'
    ? answer.tasks.map(({ providerTaskId }) => providerTaskId)
    : [answer.kind];

describe('a list of tasks', () => {
  it('is read by GET with the key, what it says in small letters', async () => {
    const task = item(7, { model: 'M-1', duration: 5, generate_audio: true, ratio: null, seed: 3 });
    const answer = await list(answering(200, { items: [task] }));
    expect(answer).toEqual({
      kind: 'listed',
      tasks: [
        {
          providerTaskId: 'cgt-7',
          createdAt: 7000,
          facts: { model: 'm-1', duration: '5', generate_audio: 'true' },
        },
      ],
    });
    expect(server.seen).toMatchObject([
      {
        method: 'GET',
        path: '/v1/tasks?page_num=1&page_size=3',
        headers: { authorization: 'Bearer sk-0123456789' },
      },
    ]);
  });

  it('is read to its last page, or past the instant if it is in order', async () => {
    const newest = [item(9), item(8), item(7)];
    expect(ids(await list(paging(newest, [item(6), item(6), item(5)], [item(4)])))).toHaveLength(7);
    expect(ids(await list(paging(newest, [item(6), item(5), item(4)], [item(3)]), 5000))).toEqual([
      'cgt-9',
      'cgt-8',
      'cgt-7',
      'cgt-6',
      'cgt-5',
      'cgt-4',
    ]);
    // Out of order the one that is looked for may be anywhere.
    const oldest = [item(1), item(2), item(3)];
    expect(ids(await list(paging(oldest, [item(4)]), 5000))).toHaveLength(4);
    expect(ids(await list(paging([])))).toEqual([]);
  });

  it('that never ends is no answer', async () => {
    const full = Array.from({ length: 40 }, () => [item(1), item(2), item(3)]);
    expect(ids(await list(paging(...full)))).toEqual(['no-answer']);
    expect(server.seen).toHaveLength(20);
  });

  it.each<[string, Script]>([
    ['an error', answering(500, { error: { code: 'InternalServiceError' } })],
    ['a refused key', answering(401, { error: { code: 'AuthenticationError' } })],
    ['no such path', answering(404, 'not found')],
    ['a redirect', answering(302, '', { location: 'https://x.test/' })],
    ['no JSON', answering(200, 'ok')],
    ['no list', answering(200, { items: {} })],
    ['a bare list', answering(200, [item(1)])],
    ['a task without an id', answering(200, { items: [item(1), { created_at: 2 }] })],
    ['an id that is none', answering(200, { items: [{ id: '..', created_at: 2 }] })],
    ['a task without its time', answering(200, { items: [{ id: 'x' }] })],
    ['a time in words', answering(200, { items: [{ id: 'x', created_at: 'now' }] })],
    ['a task that is none', answering(200, { items: [null] })],
    ['a cut', (_response, _request, socket) => socket.resetAndDestroy()],
    ['too much', answering(200, { items: [item(1, { pad: 'x'.repeat(70_000) })] })],
  ])('that is answered by %s is no answer', async (_what, script) => {
    expect(ids(await list(script))).toEqual(['no-answer']);
  });

  it('is no answer where one of its pages is none', async () => {
    expect(ids(await list(firstPageAlone))).toEqual(['no-answer']);
  });
});

describe('what a task should be listed with', () => {
  const submission = aSubmission({ route: 'anyfast/seedance-2.0-mini', durationSeconds: 6 });
  const expects = async (changes: Partial<typeof submission>) =>
    withSearch((search) => search.expects({ ...submission, ...changes }));

  it('is what its create says, as far as the list repeats it', async () => {
    expect(await expects({ resolution: '480p', ratio: '9:16', sound: false })).toEqual({
      model: 'seedance-2.0-mini',
      duration: '6',
      resolution: '480p',
      ratio: '9:16',
      generate_audio: 'false',
    });
  });

  it('is not what was not sent, and not what the list has otherwise', async () => {
    expect(await expects({ ratio: 'adaptive' })).toEqual({
      model: 'seedance-2.0-mini',
      duration: '6',
    });
  });

  it('is either id where the operator set one, as of an endpoint', async () => {
    const models = new Map([['seedance-2.0', 'EP-1']]);
    const provider = createProvider(ARK, {
      baseUrl: server.url,
      apiKey: 'sk-0123456789',
      models,
      media: memoryMedia(),
    });
    const facts = provider.search?.expects(aSubmission({ route: 'ark/seedance-2.0' }));
    expect(facts?.['model']).toEqual(['ep-1', 'dreamina-seedance-2-0-260128']);
    await provider.close();
  });

  it('is nothing for a route that is not there', async () => {
    expect(await expects({ route: 'anyfast/gone' })).toEqual({});
  });
});
