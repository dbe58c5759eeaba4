import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe } from 'vitest';
import { CHROMIUM, NO_CHROMIUM, launchChromium } from '../../src/sandbox/browser/chromium.ts';
import { startPlayground } from '../../src/sandbox/playground/start-playground.ts';
import type {
  Playground,
  PlaygroundOptions,
} from '../../src/sandbox/playground/start-playground.ts';

/** The fixture of page tests: a browser, and a playground with the real bot. */
export interface PageFixture {
  readonly playground: Playground;
  readonly browser: Browser;
}

/** Defines tests on one playground and one browser; skipped with a note if there is no browser. */
export function describePage(
  title: string,
  define: (fixture: PageFixture) => void,
  options: PlaygroundOptions = {},
): void {
  const note = CHROMIUM === undefined ? ` (skipped: ${NO_CHROMIUM})` : '';
  describe.skipIf(CHROMIUM === undefined)(`${title}${note}`, { timeout: 120_000 }, () => {
    let playground: Playground | undefined;
    let browser: Browser | undefined;
    const errors: unknown[] = [];
    beforeAll(async () => {
      playground = await startPlayground({
        ...options,
        onError: (cause) => errors.push(cause),
      });
      browser = await launchChromium();
    });
    afterAll(async () => {
      await browser?.close();
      await playground?.close();
      if (errors.length > 0) throw new AggregateError(errors, 'the playground itself failed');
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
