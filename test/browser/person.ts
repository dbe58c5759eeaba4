import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import type { KnobTurn } from '../../src/sandbox/playground/protocol/knobs.ts';
import { projectRoot } from '../../src/sandbox/project-root.ts';

const PICTURES = join(projectRoot(), 'src', 'sandbox', 'pictures');
/** Two real photos. */
export const FIRST_PHOTO = join(PICTURES, 'first-frame.jpg');
export const LAST_PHOTO = join(PICTURES, 'last-frame.jpg');

/** Turns a knob, by the address that the side panel uses as well. */
export async function turn(page: Page, what: KnobTurn): Promise<void> {
  const response = await page.request.post(new URL('/knobs', page.url()).href, { data: what });
  const result: unknown = await response.json();
  if (JSON.stringify(result) !== '{"kind":"done"}') throw new Error(JSON.stringify(result));
}

/** Answers the next file dialog with this file. */
export async function chooseFile(
  page: Page,
  path: string,
  open: () => Promise<void>,
): Promise<void> {
  const [dialog] = await Promise.all([page.waitForEvent('filechooser'), open()]);
  await dialog.setFiles(path);
}

/** Drops files on an element, as from the desktop. */
export async function dropFiles(target: Locator, paths: readonly string[]): Promise<void> {
  const files = await Promise.all(paths.map(readPhoto));
  await target.evaluate((element, given) => {
    const data = new DataTransfer();
    for (const { name, bytes } of given) {
      data.items.add(new File([new Uint8Array(bytes)], name, { type: 'image/jpeg' }));
    }
    for (const type of ['dragenter', 'dragover', 'drop']) {
      element.dispatchEvent(
        new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }),
      );
    }
  }, files);
}

/** Pastes a file where the focus is. */
export async function pasteFile(page: Page, path: string): Promise<void> {
  await page.evaluate(
    ({ name, bytes }) => {
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array(bytes)], name, { type: 'image/jpeg' }));
      document.activeElement?.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
      );
    },
    await readPhoto(path),
  );
  await page.locator('.slot-file', { hasText: basename(path) }).waitFor();
}

async function readPhoto(path: string): Promise<{ name: string; bytes: number[] }> {
  return { name: basename(path), bytes: [...(await readFile(path))] };
}

/** Plays a clip until its time has moved; says what the browser found in it. */
export async function play(
  clip: Locator,
): Promise<{ width: number; height: number; moved: boolean }> {
  return await clip.evaluate(async (video) => {
    if (!(video instanceof HTMLVideoElement)) throw new Error('no clip');
    video.muted = true;
    await video.play();
    await new Promise<void>((resolve) => {
      const check = (): void => {
        if (video.currentTime > 0.2) resolve();
        else video.requestVideoFrameCallback(check);
      };
      check();
    });
    video.pause();
    return { width: video.videoWidth, height: video.videoHeight, moved: video.currentTime > 0.2 };
  });
}
