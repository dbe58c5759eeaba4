import { expect, it } from 'vitest';
import { createReports } from '../../src/discord/usage/reports.ts';
import { aChart } from '../chart/a-chart.ts';
import { fakeClock } from '../fakes/clock.ts';
import { recordingLog } from '../fakes/log.ts';

it('logs why a chart could not be drawn, which its report does not say', async () => {
  const log = recordingLog();
  const { draw } = createReports(fakeClock(), log);
  const { title: _, ...broken } = aChart();
  // @ts-expect-error -- what the type forbids stands for whatever else goes wrong
  await expect(draw(broken)).rejects.toBeInstanceOf(Error);
  expect(log.lines.map(({ level, message }) => [level, message])).toEqual([
    ['warn', 'chart could not be drawn'],
  ]);
  expect(log.lines[0]?.fields).toHaveProperty('err');
});
