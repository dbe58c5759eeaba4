import { describe, expect, it } from 'vitest';
import { classifyDiscordFailure } from '../../../src/discord/rest/discord-failure.ts';
import { createRestClients } from '../../../src/discord/rest/rest-clients.ts';
import { startRestServer } from '../../fakes/rest-server.ts';
import type { RestAnswer } from '../../fakes/rest-server.ts';

/** The error of the REST client for that answer, and how the bot classifies it. */
async function judged(answer: RestAnswer | 'cut', by: 'token' | 'bot'): Promise<unknown> {
  const server = await startRestServer();
  server.answers.push(answer);
  const { messages } = createRestClients(server.url, 'token');
  const calling = messages.patch('/channels/1/messages/2', { auth: false, body: {} });
  const [outcome] = await Promise.allSettled([calling]);
  // One call, one answer: nothing repeats it silently.
  expect(server.seen).toHaveLength(1);
  return outcome.status === 'rejected' ? classifyDiscordFailure(outcome.reason, by) : 'no failure';
}

const refused = (status: number, code: number): RestAnswer => ({
  status,
  body: { code, message: 'no' },
});
const ABSENT = { kind: 'unreached', why: 'token-refused', isAbsent: true };
const gone = (why: string): object => ({ kind: 'unreached', why });

const passing = (status: number): object => ({ kind: 'try-again', detail: `HTTP ${status}` });
const unchanging = (status: number, code: number): object => ({
  kind: 'try-again',
  detail: `HTTP ${status}, code ${code}`,
  isRefusal: true,
});

describe('a refusal of Discord', () => {
  it.each<[number, number, object, object]>([
    // [status, code, by the token, by the bot]
    [404, 10_008, gone('message-gone'), gone('message-gone')],
    [401, 50_027, gone('token-refused'), gone('token-refused')],
    [404, 10_015, ABSENT, ABSENT],
    [404, 10_062, gone('token-refused'), gone('token-refused')],
    [404, 10_003, gone('no-access'), gone('no-access')],
    [404, 10_004, gone('no-access'), gone('no-access')],
    [403, 50_001, gone('no-access'), gone('no-access')],
    [403, 50_005, gone('no-access'), gone('no-access')],
    [403, 50_013, gone('no-access'), gone('no-access')],
    [400, 50_083, gone('no-access'), gone('no-access')],
    [413, 40_005, { kind: 'too-large' }, { kind: 'too-large' }],
    [400, 50_045, { kind: 'too-large' }, { kind: 'too-large' }],
    [
      400,
      400_001,
      { kind: 'too-large', isForbidden: true },
      { kind: 'too-large', isForbidden: true },
    ],
    [401, 0, gone('token-refused'), { kind: 'try-again', detail: 'HTTP 401' }],
    [403, 40_999, unchanging(403, 40_999), unchanging(403, 40_999)],
    [404, 0, unchanging(404, 0), unchanging(404, 0)],
    [408, 40_999, passing(408), passing(408)],
    [500, 0, passing(500), passing(500)],
  ])('%i with code %i closes that way', async (status, code, byToken, byBot) => {
    await expect(judged(refused(status, code), 'token')).resolves.toEqual(byToken);
    await expect(judged(refused(status, code), 'bot')).resolves.toEqual(byBot);
  });

  it.each([
    [403, 20_009, 'explicit'],
    [400, 200_000, 'filtered'],
    [400, 240_000, 'filtered'],
    [400, 50_006, 'unknown'],
    [400, 0, 'unknown'],
  ])('%i with code %i is about the content of the message', async (status, code, why) => {
    const judgement = await judged(refused(status, code), 'token');
    expect(judgement).toMatchObject({ kind: 'rejected', why });
  });

  it('400 with code 50035 is about its form, on every path', async () => {
    await expect(judged(refused(400, 50_035), 'token')).resolves.toEqual({ kind: 'malformed' });
    await expect(judged(refused(400, 50_035), 'bot')).resolves.toEqual({ kind: 'malformed' });
  });

  it('for too many late edits may never change', async () => {
    const judgement = await judged(refused(400, 30_046), 'token');
    expect(judgement).toMatchObject({ kind: 'try-again', isRefusal: true });
  });

  it('by a page, which may come from a proxy, is tried again', async () => {
    const page = { status: 403, headers: { 'content-type': 'text/html' } };
    await expect(judged(page, 'bot')).resolves.toEqual(passing(403));
  });
});

describe('a temporary fault', () => {
  it.each<[string, RestAnswer | 'cut']>([
    ['HTTP 500', { status: 500, body: { message: 'oops' } }],
    ['HTTP 502 without JSON', { status: 502, headers: { 'content-type': 'text/html' } }],
    ['HTTP 503', { status: 503 }],
    ['a cut connection', 'cut'],
  ])('such as %s is tried again, and closes no way', async (_what, answer) => {
    const judgement = await judged(answer, 'token');
    expect(judgement).toMatchObject({ kind: 'try-again' });
  });

  it('such as 429 is tried again after the time Discord gives', async () => {
    const limited: RestAnswer = {
      status: 429,
      headers: { 'retry-after': '7', 'x-ratelimit-scope': 'user' },
      body: { message: 'slow', retry_after: 7, global: false },
    };
    const judgement = await judged(limited, 'token');
    expect(judgement).toMatchObject({ kind: 'try-again' });
    const { afterMs } = Object.assign({ afterMs: 0 }, judgement);
    expect(afterMs).toBeGreaterThanOrEqual(7000);
    expect(afterMs).toBeLessThan(8000);
  });

  it.each([new TypeError('bug'), 'thrown text', undefined])('%j is tried again', (cause) => {
    expect(classifyDiscordFailure(cause, 'bot')).toMatchObject({ kind: 'try-again' });
  });
});
