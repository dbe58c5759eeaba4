import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { CHROMIUM, NO_CHROMIUM, launchChromium } from '../../sandbox/browser/chromium.ts';
import { startPlayground } from '../../sandbox/playground/start-playground.ts';
import type { Figure } from './figures.ts';
import { alternate, PAIRS, ratioOf } from './pairs.ts';

/** An empty page takes a tenth of a second on a busy machine; six of them are still no wait. */
const TARGET = 6;

/** Measures the main thread's work until the playground's page is painted, against an empty page. */
export async function benchPage(isBrief: boolean): Promise<Figure[]> {
  if (CHROMIUM === undefined) {
    process.stderr.write(`page: skipped, ${NO_CHROMIUM}\n`);
    return [];
  }
  const [playground, empty, browser] = await Promise.all([
    startPlayground({ quick: true }),
    serveEmptyPage(),
    launchChromium(),
  ]);
  try {
    const pairs = await alternate(isBrief ? 1 : 3 * PAIRS, {
      ours: async () => workUntilPaint(browser, playground.url, '#composer-text'),
      theirs: async () => workUntilPaint(browser, empty.url, 'p'),
    });
    return [
      {
        name: 'page, main-thread work until painted',
        ...ratioOf(pairs, (seconds) => seconds),
        target: TARGET,
        reference: 'an empty page in the same browser',
      },
    ];
  } finally {
    await browser.close();
    empty.close();
    await playground.close();
  }
}

/** Returns the seconds that the page's main thread was busy until this element was painted. */
async function workUntilPaint(browser: Browser, url: string, selector: string): Promise<number> {
  // A new context: nothing is cached or compiled yet.
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    await devtools.send('Performance.enable');
    await page.goto(url);
    await page.locator(selector).waitFor();
    await page.waitForFunction(
      "performance.getEntriesByName('first-contentful-paint').length === 1",
    );
    const { metrics } = await devtools.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN;
  } finally {
    await context.close();
  }
}

/** Serves a page with one character, so that there is something to paint. */
async function serveEmptyPage(): Promise<{ readonly url: string; close(): void }> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end('<!doctype html><title>Empty</title><p>.');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a TCP server has such an address
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
