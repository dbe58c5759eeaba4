import { describe, expect, it } from 'vitest';
import { createReportVideo } from '../../src/app/second/report-video.ts';
import type { Reported } from '../../src/app/second/report-video.ts';
import { createVideoReports } from '../../src/store/tasks/video-reports.ts';
import { aTask } from '../fakes/a-task.ts';
import { fakeClock } from '../fakes/clock.ts';
import { memoryRecords } from '../fakes/memory-records.ts';

const REPORTER = '1300000000000000021';
const OTHER = '1300000000000000022';

function aDesk(records = memoryRecords()) {
  const told: string[] = [];
  const report = createReportVideo({
    reports: createVideoReports(records),
    notices: { report: async ({ id }) => void told.push(id) },
    clock: fakeClock(),
  });
  return { report, told };
}

const videos = (count: number) =>
  Array.from({ length: count }, (_, index) => aTask({ id: `13000000000000010${index + 10}` }));

const countOf = (answers: readonly Reported[], kind: Reported): number =>
  answers.filter((answer) => answer === kind).length;

it('that a wrong clock dated ahead do not count as those of today', async () => {
  const records = memoryRecords();
  const { report } = aDesk(records);
  const ahead = fakeClock().now() + 365 * 86_400_000;
  for (const { id } of videos(5)) {
    await createVideoReports(records).add({ memberId: REPORTER, taskId: id, at: ahead });
  }
  const [, , , , , sixth] = videos(6);
  if (sixth === undefined) throw new Error('there are six');
  await expect(report(sixth, REPORTER)).resolves.toBe('reported');
});

describe('reports at once', () => {
  it('of twenty videos are five, and those of another member are theirs', async () => {
    const { report, told } = aDesk();
    const answers = await Promise.all(videos(20).map(async (task) => report(task, REPORTER)));
    expect(countOf(answers, 'reported')).toBe(5);
    expect(countOf(answers, 'too-many')).toBe(15);
    expect(told).toHaveLength(5);
    for (const task of videos(1)) expect(await report(task, OTHER)).toBe('reported');
  });

  it('of one video are one', async () => {
    const { report, told } = aDesk();
    const clicks = Array.from({ length: 20 }, async () => report(aTask(), REPORTER));
    const answers = await Promise.all(clicks);
    expect(countOf(answers, 'reported')).toBe(1);
    expect(countOf(answers, 'known')).toBe(19);
    expect(told).toHaveLength(1);
  });
});

it('a report that the store did not take is not one, and holds up no other', async () => {
  const records = memoryRecords();
  const store = createVideoReports(records);
  let isDown = true;
  const report = createReportVideo({
    reports: {
      ...store,
      add: async (given) => (isDown ? Promise.reject(new Error('down')) : store.add(given)),
    },
    notices: { report: async () => undefined },
    clock: fakeClock(),
  });
  const [first, second] = videos(2);
  if (first === undefined || second === undefined) throw new Error('two videos are needed');
  await expect(report(first, REPORTER)).rejects.toThrow('down');
  isDown = false;
  await expect(report(second, REPORTER)).resolves.toBe('reported');
  await expect(report(first, REPORTER)).resolves.toBe('reported');
});
