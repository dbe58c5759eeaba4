import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listRoutes } from '../../src/bot/list-routes.ts';
import { makeCatalogue } from '../../src/bot/make-catalogue.ts';
import type { HttpLimits } from '../../src/providers/http-json.ts';
import { OPENROUTER } from '../../src/providers/openrouter/descriptor.ts';
import type { RouteListCall } from '../../src/providers/route-list.ts';
import {
  OPENROUTER_MODELS,
  listedModel,
} from '../../src/simulators/providers/openrouter/models.ts';
import { createRouteListStore } from '../../src/store/route-list-store.ts';
import { recordingLog } from '../fakes/log.ts';
import { memoryRecords } from '../fakes/memory-records.ts';
import { answering, startScriptedServer } from '../providers/scripted-server.ts';
import type { ScriptedServer } from '../providers/scripted-server.ts';
import { configOf, sourcesWith } from '../config/environment.ts';

const { list } = OPENROUTER;
if (list === undefined) throw new Error('no list');
const LIST: RouteListCall = list;
const KEY = 'sk-or-0123456789';
const MODELS = OPENROUTER_MODELS.map(listedModel);
const IDS = OPENROUTER_MODELS.map(({ id }) => id);
const LIMITS: HttpLimits = { connectMs: 2000, createMs: 500, queryMs: 500, maxBodyBytes: 65_536 };

let server: ScriptedServer;
let records: ReturnType<typeof memoryRecords>;
let log: ReturnType<typeof recordingLog>;
beforeEach(async () => {
  server = await startScriptedServer();
  records = memoryRecords();
  log = recordingLog();
});
afterEach(async () => server.close());

const deps = () => ({
  lists: createRouteListStore(records),
  log,
  stopping: new AbortController().signal,
  limits: LIMITS,
});

async function listedIds(models?: readonly string[]): Promise<string[] | undefined> {
  const settings = {
    apiKey: KEY,
    baseUrl: `${server.url}/api/v1`,
    ...(models && { listedModels: models }),
  };
  const listed = await listRoutes({ id: 'openrouter', list: LIST }, settings, deps());
  return listed?.routes.map(({ model }) => model);
}

const said = (level: string): string[] =>
  log.lines.filter((line) => line.level === level).map(({ message }) => message);

describe('the list of a provider', () => {
  it('is asked once, with the key, and kept', async () => {
    server.play(answering(200, { data: MODELS }));
    expect(await listedIds()).toEqual(IDS);
    expect(server.seen).toMatchObject([
      { method: 'GET', path: '/api/v1/videos/models', headers: { authorization: `Bearer ${KEY}` } },
    ]);
    expect([...records.byKey.keys()]).toEqual(['route-list:openrouter']);
    expect([said('warn'), said('error')]).toEqual([[], []]);
  });

  const NO_LISTS: readonly (readonly [what: string, play: () => Promise<void> | void])[] = [
    ['gone', async () => server.close()],
    ['cut', () => server.cutEarly()],
    ['silent', () => server.play(() => undefined)],
    ['refused', () => server.play(answering(401, { error: { code: 401, message: 'no' } }))],
    ['not there', () => server.play(answering(404, 'not found'))],
    ['moved', () => server.play(answering(302, '', { location: 'https://elsewhere.test' }))],
    ['broken', () => server.play(answering(503, 'later'))],
    ['empty', () => server.play(answering(200, { data: [] }))],
    ['of nothing usable', () => server.play(answering(200, { data: [{ id: 'x' }, null, 7] }))],
    ['no list', () => server.play(answering(200, { data: { 0: MODELS[0] } }))],
    ['no object', () => server.play(answering(200, '[[[[[['))],
    ['huge', () => server.play(answering(200, { data: MODELS, padding: 'x'.repeat(70_000) }))],
  ];

  it.each(NO_LISTS)('that is %s leaves the one that was kept', async (_what, play) => {
    server.play(answering(200, { data: MODELS }));
    await listedIds();
    await play();
    expect(await listedIds()).toEqual(IDS);
    expect(said('warn')).toEqual(['the list of models cannot be had: its last one is used']);
    expect(JSON.stringify(log.lines)).not.toContain(KEY);
  });

  it.each(NO_LISTS)('that is %s and was never read gives no models', async (_what, play) => {
    await play();
    expect(await listedIds()).toBeUndefined();
    expect(said('error')).toEqual([
      'the list of models cannot be had, and none is kept: it has no models',
    ]);
  });

  it('that changed is taken, and what went is named', async () => {
    server.play(answering(200, { data: MODELS }));
    await listedIds();
    server.play(answering(200, { data: MODELS.slice(1) }));
    expect(await listedIds()).toEqual(IDS.slice(1));
    expect(log.lines.filter(({ level }) => level === 'warn')).toMatchObject([
      { fields: { provider: 'openrouter', models: [IDS[0]], count: 1 } },
    ]);
  });

  it('with a wrong entry loses that one alone', async () => {
    const wrong = [null, { id: '../../x' }, { ...MODELS[0], supported_durations: 'all' }];
    server.play(answering(200, { data: [...wrong, ...MODELS] }));
    expect(await listedIds()).toEqual(IDS);
  });

  it('is narrowed to what is wanted, and says what it does not have', async () => {
    server.play(answering(200, { data: MODELS }));
    expect(await listedIds(['google/veo-3.1', 'google/veo-9'])).toEqual(['google/veo-3.1']);
    expect(log.lines.filter(({ level }) => level === 'warn')).toMatchObject([
      { fields: { setting: 'OPENROUTER_MODELS', models: ['google/veo-9'] } },
    ]);
    // As /models shows it.
    expect(await listedIds(['openrouter/google/veo-3.1'])).toEqual(['google/veo-3.1']);
    // What is not wanted now may be wanted later.
    await server.close();
    expect(await listedIds()).toEqual(IDS);
  });

  it('is used although it cannot be kept, and asked for although the kept one is damaged', async () => {
    server.play(answering(200, { data: MODELS }));
    records.byKey.set('route-list:openrouter', { entries: 'damaged' });
    expect(await listedIds()).toEqual(IDS);
    const write = records.write.bind(records);
    records.write = async () => Promise.reject(new Error('disk full'));
    expect(await listedIds()).toEqual(IDS);
    expect(said('warn')).toEqual(['the list of models could not be kept']);
    records.write = write;
  });

  it('is not waited for by a start that is stopped', async () => {
    server.play(() => undefined);
    const stopping = new AbortController();
    const settings = { apiKey: KEY, baseUrl: server.url };
    const limits = { ...LIMITS, queryMs: 600_000 };
    const listing = listRoutes({ id: 'openrouter', list: LIST }, settings, {
      ...deps(),
      stopping: stopping.signal,
      limits,
    });
    await server.nextRequest();
    stopping.abort();
    expect(await listing).toBeUndefined();
  });
});

/** The catalogue and settings of a start with these prices of the operator. */
async function made(
  prices: object | undefined,
  models: readonly object[] = MODELS,
  env: Readonly<Record<string, string>> = {},
) {
  server.play(answering(200, { data: models }));
  const files = prices === undefined ? {} : { 'prices.json': JSON.stringify(prices) };
  const config = configOf(
    { OPENROUTER_API_KEY: KEY, OPENROUTER_API_URL: server.url, ...env },
    sourcesWith(files),
  );
  const stopping = new AbortController().signal;
  return makeCatalogue({ config, log, stopping, metrics: undefined }, { records });
}

describe('the catalogue with it', () => {
  it('has its routes by their ids with slashes, and its prices in USD', async () => {
    const { catalogue, config } = await made(undefined);
    expect(catalogue.routes.map(({ id }) => id)).toEqual(
      expect.arrayContaining(IDS.map((id) => `openrouter/${id}`)),
    );
    expect(config.priceList?.currency).toBe('USD');
    expect(config.priceList?.prices.get('openrouter/google/veo-3.1-4k-silent')).toEqual({
      amount: '0.4',
      currency: 'USD',
      per: 'second',
    });
    // A form that is not known.
    expect(config.priceList?.prices.has('openrouter/runway/gen-4.5')).toBe(false);
  });

  it('takes the operator’s prices for its routes first, and names those of none', async () => {
    const { config } = await made({
      currency: 'CNY',
      rates: { USD: '7' },
      prices: {
        'openrouter/google/veo-3.1-4k': { amount: '9', per: 'task' },
        'openrouter/google/veo-4-720p': { amount: '9', per: 'task' },
      },
    });
    const prices = config.priceList?.prices;
    expect(prices?.get('openrouter/google/veo-3.1-4k')).toMatchObject({ amount: '9' });
    expect(prices?.get('openrouter/google/veo-3.1-4k-silent')).toBeUndefined();
    expect(prices?.get('openrouter/google/veo-3.1-720p')).toMatchObject({ rate: '7' });
    expect(log.lines.filter(({ level }) => level === 'warn')).toMatchObject([
      { fields: { setting: 'PRICES_FILE', keys: ['openrouter/google/veo-4-720p'] } },
    ]);
  });

  it('says that its prices are not known in a currency without a rate', async () => {
    const { config } = await made({ currency: 'EUR', prices: {} });
    expect(config.priceList?.prices.size).toBe(0);
    expect(said('warn')).toHaveLength(1);
    expect(said('warn')[0]).toContain('no rate for the currency of its list');
  });
});

const ids = ({ catalogue }: Awaited<ReturnType<typeof made>>): string[] =>
  catalogue.routes.flatMap(({ id, provider }) => (provider === 'openrouter' ? [id] : []));

describe('a list that another process has read since', () => {
  it('has its new models in the catalogue and at the provider once they are learned', async () => {
    const before = await made(undefined, MODELS.slice(2));
    const { learnRoutes, catalogue, descriptors } = before;
    await made(undefined, MODELS.slice(0, -1));
    await learnRoutes();
    await learnRoutes();
    const all = [...IDS.slice(2), ...IDS.slice(0, 2)];
    expect(ids(before)).toEqual(all.map((id) => `openrouter/${id}`));
    const descriptor = descriptors.find(({ id }) => id === 'openrouter');
    expect(descriptor?.routes.map(({ model }) => model)).toEqual(all);
    const names = catalogue.routes.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    const learned = log.lines.filter(({ message }) => message.includes('know more models'));
    expect(learned).toMatchObject([{ fields: { models: IDS.slice(0, 2), count: 2 } }]);
  });

  it('gives no model that is not wanted here', async () => {
    const [wanted = '', other = ''] = IDS;
    const env = { OPENROUTER_MODELS: `${wanted},${IDS[2]}` };
    const before = await made(undefined, MODELS.slice(2), env);
    await made(undefined);
    await before.learnRoutes();
    expect(ids(before)).toEqual([`openrouter/${IDS[2]}`, `openrouter/${wanted}`]);
    expect(ids(before)).not.toContain(`openrouter/${other}`);
  });

  it('gives nothing where none can be read', async () => {
    const before = await made(undefined, MODELS.slice(2));
    records.byKey.set('route-list:openrouter', { entries: 'damaged' });
    await before.learnRoutes();
    expect(ids(before)).toHaveLength(IDS.length - 2);
  });
});
