import { describe, expect, it } from 'vitest';
import { createStopSignal } from '../../../src/app/stop-signal.ts';
import type { DirectInit, DirectSend } from '../../../src/discord/rest/direct-sender.ts';
import { RateLimited } from '../../../src/discord/rest/direct-failure.ts';
import type { RestSends } from '../../../src/discord/rest/rest-clients.ts';
import { createSharedRate } from '../../../src/discord/rest/shared-rate.ts';
import { fakeClock, settle } from '../../fakes/clock.ts';
import { createShares } from '../../fakes/shares.ts';

const WITH_TOKEN: DirectInit = {
  method: 'GET',
  headers: { authorization: 'Bot x' },
  body: undefined,
  signal: createStopSignal().signal,
};
const WITHOUT: DirectInit = { ...WITH_TOKEN, headers: {} };

/** Processes with one bot's token, and what reaches Discord of each; `answers` come first. */
function processes(count: number) {
  const clock = fakeClock();
  const shares = createShares();
  const sent: number[] = [];
  const answers: { readonly status: number; readonly headers: Record<string, string> }[] = [];
  const open = () => {
    const answer = async () => {
      sent.push(clock.elapsed());
      const { status, headers } = answers.shift() ?? { status: 200, headers: {} };
      return { status, text: '', headers: { get: (name: string) => headers[name] ?? null } };
    };
    const sends: RestSends = {
      direct: answer,
      byDiscordJs: async () => {
        const { status, headers } = await answer();
        return Response.json({}, { status, headers: { x: headers.get('x') ?? '' } });
      },
    };
    const rate = createSharedRate(shares.add(), clock);
    return { rate, ...rate.careful(sends), patient: rate.patient(sends.byDiscordJs) };
  };
  return { clock, shares, sent, answers, all: Array.from({ length: count }, open) };
}

async function failureOf(sending: ReturnType<DirectSend>): Promise<unknown> {
  return sending.then(
    () => undefined,
    (cause: unknown) => cause,
  );
}

describe('requests with the bot’s token', () => {
  it('are sent at once by the only process, as many as there are', async () => {
    const { clock, sent, all } = processes(1);
    const [alone] = all;
    await Promise.all(Array.from({ length: 100 }, async () => alone?.direct('/x', WITH_TOKEN)));
    expect(sent).toEqual(Array.from({ length: 100 }, () => clock.elapsed()));
  });

  it('are never more than 50 in a second of all processes together', async () => {
    const { clock, sent, all } = processes(3);
    const sending = all.flatMap(({ direct, byDiscordJs, patient }) => [
      ...Array.from({ length: 20 }, async () => direct('/x', WITH_TOKEN)),
      ...Array.from({ length: 5 }, async () => byDiscordJs('https://discord.test', {})),
      ...Array.from({ length: 5 }, async () => patient('https://discord.test', {})),
    ]);
    for (let ms = 0; ms < 3000; ms += 10) await clock.advance(10);
    await Promise.all(sending);
    expect(sent).toHaveLength(90);
    for (const at of sent) {
      const inSecond = sent.filter((other) => other >= at && other < at + 1000);
      expect(inSecond.length).toBeLessThanOrEqual(50);
    }
  });

  it('fail where their turn is too far off, and give it to none but the next', async () => {
    const { clock, sent, all } = processes(2);
    const [one] = all;
    if (one === undefined) throw new Error('two were made');
    const failures = Array.from({ length: 100 }, async () =>
      failureOf(one.direct('/x', WITH_TOKEN)),
    );
    for (let ms = 0; ms < 3000; ms += 10) await clock.advance(10);
    const limited = (await Promise.all(failures)).filter((cause) => cause instanceof RateLimited);
    expect([sent.length, limited.length]).toEqual([46, 54]);
    await one.direct('/x', WITH_TOKEN);
    expect(sent).toHaveLength(47);
  });

  it('that are cut while they wait do not hold up others', async () => {
    const { clock, sent, all } = processes(2);
    const [one] = all;
    const cut = new AbortController();
    const first = one?.direct('/x', WITH_TOKEN);
    const second = one?.direct('/x', { ...WITH_TOKEN, signal: cut.signal });
    cut.abort();
    await Promise.all([first, second]);
    expect(sent).toHaveLength(2);
    await clock.advance(100);
    await one?.direct('/x', WITH_TOKEN);
    expect(sent).toHaveLength(3);
  });
});

describe('a global limit of Discord', () => {
  const limited = { status: 429, headers: { 'x-ratelimit-global': 'true', 'retry-after': '3' } };

  it('found by one process holds back all, but not what answers interactions', async () => {
    const { clock, sent, answers, all } = processes(2);
    const [one, two] = all;
    if (one === undefined || two === undefined) throw new Error('two were made');
    answers.push(limited);
    await one.direct('/x', WITH_TOKEN);
    await settle();
    for (const { direct, byDiscordJs } of [one, two]) {
      await expect(direct('/x', WITH_TOKEN)).rejects.toThrow(RateLimited);
      await expect(byDiscordJs('https://discord.test', {})).rejects.toThrow(RateLimited);
      await direct('/webhooks', WITHOUT);
    }
    expect(sent).toHaveLength(3);
    await clock.advance(3100);
    await two.direct('/x', WITH_TOKEN);
    expect(sent).toHaveLength(4);
  });

  it('does not hold up what a start depends on, which waits as discord.js does', async () => {
    const { sent, shares, all } = processes(2);
    shares.say('@discord', { pausedMs: 0, blockedMs: 60_000, busyMs: 0 });
    await all[0]?.patient('https://discord.test', {});
    expect(sent).toHaveLength(1);
  });

  it('of a route, or where there is one process, changes nothing', async () => {
    const { answers, all, shares } = processes(2);
    answers.push({ status: 429, headers: { 'x-ratelimit-scope': 'user', 'retry-after': '3' } });
    await all[0]?.direct('/x', WITH_TOKEN);
    const alone = processes(1);
    alone.answers.push(limited);
    await alone.all[0]?.direct('/x', WITH_TOKEN);
    await alone.all[0]?.direct('/x', WITH_TOKEN);
    expect([shares.reported('@discord'), alone.shares.reported('@discord')]).toEqual([
      undefined,
      undefined,
    ]);
  });
});
