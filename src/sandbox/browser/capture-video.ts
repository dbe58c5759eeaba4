import { join } from 'node:path';
import { projectRoot } from '../project-root.ts';
import { message, press, writeVideo } from './keyboard.ts';
import { ADA, openAs, capture, captureRange, setHeight } from './fixtures.ts';
import type { ScreenshotContext } from './fixtures.ts';

const PICTURES = join(projectRoot(), 'src', 'sandbox', 'pictures');
const PROMPT = 'Night falls over the lake, slow push-in';

/** Captures `/video` while it is typed, while the video is made, and with the finished clip. */
export async function captureVideo(context: ScreenshotContext): Promise<void> {
  const page = await openAs(context, ADA);
  await setHeight(page, 760);
  await writeVideo(page, PROMPT, 'fast i2v');
  for (const frame of ['first', 'last']) {
    await press(page, `${frame}_f`, '[Enter]');
    const file = join(PICTURES, `${frame}-frame.jpg`);
    await page.locator(`#field-${frame}_frame`).setInputFiles(file);
    await page.locator('.slot-file', { hasText: `${frame}-frame` }).waitFor();
  }
  const [from, to] = [page.locator('.composer-popup'), page.locator('form.composer')];
  await captureRange(page, context, { name: 'typing', from, to });

  await setHeight(page, 560);
  await press(page, '[Enter]');
  const answer = message(page, PROMPT);
  await answer.getByText(/Generating .*[3-9]\d %/u).waitFor();
  await capture(page, context, 'progress');

  await setHeight(page, 760);
  await answer.locator('video').waitFor();
  await answer.locator('video').evaluate(showMiddle);
  await captureRange(page, context, { name: 'video', from: answer });
  await page.close();
}

/** The used part of HTMLVideoElement; browser types are not available here. */
interface Clip {
  controls: boolean;
  currentTime: number;
  requestVideoFrameCallback(then: () => void): void;
}

/** Shows the middle of the clip without controls; runs in the page. */
async function showMiddle(clip: Clip): Promise<void> {
  clip.controls = false;
  clip.currentTime = 2.5;
  await new Promise<void>((resolve) => {
    clip.requestVideoFrameCallback(resolve);
  });
}

/** Captures the refusal of options that the model does not support. */
export async function captureRefusal(context: ScreenshotContext): Promise<void> {
  const page = await openAs(context, ADA);
  await writeVideo(page, 'A fox in the snow', 'fast i2v');
  await press(page, 'resol', '[Enter]', '1080', '[Enter]', 'ratio', '[Enter]', '21', '[Enter]');
  await press(page, '[Enter]');
  const answer = message(page, "can't make this as asked");
  await answer.waitFor();
  await captureRange(page, context, { name: 'refusal', from: answer });
  await page.close();
}
