import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';

import type { AssetFate } from '../answers.ts';
import type { SimulatedProviders } from '../simulated-providers.ts';
import { startSimulatedProviders } from '../simulated-providers.ts';
import { pick } from './client.ts';

const URL = 'https://pictures.test/a.png';
const SP = '/api/open-api/v1/seedance/sp/';
const FULL = '/api/open-api/v1/seedance/assets/';

let providers: SimulatedProviders;
let nowMs = 0;

beforeAll(async () => {
  providers = await startSimulatedProviders({ quick: true, taskMs: 0, now: () => nowMs });
});
afterAll(async () => {
  await providers.close();
});
beforeEach(() => {
  for (const knobs of Object.values(providers.knobs)) {
    for (const knob of [knobs.assetUpload, knobs.assetLook, knobs.asset]) knob.reset();
  }
});

async function call(name: 'jimmy' | 'anyfast', path: string, body?: unknown) {
  const { url, key } = providers[name];
  const response = await fetch(url + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer: unknown = await response.json();
  return { status: response.status, body: answer };
}

async function upload(): Promise<string> {
  const file = { name: 'n', type: 'image', url: URL };
  const { body } = await call('jimmy', `${SP}assets/upload`, file);
  return String(pick(body, 'data.asset_id'));
}

async function detail(id: string) {
  return call('jimmy', `${SP}assets/detail`, { asset_id: id });
}

async function create(id: string) {
  return call('jimmy', '/api/open-api/v1/seedance/videos', {
    model: 'seedance2.0-sp',
    prompt: 'a boat',
    duration: 5,
    images: [`asset://${id}`],
  });
}

async function asset(path: string, body: object) {
  return call('anyfast', `/volc/asset/${path}`, body);
}

async function created(name: string): Promise<string> {
  const { body: group } = await asset('CreateAssetGroup', { model: 'volc-asset', Name: 'g' });
  const GroupId = pick(group, 'Id');
  const file = { model: 'volc-asset', GroupId, Name: name, AssetType: 'Image', URL };
  const { body } = await asset('CreateAsset', file);
  return String(pick(body, 'Id'));
}

describe('what becomes of a medium', () => {
  test.each<[fate: AssetFate, first: unknown, later: unknown]>([
    [{ kind: 'active' }, 'Active', 'Active'],
    [{ kind: 'active', afterMs: 1000 }, 'Processing', 'Active'],
    [{ kind: 'stuck' }, 'Processing', 'Processing'],
    [{ kind: 'failed' }, 'Failed', 'Failed'],
    [{ kind: 'rejected' }, 'Rejected', 'Rejected'],
    [{ kind: 'never-there' }, undefined, undefined],
    [{ kind: 'vanishes', afterMs: 1000 }, 'Active', undefined],
  ])('by the knob %j', async (fate, first, later) => {
    nowMs = 0;
    providers.knobs.jimmy.asset.next(fate);
    const id = await upload();
    expect(pick((await detail(id)).body, 'data.status')).toBe(first);
    nowMs = 1000;
    expect(pick((await detail(id)).body, 'data.status')).toBe(later);
  });

  it('may be answered about another one', async () => {
    providers.knobs.jimmy.asset.next({ kind: 'anothers' });
    const id = await upload();
    expect(pick((await detail(id)).body, 'data.asset_id')).not.toBe(id);
  });
});

describe('Jimmy AI', () => {
  it('takes the portrait of a person, whose reference it gives once it is active', async () => {
    nowMs = 0;
    providers.knobs.jimmy.asset.next({ kind: 'active', afterMs: 1000 });
    const { body } = await call('jimmy', `${SP}realperson/submit`, { name: 'me', url: URL });
    expect(body).toMatchObject({ code: 0, data: { status: 'Processing', asset_ref: null } });
    const id = String(pick(body, 'data.asset_id'));
    nowMs = 1000;
    const status = await call('jimmy', `${SP}realperson/status`, { asset_id: id });
    expect(status.body).toMatchObject({ data: { status: 'Active', asset_ref: `asset://${id}` } });
  });

  it('takes media of the Full routes for their audit', async () => {
    const { body } = await call('jimmy', `${FULL}audit`, { imageUrls: [URL] });
    expect(body).toMatchObject({ data: { items: [{ originalUrl: URL }], failedItems: [] } });
    const id = String(pick(body, 'data.items.0.assetId'));
    const status = await call('jimmy', `${FULL}status?assetIds=${id}`);
    expect(status.body).toMatchObject({ data: { items: [{ assetId: id, status: 'Active' }] } });
  });

  it.each([
    ['a name', { type: 'image', url: URL }],
    ['a type that exists', { name: 'n', type: 'picture', url: URL }],
    ['an address', { name: 'n', type: 'image', url: 'data:image/png;base64,AAAA' }],
  ])('refuses an upload without %s', async (_what, body) => {
    const answer = await call('jimmy', `${SP}assets/upload`, body);
    expect(answer.body).toMatchObject({ code: 20_002 });
  });

  it('makes a video of what is active alone', async () => {
    providers.knobs.jimmy.asset.next({ kind: 'stuck' });
    const stuck = await create(await upload());
    expect(pick(stuck.body, 'msg')).toMatch(/still processing/);
    expect(pick((await create('asset_none')).body, 'msg')).toMatch(/not found/);
    expect(pick((await create(await upload())).body, 'code')).toBe('20000');
  });
});

describe('AnyFast', () => {
  it('lists what it has by name, and deletes it', async () => {
    const Id = await created('boat-7');
    const listed = await asset('ListAssets', { model: 'volc-asset', Filter: { Name: 'boat-7' } });
    expect(listed.body).toMatchObject({ Items: [{ Id, Name: 'boat-7' }], TotalCount: 1 });
    expect((await asset('DeleteAsset', { Id })).body).toEqual({ Id, Deleted: true });
    expect((await asset('GetAsset', { Id })).status).toBe(404);
    expect((await asset('DeleteAsset', { Id })).status).toBe(404);
  });

  it('refuses an asset without a group', async () => {
    const { status } = await asset('CreateAsset', { model: 'volc-asset', Name: 'n' });
    expect(status).toBe(400);
  });

  it('keeps an asset whose answer was lost', async () => {
    providers.knobs.anyfast.assetUpload.next({ kind: 'cut', accepts: true });
    await expect(created('boat-8')).rejects.toThrow('fetch failed');
    const listed = await asset('ListAssets', { model: 'volc-asset', Filter: { Name: 'boat-8' } });
    expect(pick(listed.body, 'TotalCount')).toBe(1);
  });
});
