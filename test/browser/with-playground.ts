import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe } from 'vitest';
import { CHROMIUM, NO_CHROMIUM, launchChromium } from '../../src/sandbox/browser/chromium.ts';
import { startPlayground } from '../../src/sandbox/playground/start-playground.ts';
import type {
  Playground,
  PlaygroundOptions,
} from '../../src/sandbox/playground/start-playground.ts';

/** What the tests of a page have: the real bot in a playground, and a browser. */
export interface PageFixture {
  readonly playground: Playground;
  readonly browser: Browser;
}

/** Tests on one playground and one browser; skipped, aloud, where there is no browser. */
export function describePage(
  title: string,
  define: (fixture: PageFixture) => void,
  options: PlaygroundOptions = {},
): void {
  const note = CHROMIUM === undefined ? ` (skipped: ${NO_CHROMIUM})` : '';
  describe.skipIf(CHROMIUM === undefined)(`${title}${note}`, { timeout: 120_000 }, () => {
    let playground: Playground | undefined;
    let browser: Browser | undefined;
    const faults: unknown[] = [];
    beforeAll(async () => {
      playground = await startPlayground({
        ...options,
        onError: (cause) => faults.push(cause),
      });
      browser = await launchChromium();
    });
    afterAll(async () => {
      await browser?.close();
      await playground?.close();
      if (faults.length > 0) throw new AggregateError(faults, 'the playground itself failed');
    });
    define({
      get playground() {
        return started(playground);
      },
      get browser() {
        return started(browser);
      },
    });
  });
}

function started<Thing>(thing: Thing | undefined): Thing {
  if (thing === undefined) throw new Error('not started');
  return thing;
}
