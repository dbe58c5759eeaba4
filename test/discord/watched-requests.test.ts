import { describe, expect, it } from 'vitest';
import { createBanWatch } from '../../src/discord/ban-watch.ts';
import { classifyDiscordFailure } from '../../src/discord/rest/discord-failure.ts';
import { NO_FACTS } from '../fakes/button-facts.ts';
import { createMessagePort } from '../../src/discord/rest/message-port.ts';
import { createDiscordTime } from '../../src/app/discord-time.ts';
import { createReplies } from '../../src/discord/replies.ts';
import {
  carefulSends,
  createRestClients,
  plainSends,
} from '../../src/discord/rest/rest-clients.ts';
import {
  AddressBanned,
  TooManyLateEdits,
  carefulRequests,
  patientRequests,
} from '../../src/discord/watched-requests.ts';
import type { SendRequest } from '../../src/discord/library-sender.ts';
import { aTask } from '../fakes/a-task.ts';
import { fakeClock, settle } from '../fakes/clock.ts';
import { recordingLog } from '../fakes/log.ts';
import { startRestServer } from '../fakes/rest-server.ts';
import { CATALOGUE } from '../fakes/catalogue.ts';

const UNCOUNTED = { record: () => undefined };

const URL = 'http://discord.test/api/v10/gateway/bot';
const banned = (retryAfter = '3600'): Response =>
  new Response('error code: 1015', { status: 429, headers: { 'retry-after': retryAfter } });
const page = (): Response => new Response('<html>Access denied</html>', { status: 403 });
const refused = (): Response =>
  Response.json({ message: 'Missing Access', code: 50_001 }, { status: 403 });
const limited = (): Response => Response.json({ retry_after: 1, global: false }, { status: 429 });

/** A Discord that answers in this order, and then always with 200. */
function world(...answers: readonly (() => Response)[]) {
  const clock = fakeClock();
  const log = recordingLog();
  const bans = createBanWatch({ clock, log });
  const left = [...answers];
  const sent: number[] = [];
  const send: SendRequest = async () => {
    sent.push(clock.elapsed());
    return left.shift()?.() ?? Response.json({ fine: true });
  };
  const deps = { bans, now: () => clock.now(), send };
  return {
    clock,
    log,
    bans,
    sent,
    levels: () => log.lines.map(({ level }) => level),
    careful: carefulRequests(deps),
    patient: patientRequests(deps),
  };
}

const lateEdits =
  (more: object, headers: Record<string, string> = {}) =>
  (): Response =>
    Response.json({ message: 'Maximum', code: 30_046, ...more }, { status: 429, headers });

const HOUR_MS = 3_600_000;

describe('a 429 with code 30046', () => {
  it.each([
    ['a wait in the body', lateEdits({ retry_after: 2.5 }), 2500],
    ['a wait in the header', lateEdits({}, { 'retry-after': '1' }), 1000],
    ['no wait', lateEdits({}), undefined],
    ['a wait that is none', lateEdits({}, { 'retry-after': 'soon' }), undefined],
  ])('with %s keeps its code and is no ban', async (_what, answer, retryAfterMs) => {
    const { careful, bans, log } = world(answer);
    const [outcome] = await Promise.allSettled([careful(URL, {})]);
    const cause: unknown = outcome.status === 'rejected' ? outcome.reason : undefined;
    expect(cause).toBeInstanceOf(TooManyLateEdits);
    expect(cause).toMatchObject({ retryAfterMs });
    expect(bans.leftMs()).toBe(0);
    expect(log.lines).toEqual([]);
    expect(classifyDiscordFailure(cause, 'bot')).toEqual({
      kind: 'try-again',
      ...(retryAfterMs === undefined ? {} : { afterMs: retryAfterMs }),
      detail: 'too many late edits',
      isRefusal: true,
    });
  });
});

describe('patient requests', () => {
  it('wait for the end of a ban, with one log line, and are sent again', async () => {
    const { patient, clock, log, sent, bans } = world(() => banned('120'));
    const answering = patient(URL, {});
    await settle();
    expect(sent).toHaveLength(1);
    expect(bans.leftMs()).toBe(120_000);
    expect(log.lines).toHaveLength(1);
    expect(log.lines[0]).toMatchObject({
      level: 'error',
      fields: {
        status: 429,
        until: new Date(clock.now() + 120_000).toISOString(),
        waitSeconds: 120,
      },
    });
    expect(log.lines[0]?.message).toContain('Cloudflare');
    await clock.advance(119_999);
    expect(sent).toHaveLength(1);
    await clock.advance(1);
    expect((await answering).status).toBe(200);
    expect(sent).toHaveLength(2);
    expect(bans.leftMs()).toBe(0);
    expect(log.lines).toHaveLength(1);
  });

  it.each([
    ['a ban that does not say how long', () => new Response('error code: 1015', { status: 429 })],
    ['a 403 page', page],
  ])('wait an hour for %s', async (_what, answer) => {
    const { patient, clock, sent } = world(answer);
    const answering = patient(URL, {});
    await settle();
    await clock.advance(HOUR_MS - 1);
    expect(sent).toHaveLength(1);
    await clock.advance(1);
    expect((await answering).status).toBe(200);
  });

  it('log a line for each later ban', async () => {
    const { patient, clock, levels } = world(banned, () => banned('60'));
    const answering = patient(URL, {});
    await settle();
    await clock.advance(HOUR_MS);
    expect(levels()).toEqual(['error', 'error']);
    await clock.advance(60_000);
    expect((await answering).status).toBe(200);
  });

  it('are not sent during a ban that another request met', async () => {
    const { patient, careful, clock, sent, levels } = world(banned);
    await expect(careful(URL, {})).rejects.toThrow(AddressBanned);
    const answering = Promise.all([patient(URL, {}), patient(URL, {})]);
    await settle();
    expect(sent).toHaveLength(1);
    await clock.advance(HOUR_MS);
    await answering;
    expect(sent).toHaveLength(3);
    expect(levels()).toEqual(['error']);
  });

  it('get their own time limit after they waited', async () => {
    const { patient, clock } = world(banned);
    const over = AbortSignal.abort();
    const answering = patient(URL, { signal: over });
    await settle();
    await clock.advance(HOUR_MS);
    expect((await answering).ok).toBe(true);
  });

  it.each([refused, limited])('pass on what Discord itself refuses, unchanged', async (answer) => {
    const { patient, log, sent } = world(answer);
    const given = await patient(URL, {});
    expect(await given.json()).toEqual(await answer().json());
    expect(given.status).toBe(answer().status);
    expect(sent).toHaveLength(1);
    expect(log.lines).toEqual([]);
  });
});

describe('careful requests', () => {
  it('fail at once while a ban lasts, unsent and without a line each', async () => {
    const { careful, clock, sent, levels } = world(banned);
    await expect(careful(URL, {})).rejects.toMatchObject({ retryAfterMs: HOUR_MS });
    await clock.advance(60_000);
    for (let call = 0; call < 20; call += 1) {
      await expect(careful(URL, {})).rejects.toMatchObject({ retryAfterMs: HOUR_MS - 60_000 });
    }
    expect(sent).toHaveLength(1);
    expect(levels()).toEqual(['error']);
    await clock.advance(HOUR_MS);
    expect((await careful(URL, {})).ok).toBe(true);
  });

  it('that were under way together have one line', async () => {
    const { careful, levels } = world(banned, banned, banned);
    const calls = await Promise.allSettled([careful(URL, {}), careful(URL, {}), careful(URL, {})]);
    expect(calls.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(levels()).toEqual(['error']);
  });

  it('take no single 403 page for a ban: words of a member may have caused it', async () => {
    const { careful, clock, bans, sent, levels } = world(page, page, page);
    for (let call = 0; call < 2; call += 1) {
      expect((await careful(URL, {})).status).toBe(403);
    }
    expect(bans.leftMs()).toBe(0);
    expect(sent).toHaveLength(2);
    expect(levels()).toEqual(['warn']);
    await clock.advance(HOUR_MS);
    await careful(URL, {});
    expect(levels()).toEqual(['warn', 'warn']);
  });

  it.each([refused, limited])('pass on what Discord itself refuses, unchanged', async (answer) => {
    const { careful, log } = world(answer);
    expect(await (await careful(URL, {})).json()).toEqual(await answer().json());
    expect(log.lines).toEqual([]);
  });
});

async function onLoopback() {
  const server = await startRestServer();
  const log = recordingLog();
  const clock = fakeClock();
  const bans = createBanWatch({ clock, log });
  const now = (): number => clock.now();
  const sends = carefulSends(plainSends(server.url), {
    bans,
    now,
    time: createDiscordTime(clock, log),
    invalid: UNCOUNTED,
  });
  const rests = createRestClients(server.url, 'bot-token', sends);
  const ban = { status: 429, body: 'error code: 1015', headers: { 'retry-after': '60' } };
  return { server, rests, ban, log, clock };
}

describe('a ban in the library’s hands', () => {
  it('lets a message be edited again when it is over', async () => {
    const { server, rests, ban, clock } = await onLoopback();
    const port = createMessagePort(rests, CATALOGUE, NO_FACTS);
    server.answers.push(ban);
    const { signal } = new AbortController();
    const edit = async () => port.editInChannel('1', '2', { task: aTask() }, undefined, signal);
    const waiting = { kind: 'try-again', afterMs: 60_000, detail: 'address banned' };
    expect(await edit()).toEqual(waiting);
    expect(await edit()).toEqual(waiting);
    expect(server.seen).toHaveLength(1);
    await clock.advance(60_000);
    server.answers.push({ status: 200, body: { id: '2' } });
    expect(await edit()).toEqual({ kind: 'done', messageId: '2' });
  });

  it('is a sure no to an acknowledgement: Discord never saw it', async () => {
    const { server, rests, ban } = await onLoopback();
    server.answers.push(ban);
    const answer = await createReplies(rests).deferPublicly({ id: '1', token: 'x' });
    expect(answer).toEqual({ kind: 'refused', detail: 'address banned' });
  });

  it('is judged by its wait', () => {
    expect(classifyDiscordFailure(new AddressBanned(5), 'bot')).toMatchObject({ afterMs: 5 });
  });
});
