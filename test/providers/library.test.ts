import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FileForLibrary, LibraryPort } from '../../src/app/ports/library-port.ts';
import { ANYFAST } from '../../src/providers/anyfast/descriptor.ts';
import { createProvider } from '../../src/providers/create-provider.ts';
import { JIMMY } from '../../src/providers/jimmy/descriptor.ts';
import { memoryMedia } from '../fakes/memory-media.ts';
import { answering, startScriptedServer } from './scripted-server.ts';
import type { Script, ScriptedServer } from './scripted-server.ts';

const LIBRARIES = ['sp', 'full', 'assets'];
const URL = 'https://cdn.test/a.png?ex=1';
const { signal } = new AbortController();

let server: ScriptedServer;
let open: { close(): Promise<void> }[];
beforeEach(async () => {
  server = await startScriptedServer();
  open = [server];
});
afterEach(async () => {
  await Promise.all(open.map((opened) => opened.close()));
});

function library(name: string, apiKey = 'sk-1234567890'): LibraryPort {
  const options = { baseUrl: server.url, apiKey, media: memoryMedia(), libraries: LIBRARIES };
  const providers = [JIMMY, ANYFAST].map((descriptor) => createProvider(descriptor, options));
  open.push(...providers);
  const found = providers.flatMap(({ libraries = [] }) => libraries).find(({ id }) => id === name);
  if (found === undefined) throw new Error(`no library ${name}`);
  return found;
}

const file = (changes: Partial<FileForLibrary> = {}): FileForLibrary => ({
  kind: 'image',
  way: 'file',
  name: 'clapper-1',
  url: URL,
  groupId: 'group-1',
  ...changes,
});
function last() {
  const request = server.seen.at(-1);
  return {
    method: request?.method,
    path: request?.path,
    body: bodyOf(request?.body ?? ''),
  };
}
function bodyOf(text: string): unknown {
  return text === '' ? '' : JSON.parse(text);
}

const SP = '/api/open-api/v1/seedance/sp';
const FULL = '/api/open-api/v1/seedance/assets';
const ok = (data: object) => answering(200, { code: 0, msg: 'ok', data });
const audited = (...items: object[]) => ok({ items, failedItems: [] });

describe('an upload', () => {
  it.each<
    [library: string, change: Partial<FileForLibrary>, script: Script, path: string, body: object]
  >([
    [
      'jimmy/sp',
      {},
      ok({ asset_id: 'a-1' }),
      `${SP}/assets/upload`,
      { name: 'clapper-1', type: 'image', url: URL },
    ],
    [
      'jimmy/sp',
      { way: 'person' },
      ok({ asset_id: 'a-1', official_id: 'o-1', status: 'Processing', asset_ref: null }),
      `${SP}/realperson/submit`,
      { name: 'clapper-1', url: URL },
    ],
    ['jimmy/full', {}, audited({ assetId: 'a-1' }), `${FULL}/audit`, { imageUrls: [URL] }],
    [
      'jimmy/full',
      { kind: 'video' },
      audited({ asset_id: 'a-1' }),
      `${FULL}/audit`,
      { videoUrls: [URL] },
    ],
    [
      'jimmy/full',
      { kind: 'audio' },
      audited({ id: 'a-1' }),
      `${FULL}/audit`,
      { audioUrls: [URL] },
    ],
    [
      'anyfast/assets',
      { kind: 'video' },
      answering(200, { Id: 'a-1' }),
      '/volc/asset/CreateAsset',
      {
        model: 'volc-asset-video',
        GroupId: 'group-1',
        Name: 'clapper-1',
        AssetType: 'Video',
        URL,
      },
    ],
  ])('to %s with %j is the documented call', async (name, change, script, path, body) => {
    server.play(script);
    const answer = await library(name).upload(file(change), signal);
    expect(answer).toEqual({ kind: 'uploaded', id: 'a-1' });
    expect(last()).toEqual({ method: 'POST', path, body });
  });

  it.each<[what: string, library: string, script: Script, kind: string]>([
    [
      'an error of the provider',
      'jimmy/sp',
      answering(200, { code: 20_002, msg: 'no' }),
      'refused',
    ],
    [
      'a file that failed',
      'jimmy/full',
      ok({ items: [], failedItems: [{ originalUrl: URL }] }),
      'refused',
    ],
    ['no id', 'jimmy/sp', ok({}), 'lost'],
    ['an id that no body could carry', 'jimmy/sp', ok({ asset_id: '../../x' }), 'lost'],
    ['a server error', 'anyfast/assets', answering(502, ''), 'lost'],
    ['a cut', 'anyfast/assets', (_answer, _request, socket) => socket.resetAndDestroy(), 'lost'],
    ['429', 'anyfast/assets', answering(429, {}, { 'retry-after': '5' }), 'busy'],
    ['no such path', 'jimmy/full', answering(404, '<html></html>'), 'wrong-address'],
    ['a wrong key', 'jimmy/sp', answering(401, {}), 'refused'],
  ])('that is answered by %s at %s', async (_what, name, script, kind) => {
    server.play(script);
    expect((await library(name).upload(file(), signal)).kind).toBe(kind);
  });

  it('that reaches nobody was not sent', async () => {
    const port = library('jimmy/sp');
    await server.close();
    expect((await port.upload(file(), signal)).kind).toBe('not-sent');
  });
});

function sp(status: string, id = 'a-1'): Script {
  return ok({ asset_id: id, status });
}

describe('a look', () => {
  it.each<[what: string, library: string, script: Script, kind: string]>([
    ['Active', 'jimmy/sp', sp('Active'), 'active'],
    ['Processing', 'jimmy/sp', sp('Processing'), 'pending'],
    ['a word that nobody knows', 'jimmy/sp', sp('Pondering'), 'pending'],
    ['Failed', 'jimmy/sp', sp('Failed'), 'failed'],
    ["another's id", 'jimmy/sp', sp('Active', 'a-2'), 'no-answer'],
    ['an error', 'jimmy/sp', answering(200, { code: -1, msg: 'x' }), 'no-answer'],
    ['Rejected', 'jimmy/full', audited({ assetId: 'a-1', status: 'Rejected' }), 'failed'],
    [
      'its item among others',
      'jimmy/full',
      audited({ id: 'b' }, { id: 'a-1', status: 'active' }),
      'active',
    ],
    ['other items', 'jimmy/full', audited({ assetId: 'b', status: 'Active' }), 'no-answer'],
    ['Active', 'anyfast/assets', answering(200, { Id: 'a-1', Status: 'Active' }), 'active'],
    ['Inactive', 'anyfast/assets', answering(200, { Id: 'a-1', Status: 'Inactive' }), 'pending'],
    [
      'a missing asset',
      'anyfast/assets',
      answering(404, { error: { message: '[NotFound.asset_id] not found', type: 'x', code: '' } }),
      'missing',
    ],
    ['a missing path', 'anyfast/assets', answering(404, '<html></html>'), 'no-answer'],
    ['a server error', 'anyfast/assets', answering(500, ''), 'no-answer'],
    ['no JSON', 'anyfast/assets', answering(200, 'hello'), 'no-answer'],
  ])('that is answered by %s at %s', async (_what, name, script, kind) => {
    server.play(script);
    const found = await library(name).look({ id: 'a-1', way: 'file' }, signal);
    expect(found.kind).toBe(kind);
  });

  it('at the portrait of a person has a call of its own', async () => {
    server.play(sp('Active'));
    await library('jimmy/sp').look({ id: 'a-1', way: 'person' }, signal);
    expect(last()).toMatchObject({ path: `${SP}/realperson/status`, body: { asset_id: 'a-1' } });
  });

  it('asks the audit by both names that its parameter may have', async () => {
    server.play(answering(200, { code: 20_002, msg: 'asset_ids is required', data: null }));
    await library('jimmy/full').look({ id: 'a-1', way: 'file' }, signal);
    const paths = server.seen.map(({ method, path }) => `${method} ${path}`);
    expect(paths).toEqual([`GET ${FULL}/status?assetIds=a-1`, `GET ${FULL}/status?asset_ids=a-1`]);
  });
});

describe("AnyFast's list and deletion", () => {
  const upload = { name: 'clapper-1', groupId: 'group-1' };
  it.each<[what: string, script: Script, found: object]>([
    [
      'the asset of exactly this name',
      answering(200, {
        Items: [
          { Id: 'a-9', Name: 'clapper-10' },
          { Id: 'a-1', Name: 'clapper-1' },
        ],
      }),
      { kind: 'found', id: 'a-1' },
    ],
    ['none', answering(200, { Items: [] }), { kind: 'absent' }],
    ['no list', answering(200, {}), { kind: 'no-answer', detail: 'no list' }],
    ['nothing', answering(503, ''), { kind: 'no-answer', detail: 'HTTP 503' }],
  ])('finds %s', async (_what, script, found) => {
    server.play(script);
    expect(await library('anyfast/assets').find(upload, signal)).toEqual(found);
    expect(last().body).toMatchObject({ Filter: { Name: 'clapper-1', GroupIds: ['group-1'] } });
  });

  it.each<[what: string, script: Script, kind: string]>([
    ['it was there', answering(200, { Id: 'a-1', Deleted: true }), 'gone'],
    [
      'it was not',
      answering(404, { error: { message: '[NotFound.asset_id]', type: 'x', code: '' } }),
      'gone',
    ],
    ['nobody answers', answering(500, ''), 'no-answer'],
    ['another is', answering(200, { Id: 'a-2', Deleted: true }), 'no-answer'],
    ['nothing is said of it', answering(200, { code: 'success', data: null }), 'no-answer'],
  ])('deletes, when %s', async (_what, script, kind) => {
    server.play(script);
    expect((await library('anyfast/assets').delete('a-1', signal)).kind).toBe(kind);
    expect(last().body).toEqual({ model: 'volc-asset', Id: 'a-1' });
  });

  it('are the only ones that documents have', async () => {
    for (const name of ['jimmy/sp', 'jimmy/full']) {
      const { canFind, canDelete, ...other } = library(name);
      expect([canFind, canDelete]).toEqual([false, false]);
      expect((await other.find(upload, signal)).kind).toBe('no-answer');
      expect((await other.delete('a-1', signal)).kind).toBe('no-answer');
      expect((await other.createGroup('g', signal)).kind).toBe('not-sent');
    }
    expect(server.seen).toEqual([]);
  });

  it('makes a group', async () => {
    server.play(answering(200, { Id: 'group-7' }));
    const made = await library('anyfast/assets').createGroup('clapper', signal);
    expect(made).toEqual({ kind: 'uploaded', id: 'group-7' });
    expect(last().body).toEqual({ model: 'volc-asset', Name: 'clapper', GroupType: 'AIGC' });
  });
});

it('tells keys apart without telling them', () => {
  const [one, same, other] = ['sk-1234567890', 'sk-1234567890', 'sk-0987654321'].map(
    (key) => library('jimmy/sp', key).fingerprint,
  );
  expect(one).toBe(same);
  expect(one).not.toBe(other);
  expect(one).toMatch(/^[0-9a-f]{16}$/);
});
