import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import type { Action } from '../playground/protocol/actions.ts';

/** The browser, the page's address and the folder for the screenshots. */
export interface ScreenshotContext {
  readonly browser: Browser;
  readonly url: string;
  readonly folder: string;
}

/** Ids of the playground's people. */
export const ADA = '150000000000000001';
export const BRUNO = '150000000000000002';
export const CHEN = '150000000000000003';
export const DORA = '150000000000000004';
const GENERAL = '130000000000000001';

/** Wide enough for a video's buttons in one row beside all columns, and low, without empty space. */
const VIEWPORT = { width: 1344, height: 560 };

/** Opens the page as this person. */
export async function openAs({ browser, url }: ScreenshotContext, personId: string): Promise<Page> {
  const page = await browser.newPage({ viewport: VIEWPORT, colorScheme: 'dark', locale: 'en-US' });
  await page.goto(`${url}?person=${personId}&locale=en-US`);
  await page.locator('#composer-text').focus();
  return page;
}

/** Makes the page this high. */
export async function setHeight(page: Page, height: number): Promise<void> {
  await page.setViewportSize({ ...VIEWPORT, height });
}

/** Performs an action as a person who has no open tab. */
export async function act(page: Page, personId: string, action: Action): Promise<void> {
  const as = { personId, locale: 'en-US' };
  await page.request.post(new URL('/act', page.url()).href, { data: { as, action } });
}

/** Lets time pass at Discord, in milliseconds; at most a week at once. */
export async function advance(page: Page, ms: number): Promise<void> {
  await page.request.post(new URL('/knobs', page.url()).href, { data: { kind: 'advance', ms } });
}

/** A slash command in #general. */
export function slash(command: string, options: Readonly<Record<string, string | number>>): Action {
  return { kind: 'slash', channelId: GENERAL, command, options };
}

/** Takes a screenshot of a page. */
export async function capture(
  page: Page,
  { folder }: ScreenshotContext,
  name: string,
): Promise<void> {
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
}

/** What a screenshot shows; the width is that of the last element. */
interface ScreenshotRange {
  readonly name: string;
  readonly from: Locator;
  readonly to?: Locator;
}

/** The space above and below what is shown, in pixels. */
const MARGIN = 8;

/** Takes a screenshot from the top of one element to the bottom of a lower one, or of the same. */
export async function captureRange(
  page: Page,
  { folder }: ScreenshotContext,
  { name, from, to = from }: ScreenshotRange,
): Promise<void> {
  const [first, last] = await Promise.all([from.boundingBox(), to.boundingBox()]);
  if (first === null || last === null) throw new Error(`screenshot ${name}: element not visible`);
  const { x, y, width } = last;
  const top = Math.max(0, first.y - MARGIN);
  const clip = { x, y: top, width, height: y + last.height + MARGIN - top };
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled', clip });
}
