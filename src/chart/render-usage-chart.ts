import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import type { UsageChart } from './usage-chart.ts';

const pngSchema = z.instanceof(Uint8Array);

/** Longer than any drawing takes on a slow machine, in milliseconds. */
const MAX_DURATION_MS = 15_000;

/**
 * The picture as PNG, drawn in a thread of its own: loading the canvas with its fonts and drawing take
 * a tenth of a second and more, in which no interaction could be acknowledged. Rejects where it fails.
 */
export async function renderUsageChart(chart: UsageChart): Promise<Uint8Array> {
  const thread = startThread(chart);
  try {
    return await pngFrom(thread);
  } finally {
    await thread.terminate();
  }
}

function startThread(chart: UsageChart): Worker {
  // With the machine's own fonts left alone, a chart looks the same everywhere.
  const options = { workerData: chart, env: { DISABLE_SYSTEM_FONTS_LOAD: '1' }, execArgv: [] };
  if (!import.meta.url.endsWith('.ts')) {
    return new Worker(new URL('chart-thread.js', import.meta.url), options);
  }
  // From source (tests) the thread needs a loader for TypeScript; Node 20 ignores `--import` there.
  const loader = import.meta.resolve('tsx/esm/api');
  const file = new URL('chart-thread.ts', import.meta.url);
  const start = `import('${loader}').then(({ register }) => { register(); return import('${file.href}'); });`;
  return new Worker(start, { ...options, eval: true });
}

async function pngFrom(thread: Worker): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('The chart took too long')), MAX_DURATION_MS);
    const settle = (done: () => void): void => {
      clearTimeout(late);
      done();
    };
    thread.once('message', (message: unknown) => {
      settle(() => resolve(pngSchema.parse(message)));
    });
    thread.once('error', (cause) => {
      settle(() => reject(cause));
    });
    thread.once('exit', () => {
      settle(() => reject(new Error('The thread stopped before the chart was ready')));
    });
  });
}
