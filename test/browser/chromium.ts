import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The system's browser; undefined where there is none, and the tests of the page are skipped. */
export const CHROMIUM: string | undefined = PLACES.find((place) => existsSync(place));

export const BROWSER_SKIP_REASON =
  'no Chromium on this machine (Debian: apt-get install chromium), so the page is not tried';

/** Without a word to anybody: no update, no metrics, no QUIC. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--autoplay-policy=no-user-gesture-required',
];

export async function launchChromium(): Promise<Browser> {
  if (CHROMIUM === undefined) throw new Error(BROWSER_SKIP_REASON);
  return await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
}
