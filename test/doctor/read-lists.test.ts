import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkPrices } from '../../src/doctor/check-prices.ts';
import { readLists } from '../../src/doctor/read-lists.ts';
import {
  OPENROUTER_MODELS,
  listedModel,
} from '../../src/simulators/providers/openrouter/models.ts';
import { configOf, sourcesWith } from '../config/environment.ts';
import { answering, startScriptedServer } from '../providers/scripted-server.ts';
import type { ScriptedServer } from '../providers/scripted-server.ts';

const MODELS = { data: OPENROUTER_MODELS.map(listedModel) };

let server: ScriptedServer;
beforeEach(async () => {
  server = await startScriptedServer();
});
afterEach(async () => server.close());

/** The settings of an installation with OpenRouter alone. */
function settings(env: Record<string, string> = {}, prices?: object) {
  const openrouter = {
    JIMMY_API_KEY: undefined,
    OPENROUTER_API_KEY: 'sk-or-0123456789',
    OPENROUTER_API_URL: `${server.url}/api/v1`,
  };
  const files = prices === undefined ? {} : { 'prices.json': JSON.stringify(prices) };
  return configOf({ ...openrouter, ...env }, sourcesWith(files));
}

async function said(config: ReturnType<typeof settings>): Promise<string[]> {
  const { findings, config: read } = await readLists(config);
  return [...findings, checkPrices({ ...config, ...read })].map(
    ({ level, about, text }) => `${level} ${about}: ${text}`,
  );
}

describe('the list of a provider', () => {
  it('is counted, and what has no price in it is named', async () => {
    server.play(answering(200, MODELS));
    expect(await said(settings())).toEqual([
      'ok OpenRouter models: 4 are offered by its list',
      expect.stringMatching(
        /^warning prices: 1 of \d+ are missing \(openrouter\/runway\/gen-4.5\)/,
      ),
    ]);
    expect(server.seen).toMatchObject([
      { path: '/api/v1/videos/models', headers: { authorization: 'Bearer sk-or-0123456789' } },
    ]);
  });

  it('is compared with the models that are wanted', async () => {
    server.play(answering(200, MODELS));
    const models = 'openrouter/google/veo-3.1,google/veo-9';
    expect(await said(settings({ OPENROUTER_MODELS: models }))).toEqual([
      'ok OpenRouter models: 1 is offered by its list',
      'warning OpenRouter models: google/veo-9: not in its list',
      'ok prices: every model has one, in USD',
    ]);
  });

  it('needs a rate where the price list is in another currency', async () => {
    server.play(answering(200, MODELS));
    const lines = await said(settings({}, { currency: 'CNY', prices: {} }));
    expect(lines[1]).toContain('no rate for USD');
    expect(lines[2]).toMatch(/^warning prices: \d+ of \d+ are missing/);
  });

  it.each([
    ['refused', answering(401, { error: { code: 401, message: 'x' } }), 'HTTP 401'],
    ['empty', answering(200, { data: [] }), 'no usable model'],
    ['a page', answering(200, '<html>'), 'no usable model'],
  ])('that is %s is a fault', async (_what, script, detail) => {
    server.play(script);
    const [line] = await said(settings());
    expect(line).toMatch(/^fault OpenRouter models: its list cannot be read/);
    expect(line).toContain(detail);
  });

  it('is asked of none but providers that are on and have one', async () => {
    const config = configOf({});
    expect(await readLists(config)).toEqual({
      findings: [],
      config: { descriptors: config.descriptors },
    });
  });
});
