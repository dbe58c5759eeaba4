import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';

/** A clip is drawn on this machine, by other processes' leave. */
const PATIENCE_MS = 60_000;

/** What a page did that no page may do; empty at the end of every test. */
interface Misdeeds {
  /** Errors and warnings of the console, and exceptions nobody caught. */
  readonly complaints: string[];
  /** Requests that left this machine. */
  readonly foreign: string[];
}

export interface OpenOptions extends BrowserContextOptions {
  /** `person=…&locale=…` */
  readonly search?: string;
  /** Complaints that the test provokes. */
  readonly allows?: RegExp;
}

/** Opens the playground as one person; the test fails where the page complains or calls elsewhere. */
export async function openPage(
  browser: Browser,
  url: string,
  { search = '', allows, ...options }: OpenOptions = {},
): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    colorScheme: 'dark',
    locale: 'en-US',
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const misdeeds = watch(page);
  // From the first moment on: a dialog that opens before somebody waits for it is lost.
  page.on('filechooser', () => undefined);
  onTestFinished(async () => {
    await context.close();
    const complaints = misdeeds.complaints.filter((text) => allows?.test(text) !== true);
    expect({ ...misdeeds, complaints }).toEqual({ complaints: [], foreign: [] });
  });
  await page.goto(`${url}?${search}`);
  await page.locator('#composer-text').waitFor();
  return page;
}

function watch(page: Page): Misdeeds {
  const misdeeds: Misdeeds = { complaints: [], foreign: [] };
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) misdeeds.complaints.push(message.text());
  });
  page.on('pageerror', (error) => misdeeds.complaints.push(String(error.stack)));
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    const isLocal = hostname === '127.0.0.1' || protocol === 'blob:' || protocol === 'data:';
    if (!isLocal) misdeeds.foreign.push(request.url());
  });
  page.on('websocket', (socket) => {
    if (new URL(socket.url()).hostname !== '127.0.0.1') misdeeds.foreign.push(socket.url());
  });
  return misdeeds;
}
