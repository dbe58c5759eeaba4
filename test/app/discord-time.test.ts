import { describe, expect, it } from 'vitest';
import { createDiscordTime } from '../../src/app/discord-time.ts';
import { snowflakeAt } from '../../src/domain/tasks/snowflake.ts';
import { NOON, fakeClock } from '../fakes/clock.ts';
import { recordingLog } from '../fakes/log.ts';

const DAY_MS = 86_400_000;
const YEAR_MS = 365 * DAY_MS;

/** Discord's time over a machine's clock that is off by so much. */
function timeOn(offMs = 0) {
  const machine = fakeClock(NOON + offMs);
  const log = recordingLog();
  const time = createDiscordTime(machine, log);
  const words = log.lines;
  return { machine, time, words };
}

describe('before Discord has told the time', () => {
  it('the time is not known, whatever the machine says, and only counts on', async () => {
    const { machine, time } = timeOn(500 * DAY_MS);
    expect([time.isKnown(), time.isSure(), time.now()]).toEqual([false, false, 0]);
    await machine.advance(1500);
    expect(time.now()).toBe(1500);
    let notified = 0;
    time.onceKnown(() => (notified += 1));
    expect(notified).toBe(0);
    time.sawDate(NOON, time.elapsed());
    time.sawDate(NOON, time.elapsed());
    time.onceKnown(() => (notified += 1));
    expect(notified).toBe(2);
  });

  it('an id or a date from before there was a Discord tells nothing', () => {
    const { time } = timeOn();
    time.sawInteraction('12345');
    time.sawDate(0, 0);
    time.sawDate(Number.NaN, 0);
    expect(time.isKnown()).toBe(false);
  });
});

describe('the time that Discord tells', () => {
  it.each([0, 500 * DAY_MS, -YEAR_MS, 90_000])('goes on by what passes, %d ms off', async (off) => {
    const { machine, time } = timeOn(off);
    time.sawDate(NOON, time.elapsed());
    await machine.advance(12_345);
    expect(time.now()).toBe(NOON + 12_345);
  });

  it('is not moved by a machine’s clock that jumps', () => {
    const machine = fakeClock(NOON);
    let jumped = 0;
    const jumpy = { ...machine, now: () => machine.now() + jumped };
    const time = createDiscordTime(jumpy, recordingLog());
    time.sawDate(NOON, 0);
    for (const by of [500 * DAY_MS, -YEAR_MS, -1]) {
      jumped = by;
      expect(time.now()).toBe(NOON);
    }
  });

  it('stays within the second that a Date names and the time that its answer took', async () => {
    const { machine, time } = timeOn();
    time.sawInteraction(snowflakeAt(NOON + 700));
    time.sawDate(NOON, time.elapsed());
    expect(time.now()).toBe(NOON + 700);
    await machine.advance(200);
    const sentAt = time.elapsed();
    await machine.advance(100);
    time.sawDate(NOON - 1000, sentAt);
    expect(time.now()).toBe(NOON + 100);
    time.sawDate(NOON + 1000, time.elapsed());
    expect(time.now()).toBe(NOON + 1000);
  });

  it('is never earlier than an interaction that has come in', () => {
    const { time } = timeOn();
    time.sawDate(NOON, 0);
    time.sawInteraction(snowflakeAt(NOON + 999));
    expect(time.now()).toBe(NOON + 999);
    // One that came late says nothing against it.
    time.sawInteraction(snowflakeAt(NOON - 14 * 60_000));
    expect(time.now()).toBe(NOON + 999);
  });

  it('is sure when two words agree, of whichever kind', () => {
    for (const second of ['date', 'id']) {
      const { time } = timeOn();
      time.sawDate(NOON, 0);
      expect([time.isKnown(), time.isSure()]).toEqual([true, false]);
      if (second === 'date') time.sawDate(NOON, 0);
      else time.sawInteraction(snowflakeAt(NOON));
      expect(time.isSure()).toBe(true);
    }
  });
});

/** A clock on which Discord's words have agreed on noon. */
function toldNoon() {
  const world = timeOn();
  world.time.sawDate(NOON, 0);
  world.time.sawDate(NOON, 0);
  return world;
}

describe('a word that contradicts the time so far', () => {
  it('counts not where it is one Date, but nothing is sure until it is settled', () => {
    const { time, words } = toldNoon();
    time.sawDate(NOON + YEAR_MS, 0);
    expect([time.now(), time.isSure()]).toEqual([NOON, false]);
    expect(words.map(({ message }) => message)).toEqual([
      "an answer's Date contradicts Discord's time",
    ]);
    time.sawDate(NOON, 0);
    expect([time.now(), time.isSure()]).toEqual([NOON, true]);
  });

  it('counts where the next one agrees with it', () => {
    for (const by of [DAY_MS, -DAY_MS]) {
      const { time } = toldNoon();
      time.sawDate(NOON + by, 0);
      time.sawDate(NOON + by, 0);
      expect([time.now(), time.isSure()]).toEqual([NOON + by, true]);
    }
  });

  it('counts at once where it is an interaction, and is sure with the next word', () => {
    const { time } = toldNoon();
    time.sawInteraction(snowflakeAt(NOON + DAY_MS));
    expect([time.now(), time.isSure()]).toEqual([NOON + DAY_MS, false]);
    time.sawDate(NOON + DAY_MS, 0);
    expect(time.isSure()).toBe(true);
  });

  it('that was nonsense is put right by the next Date', () => {
    const { time } = toldNoon();
    time.sawInteraction('18446744073709551615');
    time.sawDate(NOON, 0);
    expect([time.now(), time.isSure()]).toEqual([NOON, false]);
    time.sawDate(NOON, 0);
    expect(time.isSure()).toBe(true);
  });

  it('a first word that was nonsense never makes it sure', () => {
    const { time } = timeOn();
    time.sawDate(NOON + 500 * DAY_MS, 0);
    expect(time.isSure()).toBe(false);
    time.sawDate(NOON, 0);
    expect([time.now(), time.isSure()]).toEqual([NOON, false]);
    time.sawDate(NOON, 0);
    expect(time.isSure()).toBe(true);
  });
});

it('a machine’s clock that is wrong is said once; one that is right is not', () => {
  for (const [off, said] of [
    [500 * DAY_MS, 1],
    [-YEAR_MS, 1],
    [60_000, 0],
  ] as const) {
    const { time, words } = timeOn(off);
    for (let at = 0; at < 3; at += 1) time.sawDate(NOON, 0);
    expect(words).toHaveLength(said);
  }
});
