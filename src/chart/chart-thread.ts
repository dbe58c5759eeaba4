import { constants, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { drawUsageChart } from './draw-usage-chart.ts';
import { usageChartSchema } from './usage-chart.ts';

// On Linux this is the priority of the thread, elsewhere of the whole process. Acknowledgements must
// not wait for a chart where there are few processors.
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_LOW);
// The thread draws the chart it was started with, sends the PNG as its only message, and ends. An
// error here ends the thread and reaches the code that started it.
const png = await drawUsageChart(usageChartSchema.parse(workerData));
// This is a thread's port, not a window's, so there is no target origin.
// oxlint-disable-next-line unicorn/require-post-message-target-origin
parentPort?.postMessage(png);
