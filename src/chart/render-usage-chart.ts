import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import type { UsageChart } from './usage-chart.ts';

const pngSchema = z.instanceof(Uint8Array);

/** Longer than any chart takes on a slow machine, in milliseconds. */
const MAX_DURATION_MS = 15_000;
/** The next chart of a burst finds canvas and fonts loaded; in milliseconds. */
const IDLE_MS = 10_000;

/** Of the thread's heap; Node's default is several times this, and a chart needs little. */
const YOUNG_MIB = 4;

/** Draws a chart as PNG. Rejects if drawing fails. */
export type RenderChart = (chart: UsageChart) => Promise<Uint8Array>;

/**
 * Draws charts one after the other in a separate thread, because loading canvas and fonts and
 * drawing take a tenth of a second or more, during which the bot could not acknowledge an
 * interaction. The thread starts with the first chart and ends some seconds after the last: it takes
 * tens of MiB, and a new one for each chart would leave some of that behind in the process.
 */
export function createChartRenderer(): RenderChart {
  let thread: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  let last: Promise<unknown> = Promise.resolve();

  async function endThread(): Promise<void> {
    const ending = thread;
    thread = undefined;
    await ending?.terminate();
  }

  async function draw(chart: UsageChart): Promise<Uint8Array> {
    clearTimeout(idle);
    const drawing = (thread ??= startThread());
    drawing.ref();
    try {
      const png = await pngFrom(drawing, chart);
      drawing.unref();
      idle = setTimeout(() => void endThread(), IDLE_MS).unref();
      return png;
    } catch (cause) {
      await endThread();
      throw cause;
    }
  }

  return async (chart) => {
    const drawn = last.then(async () => draw(chart));
    last = drawn.catch(() => undefined);
    return drawn;
  };
}

function startThread(): Worker {
  // Without the system's fonts, a chart looks the same on every machine.
  const options = {
    env: { DISABLE_SYSTEM_FONTS_LOAD: '1' },
    execArgv: [],
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MIB },
  };
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

async function pngFrom(thread: Worker, chart: UsageChart): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const settle = (done: () => void): void => {
      clearTimeout(late);
      thread.off('message', onMessage).off('error', onError).off('exit', onExit);
      done();
    };
    const onMessage = (message: unknown): void => {
      settle(() => resolve(pngSchema.parse(message)));
    };
    const onError = (cause: unknown): void => {
      settle(() => reject(cause));
    };
    const onExit = (): void => {
      settle(() => reject(new Error('The thread stopped before the chart was ready')));
    };
    const late = setTimeout(() => {
      settle(() => reject(new Error('The chart took too long')));
    }, MAX_DURATION_MS);
    thread.on('message', onMessage).on('error', onError).on('exit', onExit);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    thread.postMessage(chart);
  });
}
