import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import type { UsageChart } from './usage-chart.ts';

const pngSchema = z.instanceof(Uint8Array);

/** Longer than any chart takes on a slow machine, in milliseconds. */
const MAX_DURATION_MS = 15_000;

/**
 * Draws the chart as PNG in a separate thread, because loading canvas and fonts and drawing take a
 * tenth of a second or more, during which the bot could not acknowledge an interaction. Rejects if
 * drawing fails.
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
  // Without the system's fonts, a chart looks the same on every machine.
  const options = { workerData: chart, env: { DISABLE_SYSTEM_FONTS_LOAD: '1' }, execArgv: [] };
  if (!import.meta.url.endsWith('.ts')) {
    return new Worker(new URL('chart-thread.js', import.meta.url), options);
  }
  // When run from source (tests), the thread needs a TypeScript loader; Node 20 ignores `--import`
  // for threads.
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
