import { expect, it, onTestFinished } from 'vitest';
import { createDoorEntrance } from '../../../src/discord/door/door-entrance.ts';
import { MisplacedKey } from '../../../src/discord/entrance.ts';
import { sendByLibrary } from '../../../src/discord/library-sender.ts';
import { APPLICATION_ID, GUILD_ID } from '../../fakes/a-task.ts';
import { fakeClock } from '../../fakes/clock.ts';
import { recordingLog } from '../../fakes/log.ts';
import { startRestServer } from '../../fakes/rest-server.ts';
import type { RestAnswer } from '../../fakes/rest-server.ts';

const KEY = 'ab'.repeat(32);
const MINUTE_MS = 60_000;

const application = (changes: object = {}): RestAnswer => ({
  status: 200,
  body: {
    id: APPLICATION_ID,
    verify_key: KEY,
    interactions_endpoint_url: 'https://bot.test/interactions',
    ...changes,
  },
});

async function anEntrance() {
  const server = await startRestServer();
  const world = { application: application() };
  server.otherwise = () => world.application;
  const clock = fakeClock();
  const log = recordingLog();
  const fatal: string[] = [];
  let isOpen = false;
  const entrance = createDoorEntrance({
    door: {
      open() {
        isOpen = true;
      },
      shut() {
        isOpen = false;
      },
      isOpen: () => isOpen,
    },
    publicKey: KEY,
    apiUrl: server.url,
    token: 'a-token',
    makeRequest: sendByLibrary,
    guildList: { list: async () => new Set([GUILD_ID]) },
    clock,
    log,
    onFatal: (reason) => fatal.push(reason),
  });
  onTestFinished(async () => entrance.close());
  const asked = async (times: number): Promise<void> => {
    while (server.seen.length < times) await new Promise(setImmediate);
  };
  const checked = async (isAccepted: boolean): Promise<void> => {
    while (entrance.isReady() !== isAccepted) await new Promise(setImmediate);
  };
  return { entrance, server, world, clock, log, fatal, isOpen: () => isOpen, asked, checked };
}

it('opens once Discord accepts the token, and asks for the application and the servers', async () => {
  const { entrance, server, log, isOpen } = await anEntrance();
  expect([entrance.isReady(), isOpen()]).toEqual([false, false]);
  expect(await entrance.login()).toEqual({ applicationId: APPLICATION_ID, guildIds: [GUILD_ID] });
  expect([entrance.isReady(), isOpen()]).toEqual([true, true]);
  expect(server.seen.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'GET /applications/@me',
  ]);
  expect(server.seen[0]?.headers.authorization).toBe('Bot a-token');
  expect(log.lines).toEqual([]);
  await entrance.close();
  expect([entrance.isReady(), isOpen()]).toEqual([false, false]);
});

it('stays shut with the key of another application', async () => {
  const { entrance, world, isOpen } = await anEntrance();
  world.application = application({ verify_key: 'cd'.repeat(32) });
  await expect(entrance.login()).rejects.toBeInstanceOf(MisplacedKey);
  expect(isOpen()).toBe(false);
});

it('stays shut with a token that Discord refuses, and may be asked again', async () => {
  const { entrance, world, isOpen } = await anEntrance();
  world.application = { status: 401, body: { message: '401: Unauthorized', code: 0 } };
  await expect(entrance.login()).rejects.toMatchObject({ status: 401 });
  expect(isOpen()).toBe(false);
  world.application = application();
  await entrance.login();
  expect(isOpen()).toBe(true);
});

it('says where no address is set yet', async () => {
  const { entrance, world, log } = await anEntrance();
  world.application = application({ interactions_endpoint_url: null });
  await entrance.login();
  expect(log.lines.map(({ message }) => message)).toEqual([
    expect.stringContaining('no Interactions Endpoint URL is set'),
  ]);
});

it('is not ready while Discord does not answer, and is again when it does', async () => {
  const { entrance, world, clock, checked, fatal } = await anEntrance();
  await entrance.login();
  world.application = { status: 403, body: { message: 'no', code: 1 } };
  await clock.advance(MINUTE_MS);
  await checked(false);
  world.application = application();
  await clock.advance(MINUTE_MS);
  await checked(true);
  expect(fatal).toEqual([]);
});

it.each<[string, RestAnswer, string]>([
  [
    'refuses the token',
    { status: 401, body: { message: '401: Unauthorized', code: 0 } },
    'Discord refuses DISCORD_TOKEN',
  ],
  ['has another key', application({ verify_key: 'cd'.repeat(32) }), 'DISCORD_PUBLIC_KEY is not'],
])('ends the bot when Discord %s', async (_what, answer, reason) => {
  const { entrance, world, clock, fatal } = await anEntrance();
  await entrance.login();
  world.application = answer;
  await clock.advance(MINUTE_MS);
  while (fatal.length === 0) await new Promise(setImmediate);
  expect(fatal).toEqual([expect.stringContaining(reason)]);
});
