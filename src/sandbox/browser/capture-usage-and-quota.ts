import { message, press, write, writeVideo } from './keyboard.ts';
import { ADA, BRUNO, CHEN, DORA, act, openAs, capture, captureRange, slash } from './fixtures.ts';
import type { ScreenshotContext } from './fixtures.ts';

/** The videos made before the screenshot of `/usage`, by person and model. */
const MONTH = [
  { personId: CHEN, model: 'jimmy/seedance2.0-sp', duration: 8, times: 3 },
  { personId: BRUNO, model: 'jimmy/seedance2.0-fast-i2v', duration: 5, times: 3 },
  { personId: ADA, model: 'anyfast/seedance-2.0-mini', duration: 5, times: 2 },
  { personId: DORA, model: 'jimmy/seedance2.0-mini-sp', duration: 5, times: 5 },
];

/** Captures `/usage show` with its chart. */
export async function captureUsage(context: ScreenshotContext): Promise<void> {
  const page = await openAs(context, ADA);
  const done = page.locator('discord-message[id]', { hasText: /Done/u });
  let made = 0;
  for (const { personId, model, duration, times } of MONTH) {
    for (let time = 0; time < times; time += 1) {
      await act(page, personId, slash('video', { prompt: 'A lake', model, duration }));
      await done.nth(made).waitFor();
      made += 1;
    }
  }
  await write(page, '/usage show', '[Enter]', '[Enter]');
  const answer = message(page, 'Usage of this server');
  await answer.waitFor();
  await answer.locator('img').last().waitFor();
  await page.setViewportSize({ width: 1280, height: 1400 });
  await capture(answer, context, 'usage');
  await page.close();
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
