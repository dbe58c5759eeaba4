import { describe, expect, it } from 'vitest';
import { createDurationStore } from '../../../src/store/durations/duration-store.ts';
import { EMPTY_HISTOGRAM } from '../../../src/domain/durations/histogram.ts';
import { nextPollDelayMs } from '../../../src/domain/durations/poll-plan.ts';
import { SETTINGS, aTask, running } from '../../fakes/a-task.ts';
import { fakeClock } from '../../fakes/clock.ts';
import { experienceOf } from '../../fakes/durations.ts';
import { recordingLog } from '../../fakes/log.ts';
import { memoryRecords } from '../../fakes/memory-records.ts';
import { CATALOGUE } from '../../fakes/catalogue.ts';

const KEY = 'durations:jimmy/seedance2.0-sp:720p:5';
const BOUNDS = { minMs: 1000, maxMs: 60_000 };

function aBook(records = memoryRecords(), isOneOfSeveral = false) {
  const clock = fakeClock();
  const log = recordingLog();
  const book = createDurationStore({
    catalogue: CATALOGUE,
    records,
    clock,
    log,
    bounds: BOUNDS,
    isShared: () => isOneOfSeveral,
  });
  /** A task begun now, seen under way after so many seconds, and finished when it was looked at next. */
  const finish = async (polledAfterS: number, finishedAfterS: number, task = aTask()) => {
    const submittedAt = clock.now();
    await clock.advance(finishedAfterS * 1000);
    const lastPolledAt = submittedAt + polledAfterS * 1000;
    return book.recordFinish(task, running({ submittedAt, lastPolledAt }));
  };
  return { book, clock, log, records, finish };
}

const waitAt = (book: ReturnType<typeof aBook>['book'], seconds: number): number =>
  nextPollDelayMs(book.of(aTask()).plan, seconds * 1000, () => 0.5);

describe('the book of durations', () => {
  it('learns from finished tasks, and hands out the record that remembers them', async () => {
    const { book, finish } = aBook();
    const before = waitAt(book, 118);
    expect(await finish(119, 120)).toEqual([{ key: KEY, value: experienceOf(120) }]);
    for (let at = 0; at < 7; at += 1) {
      await finish(118, 120);
    }
    expect(waitAt(book, 118)).toBeLessThan(before);
    expect(book.of(aTask()).typicalDuration).toEqual({ fromSeconds: 120, toSeconds: 120 });
  });

  it.each([
    ['of a provider that asks for no minimum', undefined, 60_000, 1000],
    ['of a provider that asks for one', 10_000, 60_000, 10_000],
    ['of such a provider, as far as the operator allows', 10_000, 4000, 4000],
  ])('polls tasks %s no more often', (_whose, minPollMs, maxMs, expected) => {
    const providers = CATALOGUE.providers.map((provider) => ({
      ...provider,
      ...(minPollMs === undefined ? {} : { minPollMs }),
    }));
    const book = createDurationStore({
      catalogue: { ...CATALOGUE, providers },
      records: memoryRecords(),
      clock: fakeClock(),
      log: recordingLog(),
      bounds: { ...BOUNDS, maxMs },
      isShared: () => false,
    });
    for (const route of [SETTINGS.route, 'jimmy/of-a-newer-version']) {
      const { plan } = book.of(aTask({ settings: { ...SETTINGS, route } }));
      expect(plan.bounds).toEqual({ minMs: expected, maxMs });
      expect(nextPollDelayMs(plan, 0, () => 0)).toBeGreaterThanOrEqual(expected);
    }
  });

  it('keeps routes, resolutions and lengths apart', async () => {
    const { book, finish } = aBook();
    for (let at = 0; at < 8; at += 1) {
      await finish(118, 120);
    }
    const settings = SETTINGS;
    for (const other of [
      { ...settings, route: 'jimmy/seedance2.0-fast-sp' },
      { ...settings, resolution: '1080p' },
      { ...settings, durationSeconds: 15 },
    ]) {
      expect(book.of(aTask({ settings: other })).typicalDuration).toBeUndefined();
    }
    expect(
      book.of(aTask({ settings: { ...settings, ratio: '1:1' } })).typicalDuration,
    ).toBeDefined();
  });

  it('goes on in the next process with what was written', async () => {
    const { finish, records } = aBook();
    for (let at = 0; at < 8; at += 1) {
      await records.write(await finish(118, 120));
    }
    const { book } = aBook(records);
    expect(book.of(aTask()).typicalDuration).toBeUndefined();
    await book.load();
    expect(book.of(aTask()).typicalDuration).toEqual({ fromSeconds: 120, toSeconds: 120 });
  });

  it('has both of two that finish at once in the later record', async () => {
    const { book, clock } = aBook();
    const submittedAt = clock.now();
    await clock.advance(60_000);
    const seen = running({ submittedAt });
    const [first, second] = [book.recordFinish(aTask(), seen), book.recordFinish(aTask(), seen)];
    expect(first).toMatchObject([{ value: { finished: 1 } }]);
    expect(second).toMatchObject([{ value: { finished: 2 } }]);
  });

  it('sets a damaged record aside and learns anew', async () => {
    const records = memoryRecords();
    const damaged = { finished: 3, weights: ['many'] };
    await records.write([{ key: KEY, value: damaged }]);
    const { book, clock, log, finish } = aBook(records);
    await book.load();
    expect(book.of(aTask())).toEqual(aBook().book.of(aTask()));
    expect(records.byKey.get(`quarantine:${KEY}`)).toEqual({ at: clock.now(), was: damaged });
    expect(records.byKey.has(KEY)).toBe(false);
    expect(log.lines).toHaveLength(1);
    expect(await finish(9, 10)).toMatchObject([{ value: { finished: 1 } }]);
  });

  it('drops what is known of a route that is no more', async () => {
    const records = memoryRecords();
    await records.write([{ key: 'durations:jimmy/seedance1:720p:5', value: EMPTY_HISTOGRAM }]);
    await aBook(records).book.load();
    expect(records.byKey.size).toBe(0);
  });

  it('leaves it to other processes, which may know the route, and goes on with it', async () => {
    const records = memoryRecords();
    const settings = { ...SETTINGS, route: 'jimmy/of-a-newer-version' };
    const before = experienceOf(60);
    await records.write([{ key: 'durations:jimmy/of-a-newer-version:720p:5', value: before }]);
    const { book, finish } = aBook(records, true);
    await book.load();
    expect([...records.byKey.values()]).toEqual([before]);
    expect(await finish(59, 60, aTask({ settings }))).toMatchObject([{ value: { finished: 2 } }]);
  });

  it('counts no task that was not looked at in time', async () => {
    const { book, clock, finish } = aBook();
    expect(await finish(10, 131)).toEqual([]);
    // Under way before this process was: its last look says when it was stopped, nothing else.
    const submittedAt = clock.now() - 3_600_000;
    expect(book.recordFinish(aTask(), running({ submittedAt }))).toEqual([]);
  });

  it('counts no task that was asked for again after its end', async () => {
    const { finish } = aBook();
    const held = aTask({ money: { state: 'held', amounts: { videos: 1n, seconds: 5n } } });
    expect(await finish(9, 10, held)).toEqual([]);
  });

  it('takes the first look that found it finished, also where the address came later', async () => {
    const { book, clock } = aBook();
    const submittedAt = clock.now();
    await clock.advance(150_000);
    const stage = running({
      submittedAt,
      lastPolledAt: submittedAt + 99_000,
      addressMissingSince: submittedAt + 100_000,
    });
    expect(book.recordFinish(aTask(), stage)).toEqual([{ key: KEY, value: experienceOf(100) }]);
  });
});
