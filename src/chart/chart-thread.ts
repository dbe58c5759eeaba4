import { parentPort, workerData } from 'node:worker_threads';
import { drawUsageChart } from './draw-usage-chart.ts';
import { usageChartSchema } from './usage-chart.ts';

// The whole life of the thread: what to draw comes with the start, the PNG is its one message. What
// goes wrong here ends the thread with an error, which whoever started it sees.
const png = await drawUsageChart(usageChartSchema.parse(workerData));
// A thread's port, not a window's: it has no target origin.
// oxlint-disable-next-line unicorn/require-post-message-target-origin
parentPort?.postMessage(png);
