import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';

const EXECUTABLES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The path of the system's browser; `undefined` when none is installed. */
export const CHROMIUM: string | undefined = EXECUTABLES.find((path) => existsSync(path));

/** The message to print when no browser is installed. */
export const NO_CHROMIUM = 'no Chromium on this machine (Debian: apt-get install chromium)';

/** Keeps the browser from making network requests itself: no updates, no metrics, no QUIC. */
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

/** Launches the system's browser; throws when none is installed. */
export async function launchChromium(): Promise<Browser> {
  if (CHROMIUM === undefined) throw new Error(NO_CHROMIUM);
  return await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
}
