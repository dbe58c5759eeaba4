import { describe, expect, it } from 'vitest';
import { createChooseModel } from '../../src/app/choose-model.ts';
import { DEFAULT_SETTINGS } from '../../src/domain/guild-settings.ts';
import type { GuildSettings } from '../../src/domain/guild-settings.ts';
import { ROUTES, routeOf } from '../fakes/catalogue.ts';
import { recordingLog } from '../fakes/log.ts';

const SP = 'jimmy/seedance2.0-sp';
const MD = 'jimmy/seedance2.0-md';
const STD = 'jimmy/seedance2.0-std';

interface World {
  readonly settings?: Partial<GuildSettings>;
  readonly preferred?: string;
  readonly routesOn?: readonly string[];
}

function choosing({ settings, preferred, routesOn }: World) {
  const choose = createChooseModel({
    routesOn: routesOn?.map((id) => routeOf(id)) ?? ROUTES,
    guilds: { get: async () => ({ ...DEFAULT_SETTINGS, ...settings }) },
    preferences: { get: async () => (preferred === undefined ? {} : { model: preferred }) },
    log: recordingLog(),
  });
  return async (typed?: string) => choose({ guildId: '1', memberId: '2', typed });
}

describe('the model of a request', () => {
  it.each<[string, World, string | undefined, string, readonly string[]]>([
    ['what was typed', { settings: { defaultModel: MD }, preferred: STD }, SP, SP, []],
    ["the member's", { settings: { defaultModel: MD }, preferred: STD }, undefined, STD, []],
    ["the server's", { settings: { defaultModel: MD } }, undefined, MD, []],
    [
      "the server's where the member's is off",
      { settings: { defaultModel: MD }, preferred: STD, routesOn: [SP, MD] },
      undefined,
      MD,
      ['model'],
    ],
    [
      "the server's where the member's is not allowed",
      { settings: { defaultModel: MD, routes: [MD] }, preferred: STD },
      undefined,
      MD,
      ['model'],
    ],
  ])('is %s', async (_what, world, typed, expected, leftOut) => {
    expect(await choosing(world)(typed)).toEqual({
      kind: 'route',
      route: routeOf(expected),
      leftOut,
    });
  });

  it.each<[string, World]>([
    ['there is no default', {}],
    ['the default is off', { settings: { defaultModel: MD }, routesOn: [SP] }],
    ['the default is no longer allowed', { settings: { defaultModel: MD, routes: [SP] } }],
  ])('is none where %s, and those that are allowed are named', async (_why, world) => {
    const { settings, routesOn } = world;
    const allowed = settings?.routes ?? routesOn ?? ROUTES.map(({ id }) => id);
    expect(await choosing(world)()).toEqual({
      kind: 'none',
      allowed: allowed.map((id) => routeOf(id)),
    });
  });

  it('is not guessed from what is no model', async () => {
    const world = { settings: { defaultModel: MD }, preferred: STD };
    expect(await choosing(world)('sp fsat')).toMatchObject({
      kind: 'unknown',
      nearest: { name: 'SP Fast' },
    });
  });

  it('is not decided without the defaults', async () => {
    const log = recordingLog();
    const deps = { routesOn: ROUTES, preferences: { get: async () => ({}) }, log };
    const wanted = { guildId: '1', memberId: '2', typed: undefined };
    const down = createChooseModel({
      ...deps,
      guilds: { get: async () => Promise.reject(new Error('disk gone')) },
    });
    expect(await down(wanted)).toMatchObject({ kind: 'store-down' });
    expect(log.lines).toMatchObject([{ level: 'error' }]);
  });
});
