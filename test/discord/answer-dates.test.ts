import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDiscordTime } from '../../src/app/discord-time.ts';
import { systemClock } from '../../src/app/system-clock.ts';
import { createBanWatch } from '../../src/discord/ban-watch.ts';
import { NO_FACTS } from '../fakes/button-facts.ts';
import { createMessagePort } from '../../src/discord/rest/message-port.ts';
import { createReplies } from '../../src/discord/replies.ts';
import {
  carefulSends,
  createRestClients,
  plainSends,
} from '../../src/discord/rest/rest-clients.ts';
import {
  APPLICATION_ID,
  CHANNEL_ID,
  MESSAGE_ID,
  TASK_ID,
  aTask,
  anAddress,
} from '../fakes/a-task.ts';
import { NOON } from '../fakes/clock.ts';
import { recordingLog } from '../fakes/log.ts';
import { startRestServer } from '../fakes/rest-server.ts';
import type { RestAnswer } from '../fakes/rest-server.ts';
import { CATALOGUE } from '../fakes/catalogue.ts';

const UNCOUNTED = { record: () => undefined };

const DAY_MS = 86_400_000;
const uncut = (): AbortSignal => new AbortController().signal;
const dated = (answer: RestAnswer, at = NOON): RestAnswer => ({
  ...answer,
  headers: { ...answer.headers, date: new Date(at).toUTCString() },
});

async function world() {
  const server = await startRestServer();
  const log = recordingLog();
  const time = createDiscordTime(systemClock, log);
  const bans = createBanWatch({ clock: systemClock, log });
  const sends = carefulSends(plainSends(server.url), {
    bans,
    now: () => NOON,
    time,
    invalid: UNCOUNTED,
  });
  const rests = createRestClients(server.url, 'bot-token', sends);
  const messages = createMessagePort(rests, CATALOGUE, NO_FACTS);
  const edit = async () =>
    messages.editInChannel(CHANNEL_ID, MESSAGE_ID, { task: aTask() }, undefined, uncut());
  const editByToken = async () =>
    messages.editByToken(anAddress(), 'secret', { task: aTask() }, undefined, uncut());
  return { server, time, edit, editByToken, replies: createReplies(rests) };
}

const isNoon = (ms: number): boolean => ms >= NOON && ms < NOON + 60_000;

describe('the Date of an answer', () => {
  it.each<[string, RestAnswer]>([
    ['a success', { status: 200, body: { id: MESSAGE_ID } }],
    ['nothing', { status: 204 }],
    ['a refusal', { status: 404, body: { code: 10_008, message: 'Unknown Message' } }],
  ])('tells the time where it is %s', async (_, answer) => {
    const { server, time, edit } = await world();
    server.answers.push(dated(answer));
    await edit();
    expect(isNoon(time.now())).toBe(true);
    const direct = await world();
    direct.server.answers.push(dated(answer));
    await direct.editByToken();
    expect(isNoon(direct.time.now())).toBe(true);
  });

  it('sets the time if it answers an interaction', async () => {
    const { server, time, replies } = await world();
    server.answers.push(dated({ status: 200, body: {} }));
    await replies.privately({ id: TASK_ID, applicationId: APPLICATION_ID, token: 't' }, 'hello');
    expect(isNoon(time.now())).toBe(true);
  });

  it.each<[string, RestAnswer]>([
    ['a gateway’s error', { status: 502, body: {} }],
    ['a page', { status: 403, headers: { 'content-type': 'text/html' } }],
    ['kept by a cache', { status: 200, body: { id: MESSAGE_ID }, headers: { age: '300' } }],
  ])('tells nothing where it is %s', async (_, answer) => {
    const { server, time, edit, editByToken } = await world();
    server.answers.push(dated(answer), dated(answer));
    await edit();
    await editByToken();
    expect(time.isKnown()).toBe(false);
  });
});

describe('a machine’s clock that is set back while a route is used up', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now: NOON });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('does not shut that route for as long', async () => {
    const { server, edit } = await world();
    const headers = {
      'x-ratelimit-limit': '5',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset-after': '1',
      'x-ratelimit-bucket': 'edits',
    };
    // From the first answer the library knows the route's limit.
    for (const body of [{ id: MESSAGE_ID }, { id: MESSAGE_ID }]) {
      server.answers.push({ status: 200, body, headers });
      await expect(edit()).resolves.toMatchObject({ kind: 'done' });
      vi.setSystemTime(Date.now() + 2000);
    }
    server.answers.push({ status: 200, body: { id: MESSAGE_ID }, headers });
    await edit();
    vi.setSystemTime(NOON - 365 * DAY_MS);
    await expect(edit()).resolves.toEqual({ kind: 'try-again', detail: 'rate limited' });
    await expect(edit()).resolves.toMatchObject({ kind: 'done' });
  });
});
