import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ProviderShare } from '../../src/app/ports/provider-share-port.ts';
import { SHARES_NOTHING } from '../../src/app/shares-nothing.ts';
import { OWNS_ALL } from '../../src/app/owns-all.ts';
import { NO_LATE_EDITS } from '../../src/app/ports/late-edits-port.ts';
import { createDiscordTime } from '../../src/app/discord-time.ts';
import { createBanWatch } from '../../src/discord/ban-watch.ts';
import {
  createInvalidRequests,
  requestsCountingInvalid,
} from '../../src/discord/invalid-requests.ts';
import { NO_FACTS } from '../fakes/button-facts.ts';
import { createMessagePort } from '../../src/discord/rest/message-port.ts';
import {
  carefulSends,
  createRestClients,
  plainSends,
} from '../../src/discord/rest/rest-clients.ts';
import { CATALOGUE } from '../fakes/catalogue.ts';
import type { SimulatedDiscord } from '../../src/simulators/discord/api.ts';
import { startSimulatedDiscord } from '../../src/simulators/discord/start.ts';
import { createProgressEditor } from '../../src/worker/progress-editor.ts';
import { aTask, running } from '../fakes/a-task.ts';
import { fakeClock, settle } from '../fakes/clock.ts';
import { recordingLog } from '../fakes/log.ts';

const MINUTE = 60_000;

function counted(share: Pick<ProviderShare, 'processes'> = SHARES_NOTHING) {
  const clock = fakeClock();
  const log = recordingLog();
  return { clock, log, invalid: createInvalidRequests({ share, clock, log }) };
}

function record(times: number, status: number, scope: string | null = null) {
  const { invalid, clock, log } = counted();
  for (let made = 0; made < times; made += 1) invalid.record(status, scope);
  return { invalid, clock, log };
}

it.each([
  [401, null, 1999],
  [403, null, 1999],
  [429, 'user', 1999],
  [429, 'global', 1999],
  [429, null, 1999],
  [429, 'shared', 2000],
  [200, null, 2000],
  [404, null, 2000],
  [500, null, 2000],
])('an answer %i of scope %s leaves %i', (status, scope, left) => {
  expect(record(1, status, scope).invalid.left()).toBe(left);
});

it('edits pause long before a ban, with one warning in ten minutes', () => {
  const { invalid, log } = record(3000, 403);
  expect(invalid.left()).toBe(0);
  expect(log.lines).toMatchObject([{ level: 'warn', fields: { invalid: 2000, minutes: 10 } }]);
});

it.each([
  [1, 2000],
  [3, 666],
  [7, 285],
  // While none was seen yet.
  [0, 2000],
])('of %i processes on one database each has %i before edits pause', (processes, most) => {
  const { invalid, log } = counted({ processes: () => processes });
  expect(invalid.left()).toBe(most);
  for (let made = 0; made < most - 1; made += 1) invalid.record(403, null);
  expect([invalid.left(), log.lines.length]).toEqual([1, 0]);
  invalid.record(403, null);
  expect([invalid.left(), log.lines.length]).toEqual([0, 1]);
});

it('a process that comes takes its share at once, and gives it back when it goes', () => {
  let processes = 1;
  const { invalid } = counted({ processes: () => processes });
  for (let made = 0; made < 1100; made += 1) invalid.record(401, null);
  processes = 2;
  expect(invalid.left()).toBe(0);
  processes = 1;
  expect(invalid.left()).toBe(900);
});

it('answers older than ten minutes count no more', async () => {
  const { invalid, clock } = record(1500, 403);
  await clock.advance(5 * MINUTE);
  for (let made = 0; made < 500; made += 1) invalid.record(429, 'user');
  expect(invalid.left()).toBe(0);
  await clock.advance(4.5 * MINUTE);
  expect(invalid.left()).toBe(0);
  await clock.advance(MINUTE);
  expect(invalid.left()).toBe(1500);
  await clock.advance(5 * MINUTE);
  expect(invalid.left()).toBe(2000);
});

it('requests are counted by their answer', async () => {
  const { invalid } = counted();
  const answers = [
    new Response('{}', { status: 429, headers: { 'x-ratelimit-scope': 'shared' } }),
    new Response('{}', { status: 429, headers: { 'x-ratelimit-scope': 'user' } }),
    new Response('{}', { status: 401 }),
    new Response('{}'),
  ];
  const send = requestsCountingInvalid(invalid, async () => answers.shift() ?? Response.error());
  for (let made = 0; made < 4; made += 1) await send('http://127.0.0.1', {});
  expect(invalid.left()).toBe(1998);
});

describe('a bot whose every edit Discord refuses', () => {
  it('pauses its progress edits at a fifth of what a ban takes', async () => {
    const discord = await startSimulatedDiscord();
    onTestFinished(async () => discord.close());
    discord.faults.add({
      method: 'PATCH',
      times: Infinity,
      action: { kind: 'answer', status: 403, body: { code: 40_999, message: '?' } },
    });
    const { clock, log, invalid } = counted();
    const bans = createBanWatch({ clock, log });
    const time = createDiscordTime(clock, log);
    const sends = carefulSends(plainSends(discord.apiUrl), {
      bans,
      now: () => clock.now(),
      time,
      invalid,
    });
    const editor = createProgressEditor({
      messages: createMessagePort(
        createRestClients(discord.apiUrl, 'token', sends),
        CATALOGUE,
        NO_FACTS,
      ),
      loadView: async (id) => ({ task: aTask({ id, stage: running() }) }),
      clock,
      log,
      editEveryMs: 5000,
      ownership: OWNS_ALL,
      lateEdits: NO_LATE_EDITS,
      refusalsLeft: () => invalid.left(),
    });
    const ids = Array.from({ length: 520 }, (_, number) => `1300000000000${number + 100_000}`);
    for (const id of ids) editor.show({ task: aTask({ id, stage: running() }) });
    // Four edits of each would be 2080.
    for (let rounds = 0; rounds < 5; rounds += 1) {
      await Promise.all(ids.map(async () => settle()));
      await untilQuiet(discord);
      await clock.advance(MINUTE / 2);
    }
    expect(discord.invalidRequests()).toBe(2000);
    expect(invalid.left()).toBe(0);
    editor.stop();
  }, 60_000);
});

/** Resolves when no request came for a while. */
async function untilQuiet({ requests }: SimulatedDiscord): Promise<void> {
  let before = -1;
  while (requests.length > before) {
    before = requests.length;
    await wait(200);
  }
}
