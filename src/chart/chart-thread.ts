import { constants, setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { drawUsageChart } from './draw-usage-chart.ts';
import { usageChartSchema } from './usage-chart.ts';

// On Linux this is the priority of the thread, elsewhere of the whole process. Acknowledgements must
// not wait for a chart where there are few processors.
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_LOW);

// Each message is a chart, and is answered by its PNG. An error here ends the thread and reaches the
// code that started it.
parentPort?.on('message', (chart: unknown) => void answer(chart));

async function answer(chart: unknown): Promise<void> {
  const png = await drawUsageChart(usageChartSchema.parse(chart));
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  parentPort?.postMessage(png);
}
