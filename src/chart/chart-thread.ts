import { parentPort, workerData } from 'node:worker_threads';
import { drawUsageChart } from './draw-usage-chart.ts';
import { usageChartSchema } from './usage-chart.ts';

// The thread draws the chart it was started with, sends the PNG as its only message, and ends. An
// error here ends the thread and reaches the code that started it.
const png = await drawUsageChart(usageChartSchema.parse(workerData));
// This is a thread's port, not a window's, so there is no target origin.
// oxlint-disable-next-line unicorn/require-post-message-target-origin
parentPort?.postMessage(png);
