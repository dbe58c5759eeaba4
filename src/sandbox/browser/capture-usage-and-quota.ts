import type { Page } from 'playwright-core';
import { message, press, write, writeVideo } from './keyboard.ts';
import {
  ADA,
  BRUNO,
  CHEN,
  DORA,
  act,
  advance,
  openAs,
  captureRange,
  setHeight,
  slash,
} from './fixtures.ts';
import type { ScreenshotContext } from './fixtures.ts';

const SP = { model: 'jimmy/seedance2.0-sp', duration: 8 };
const FAST_I2V = { model: 'jimmy/seedance2.0-fast-i2v', duration: 5 };
const MINI = { model: 'anyfast/seedance-2.0-mini', duration: 5 };
const SPECIAL = { model: 'jimmy/seedance2.0-mini-sp', duration: 5 };

/** The videos made before the screenshots, by person; one line a day, every other day of a month. */
const MONTH = [
  [{ personId: CHEN, video: SP }],
  [{ personId: BRUNO, video: FAST_I2V, times: 2 }],
  [
    { personId: ADA, video: MINI },
    { personId: CHEN, video: SP },
  ],
  [{ personId: BRUNO, video: SP, times: 3 }],
  [{ personId: ADA, video: MINI, times: 2 }],
  [
    { personId: CHEN, video: SP, times: 2 },
    { personId: BRUNO, video: FAST_I2V },
  ],
  [{ personId: CHEN, video: SP }],
  // All that the limit for everyone allows on one day.
  [{ personId: DORA, video: SPECIAL, times: 5 }],
] as const;
const DAY_MS = 86_400_000;

/** Captures `/usage show` with its chart. */
export async function captureUsage(context: ScreenshotContext): Promise<void> {
  const page = await openAs(context, ADA);
  const done = page.locator('discord-message[id]', { hasText: /Done/u });
  await startMonth(page);
  let made = 0;
  for (const [index, day] of MONTH.entries()) {
    if (index > 0) await advance(page, 2 * DAY_MS);
    for (const { personId, video, ...more } of day) {
      const times = 'times' in more ? more.times : 1;
      for (let time = 0; time < times; time += 1) {
        await act(page, personId, slash('video', { prompt: 'A lake', ...video }));
        await done.nth(made).waitFor();
        made += 1;
      }
    }
  }
  await write(page, '/usage show', '[Enter]', '[Enter]');
  const answer = message(page, 'Usage of this server');
  await answer.waitFor();
  await answer.locator('img').last().waitFor();
  await setHeight(page, 1400);
  await captureRange(page, context, { name: 'usage', from: answer });
  await page.close();
}

/** Lets time pass until noon of the first day of a month, at Discord, in UTC. */
async function startMonth(page: Page): Promise<void> {
  const now = new Date();
  const start = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1, 12);
  for (let left = start - now.getTime(); left > 0; left -= 7 * DAY_MS) {
    await advance(page, Math.min(left, 7 * DAY_MS));
  }
}

/** Captures a used-up daily quota: `/quota show`, and the denial of a sixth video. */
export async function captureQuota(context: ScreenshotContext): Promise<void> {
  const page = await openAs(context, DORA);
  await write(page, '/quota show', '[Enter]', '[Enter]');
  const quota = message(page, '/quota show');
  await quota.waitFor();
  await writeVideo(page, 'A sixth one', 'mini special');
  await press(page, '[Enter]');
  const denial = message(page, 'this needs');
  await denial.waitFor();
  await captureRange(page, context, { name: 'quota', from: quota, to: denial });
  await page.close();
}
