import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { HANDLERS, definitionsOf } from '../../src/bot/handlers.ts';
import { REST } from '../../src/discord/discord-js.ts';
import { commandScopes, registerCommands } from '../../src/discord/register-commands.ts';
import { areSameCommands } from '../../src/discord/same-commands.ts';
import { APPLICATION_ID } from '../fakes/a-task.ts';
import { CATALOGUE } from '../fakes/catalogue.ts';
import { recordingLog } from '../fakes/log.ts';
import { startRestServer } from '../fakes/rest-server.ts';
import type { RestAnswer, SeenCall } from '../fakes/rest-server.ts';

const GLOBAL = `/applications/${APPLICATION_ID}/commands`;
const guildPath = (guildId: string): string =>
  `/applications/${APPLICATION_ID}/guilds/${guildId}/commands`;
const HOME = '1300000000000000011';
const OTHER = '1300000000000000012';
const CLOSED = '1300000000000000013';

const commandList = z.array(z.record(z.string(), z.unknown()));
type Listed = z.infer<typeof commandList>;

const definitions = definitionsOf(HANDLERS, CATALOGUE);

/** Fields that Discord adds, and those it sends as null if nothing was set. */
function asDiscordTells(commands: Listed, path: string): Listed {
  const guildId = /guilds\/(\d+)/.exec(path)?.[1];
  return commands.map((command, index) => ({
    id: `130000000000000020${index}`,
    application_id: APPLICATION_ID,
    version: '1300000000000000300',
    type: 1,
    default_member_permissions: null,
    dm_permission: true,
    nsfw: false,
    name_localizations: null,
    ...withDefaults(command),
    ...(guildId === undefined
      ? {}
      : { guild_id: guildId, contexts: null, integration_types: null }),
  }));
}

function withDefaults(command: Listed[number]): object {
  const options = commandList.safeParse(command['options']).data ?? [];
  return {
    ...command,
    options: options.map((option) => ({
      required: false,
      name_localizations: null,
      ...withDefaults(option),
    })),
  };
}

/** Discord's registry: stores what is put, and refuses servers that the bot is not in. */
async function registry() {
  const server = await startRestServer();
  const kept = new Map<string, Listed>();
  server.otherwise = ({ method, path, body }: SeenCall): RestAnswer => {
    const route = path.replace(/\?.*/, '');
    if (route.includes(CLOSED)) {
      return { status: 403, body: { code: 50_001, message: 'Missing Access' } };
    }
    if (method === 'PUT') kept.set(route, commandList.parse(JSON.parse(body.toString())));
    return { status: 200, body: asDiscordTells(kept.get(route) ?? [], route) };
  };
  const log = recordingLog();
  const rest = new REST({ api: server.url, version: '10' }).setToken('bot-token');
  const puts = (): string[] =>
    server.seen.filter(({ method }) => method === 'PUT').map(({ path }) => path);
  return { server, kept, log, puts, deps: { rest, applicationId: APPLICATION_ID, log } };
}

describe('registration', () => {
  it('puts global commands once, and nothing if they are the same', async () => {
    const { deps, puts, server, kept } = await registry();
    await registerCommands(deps, commandScopes(definitions, new Set(), []));
    expect(puts()).toEqual([GLOBAL]);
    expect(kept.get(GLOBAL)).toEqual(JSON.parse(JSON.stringify(definitions)));
    await registerCommands(deps, commandScopes(definitions, new Set(), []));
    expect(puts()).toHaveLength(1);
    expect(server.seen[0]?.path).toBe(`${GLOBAL}?with_localizations=true`);
    expect(server.seen[0]?.headers.authorization).toBe('Bot bot-token');
  });

  it('puts the commands of its servers once, and nothing if they are the same', async () => {
    const { deps, puts } = await registry();
    const served = new Set([HOME, OTHER]);
    await registerCommands(deps, commandScopes(definitions, served, []));
    await registerCommands(deps, commandScopes(definitions, served, [HOME]));
    expect(puts()).toEqual([guildPath(HOME), guildPath(OTHER)]);
  });

  it('reports the commands with the ids that Discord has for them, written or not', async () => {
    const { deps } = await registry();
    const reported: unknown[] = [];
    const onRegistered = (guildId: string | undefined, commands: unknown): void => {
      reported.push([guildId, commandList.parse(commands)[0]?.['id']]);
    };
    const scopes = commandScopes(definitions, new Set([HOME]), []);
    await registerCommands({ ...deps, onRegistered }, scopes);
    await registerCommands({ ...deps, onRegistered }, scopes);
    const own = [HOME, '1300000000000000200'];
    expect(reported).toEqual([[undefined, undefined], own, [undefined, undefined], own]);
  });

  it('puts commands again that became different', async () => {
    const { deps, puts } = await registry();
    await registerCommands(deps, commandScopes(definitions, new Set(), []));
    const renamed = definitions.map((command) => ({ ...command, name: `my-${command.name}` }));
    await registerCommands(deps, commandScopes(renamed, new Set(), []));
    await registerCommands(deps, commandScopes(renamed.slice(0, 1), new Set(), []));
    expect(puts()).toHaveLength(3);
  });

  it('notices a text that changed in one language only', async () => {
    const { deps, puts, kept } = await registry();
    await registerCommands(deps, commandScopes(definitions, new Set(), []));
    const [first, ...rest] = kept.get(GLOBAL) ?? [];
    kept.set(GLOBAL, [{ ...first, description_localizations: { 'en-US': 'old' } }, ...rest]);
    await registerCommands(deps, commandScopes(definitions, new Set(), []));
    expect(puts()).toHaveLength(2);
  });

  it('removes global commands if servers are named', async () => {
    const { deps, kept } = await registry();
    await registerCommands(deps, commandScopes(definitions, new Set(), []));
    await registerCommands(deps, commandScopes(definitions, new Set([HOME]), [OTHER]));
    expect(kept.get(GLOBAL)).toEqual([]);
    expect(kept.get(guildPath(HOME))).toHaveLength(definitions.length);
    expect(kept.get(guildPath(OTHER))).toBeUndefined();
  });

  it('removes the commands of servers if it is global or no longer serves them', async () => {
    const { deps, kept } = await registry();
    await registerCommands(deps, commandScopes(definitions, new Set([HOME, OTHER]), []));
    await registerCommands(deps, commandScopes(definitions, new Set([HOME]), [HOME, OTHER]));
    expect(kept.get(guildPath(OTHER))).toEqual([]);
    await registerCommands(deps, commandScopes(definitions, new Set(), [HOME, OTHER]));
    expect(kept.get(guildPath(HOME))).toEqual([]);
    expect(kept.get(GLOBAL)).toHaveLength(definitions.length);
  });

  it('warns of a server that refuses, and serves the others', async () => {
    const { deps, kept, log } = await registry();
    const served = new Set([CLOSED, HOME]);
    await registerCommands(deps, commandScopes(definitions, served, []));
    expect(kept.get(guildPath(HOME))).toHaveLength(definitions.length);
    const warnings = log.lines.filter(({ level }) => level === 'warn');
    expect(warnings).toMatchObject([{ fields: { guildId: CLOSED } }]);
  });

  it.each([403, 500])('warns of global commands answered %i, to be tried again', async (status) => {
    const { deps, server, log, kept } = await registry();
    const refused = { status, body: { code: 0, message: 'no' } };
    // The library repeats a 5xx three times.
    server.answers.push(...Array.from({ length: status === 500 ? 8 : 2 }, () => refused));
    const scopes = commandScopes(definitions, new Set(), [HOME]);
    const failed = await registerCommands(deps, scopes);
    expect(failed).toEqual([{ guildId: undefined, wanted: definitions }]);
    expect(log.lines.filter(({ level }) => level === 'warn')).toHaveLength(1);
    expect(kept.get(GLOBAL)).toBeUndefined();
    expect(await registerCommands(deps, failed)).toEqual([]);
    expect(kept.get(GLOBAL)).toHaveLength(definitions.length);
  });

  it('tries a server again that did not answer properly, not one that refuses', async () => {
    const { deps, server } = await registry();
    const scopes = commandScopes(definitions, new Set([HOME, CLOSED]), []);
    server.answers.push(
      { status: 200, body: [] },
      ...Array.from({ length: 8 }, () => ({ status: 502, body: {} })),
    );
    expect(await registerCommands(deps, scopes)).toEqual([{ guildId: HOME, wanted: definitions }]);
  });
});

const listed = (change: (command: Listed[number]) => Listed[number]): Listed =>
  asDiscordTells(commandList.parse(JSON.parse(JSON.stringify(definitions))), GLOBAL).map(change);

/** Adds a key to a command and everything in it. */
function withKey(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withKey);
  if (typeof value !== 'object' || value === null) return value;
  const inner = Object.entries(value).map(([key, field]): [string, unknown] => [
    key,
    key.endsWith('_localizations') ? field : withKey(field),
  ]);
  return { ...Object.fromEntries(inner), global_popularity_rank: 1, handler: null };
}

describe('the comparison with the listed commands', () => {
  it('ignores keys that no definition can set, at every depth', () => {
    const more = commandList.parse(withKey(listed((command) => command)));
    expect(areSameCommands(definitions, more)).toBe(true);
  });

  it.each<[string, Listed[number]]>([
    ['a description', { description: 'old' }],
    ['a permission that is no longer wanted', { default_member_permissions: '32', name: 'video' }],
    ['an age restriction', { nsfw: true }],
    ['another type', { type: 3 }],
    ['no options', { options: [] }],
    ['other contexts', { contexts: [0, 1] }],
    ['another language', { description_localizations: { de: 'alt' } }],
  ])('finds %s', (_what, change) => {
    const changed = listed((command) =>
      command['name'] === 'video' ? { ...command, ...change } : command,
    );
    expect(areSameCommands(definitions, changed)).toBe(false);
  });

  it('finds a command that is missing or one too many', () => {
    const all = listed((command) => command);
    expect(areSameCommands(definitions, all.slice(1))).toBe(false);
    expect(areSameCommands(definitions, [...all, { ...all[0], name: 'more' }])).toBe(false);
  });
});
