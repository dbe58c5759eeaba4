import { describe, expect, it } from 'vitest';
import { MAX_SHOWN_QUEUE_POSITION } from '../../../src/app/ports/message-port.ts';
import { createProviderQueues } from '../../../src/worker/scheduling/provider-queues.ts';
import { NOON, fakeClock } from '../../fakes/clock.ts';

function queuesAt(createsAtOnce = 8) {
  const clock = fakeClock();
  const places = { now: createsAtOnce };
  const queues = createProviderQueues(clock, () => places.now);
  const moved: string[] = [];
  queues.onMove((taskId) => moved.push(taskId));
  const positions = (...ids: string[]): number[] => ids.map((id) => queues.positionOf('jimmy', id));
  return { clock, queues, moved, positions, places };
}

describe('the queue in front of a provider', () => {
  it('has no positions while everybody can be sent', () => {
    const { queues, positions } = queuesAt();
    for (const id of ['1', '2', '3']) queues.join('jimmy', id);
    expect(positions('1', '2', '3', 'never joined')).toEqual([0, 0, 0, 0]);
  });

  it('has positions where as many creates are under way as may be', () => {
    const { queues, positions } = queuesAt();
    const ends = Array.from({ length: 8 }, () => queues.startCreate('jimmy'));
    for (const id of ['11', '9', '10']) queues.join('jimmy', id);
    expect(positions('9', '10', '11')).toEqual([1, 2, 3]);
    for (const end of ends.slice(0, 2)) end?.();
    expect(positions('9', '10', '11')).toEqual([0, 0, 3]);
  });

  it('has as much room as the operator gives each provider', () => {
    const { queues, positions } = queuesAt(2);
    const ends = [queues.startCreate('jimmy'), queues.startCreate('jimmy')];
    queues.join('jimmy', '1');
    expect(positions('1')).toEqual([1]);
    expect(queues.concurrency('anyfast')).toBe(2);
    for (const end of ends) end?.();
    queues.recordBusy('jimmy', NOON);
    for (const concurrency of [1, 2, 2]) {
      expect(queues.concurrency('jimmy')).toBe(concurrency);
      queues.recordNotBusy('jimmy');
    }
  });

  it('is in the order of acceptance, however its tasks come in', () => {
    const { queues, positions } = queuesAt();
    queues.recordBusy('jimmy', NOON + 5000);
    for (const id of ['103', '99', '101', '99']) queues.join('jimmy', id);
    expect(positions('99', '101', '103')).toEqual([1, 2, 3]);
    queues.leave('jimmy', '99');
    queues.leave('jimmy', '99');
    expect(positions('99', '101', '103')).toEqual([0, 1, 2]);
  });

  it('tells of those alone who moved, and not of those far behind', () => {
    const { queues, moved } = queuesAt();
    for (let id = 1000; id < 1100; id += 1) queues.join('jimmy', String(id));
    expect(moved).toEqual([]);
    queues.leave('jimmy', '1010');
    expect(moved).toHaveLength(MAX_SHOWN_QUEUE_POSITION + 1 - 10);
    expect(moved[0]).toBe('1011');
  });

  it('tells the positions at the front, and behind them only that it is behind', () => {
    const { queues, positions } = queuesAt();
    queues.recordBusy('jimmy', NOON + 5000);
    for (let id = 1000; id < 1100; id += 1) queues.join('jimmy', String(id));
    expect(positions('1000', '1049', '1050', '1099')).toEqual([1, 50, 51, 51]);
  });
});

describe('a busy provider', () => {
  it('is left alone until its wait is over, but no longer than five seconds', async () => {
    const { clock, queues } = queuesAt();
    queues.recordBusy('jimmy', NOON + 3000);
    expect(queues.blockedUntil('jimmy')).toBe(NOON + 3000);
    queues.recordBusy('jimmy', NOON + 1000);
    expect(queues.blockedUntil('jimmy')).toBe(NOON + 3000);
    expect(queues.blockedUntil('anyfast')).toBeUndefined();
    queues.recordBusy('anyfast', NOON + 3_600_000);
    expect(queues.blockedUntil('anyfast')).toBe(NOON + 5000);
    await clock.advance(3000);
    expect(queues.blockedUntil('jimmy')).toBeUndefined();
  });

  it('is then sent one, two, four and at last eight at once', () => {
    const { queues } = queuesAt();
    queues.recordBusy('jimmy', NOON);
    const concurrencies = [queues.concurrency('jimmy')];
    for (let opens = 0; opens < 4; opens += 1) {
      queues.recordNotBusy('jimmy');
      concurrencies.push(queues.concurrency('jimmy'));
    }
    expect(concurrencies).toEqual([1, 2, 4, 8, 8]);
  });

  it('is rid of a task whose record is gone, whoever its provider was', () => {
    const { queues, positions } = queuesAt();
    queues.recordBusy('jimmy', NOON + 5000);
    for (const id of ['1', '2']) queues.join('jimmy', id);
    queues.drop('1');
    queues.drop('never joined');
    expect(positions('1', '2')).toEqual([0, 1]);
  });
});

describe('places that other processes share', () => {
  it('are taken up to as many as there are now, whatever is in flight', () => {
    const { queues, places } = queuesAt(2);
    const ends = [queues.startCreate('jimmy'), queues.startCreate('jimmy')];
    expect(queues.startCreate('jimmy')).toBeUndefined();
    expect(queues.startCreate('anyfast')).toBeDefined();
    places.now = 1;
    ends[0]?.();
    expect(queues.mostInFlight()).toBe(1);
    expect([queues.startCreate('jimmy'), queues.concurrency('jimmy')]).toEqual([undefined, 1]);
    ends[1]?.();
    expect(queues.startCreate('jimmy')).toBeDefined();
  });

  it('make nobody the next one while this process has none', () => {
    const { queues, places, positions, moved } = queuesAt();
    for (const id of ['1', '2']) queues.join('jimmy', id);
    places.now = 0;
    queues.checkPlaces();
    expect(positions('1', '2')).toEqual([2, 3]);
    expect(moved).toEqual(['1', '2']);
    places.now = 1;
    queues.checkPlaces();
    expect(positions('1', '2')).toEqual([0, 2]);
    expect(moved).toEqual(['1', '2', '1', '2']);
  });

  it('are told of where there may be some again, although as many as before', () => {
    const { queues, places } = queuesAt(4);
    let told = 0;
    queues.onPlaces(() => {
      told += 1;
    });
    queues.checkPlaces();
    expect(told).toBe(1);
    places.now = 0;
    queues.checkPlaces();
    expect(told).toBe(1);
  });

  it('bound the doubling after a busy, which goes on with more of them', () => {
    const { queues, places } = queuesAt(2);
    queues.recordBusy('jimmy', NOON);
    for (let opens = 0; opens < 3; opens += 1) queues.recordNotBusy('jimmy');
    expect(queues.concurrency('jimmy')).toBe(2);
    places.now = 4;
    expect(queues.concurrency('jimmy')).toBe(4);
    queues.recordBusy('jimmy', NOON);
    expect(queues.concurrency('jimmy')).toBe(1);
    places.now = 0;
    expect(queues.concurrency('jimmy')).toBe(0);
  });
});

it('a task that leaves its queue leaves the line for copies as well', () => {
  for (const leave of ['leave', 'drop'] as const) {
    const { queues } = queuesAt();
    const take = (taskId: string, bytes: number) => queues.takeCopyRoom('jimmy', { taskId, bytes });
    const room = 45 * 1024 * 1024;
    for (const id of ['101', '102', '103']) queues.join('jimmy', id);
    take('101', 1000);
    expect(take('102', room)).toBeUndefined();
    expect(take('103', 1000)).toBeUndefined();
    if (leave === 'leave') queues.leave('jimmy', '102');
    else queues.drop('102');
    expect(take('103', 1000)).toBeDefined();
  }
});
