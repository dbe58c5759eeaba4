import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startPlayground } from '../playground/start-playground.ts';
import type { Playground, PlaygroundOptions } from '../playground/start-playground.ts';
import { projectRoot } from '../project-root.ts';
import { CHROMIUM, NO_CHROMIUM, launchChromium } from './chromium.ts';
import { captureQuota, captureUsage } from './capture-usage-and-quota.ts';
import { captureRefusal, captureVideo } from './capture-video.ts';

/** Takes the screenshots of the README again. */
async function main(): Promise<number> {
  if (CHROMIUM === undefined) {
    process.stderr.write(`${NO_CHROMIUM}\n`);
    return 1;
  }
  const folder = join(projectRoot(), 'docs', 'images');
  await mkdir(folder, { recursive: true });
  const browser = await launchChromium();
  try {
    await withPlayground({}, async ({ url }) => {
      await captureVideo({ browser, url, folder });
      await captureRefusal({ browser, url, folder });
    });
    // These screenshots show no clips, so tiny ones are enough.
    await withPlayground({ quick: true }, async ({ url }) => {
      await captureUsage({ browser, url, folder });
      await captureQuota({ browser, url, folder });
    });
  } finally {
    await browser.close();
  }
  return 0;
}

async function withPlayground(
  options: PlaygroundOptions,
  run: (playground: Playground) => Promise<void>,
): Promise<void> {
  const playground = await startPlayground(options);
  try {
    await run(playground);
  } finally {
    await playground.close();
  }
}

process.exitCode = await main();
