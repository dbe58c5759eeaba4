import { stderr } from 'node:process';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';

/** Long, because clips are rendered on this machine beside other processes. */
const TIMEOUT_MS = 60_000;

/** What no page may do; must be empty at the end of each test. */
interface PageProblems {
  /** Errors and warnings of the console, and uncaught exceptions. */
  readonly complaints: string[];
  /** Requests that left this machine. */
  readonly foreignRequests: string[];
}

export interface OpenOptions extends BrowserContextOptions {
  /** `person=…&locale=…` */
  readonly search?: string;
  /** Matches complaints that the test provokes. */
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
  page.setDefaultTimeout(TIMEOUT_MS);
  const problems = watch(page);
  // From the start, because a dialog that opens before a listener exists is lost.
  page.on('filechooser', () => undefined);
  onTestFinished(async ({ task }) => {
    if (task.result?.state === 'fail') await saySeen(page);
    await context.close();
    const complaints = problems.complaints.filter((text) => allows?.test(text) !== true);
    expect({ ...problems, complaints }).toEqual({ complaints: [], foreignRequests: [] });
  });
  await page.goto(`${url}?${search}`);
  await page.locator('#composer-text').waitFor();
  return page;
}

/** Puts what the person saw beside the failure, which may not come again. */
async function saySeen(page: Page): Promise<void> {
  stderr.write(`seen at ${page.url()}:\n${await page.locator('body').innerText()}\n`);
}

function watch(page: Page): PageProblems {
  const problems: PageProblems = { complaints: [], foreignRequests: [] };
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) problems.complaints.push(message.text());
  });
  page.on('pageerror', (error) => problems.complaints.push(String(error.stack)));
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    const isLocal = hostname === '127.0.0.1' || protocol === 'blob:' || protocol === 'data:';
    if (!isLocal) problems.foreignRequests.push(request.url());
  });
  page.on('websocket', (socket) => {
    if (new URL(socket.url()).hostname !== '127.0.0.1') problems.foreignRequests.push(socket.url());
  });
  return problems;
}
