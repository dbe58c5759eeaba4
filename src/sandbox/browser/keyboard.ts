import type { Locator, Page } from 'playwright-core';

/** Types the steps in order; a step in brackets, such as `[Enter]`, is pressed as a key. */
export async function press(page: Page, ...steps: readonly string[]): Promise<void> {
  for (const step of steps) {
    const key = /^\[(.+)\]$/u.exec(step)?.[1];
    await (key === undefined ? page.keyboard.type(step) : page.keyboard.press(key));
  }
}

/** Focuses the message input, then types the steps. */
export async function write(page: Page, ...steps: readonly string[]): Promise<void> {
  await page.locator('#composer-text').focus();
  await press(page, ...steps);
}

/** Writes a `/video` with this model, chosen from the bot's suggestions. */
export async function writeVideo(page: Page, prompt: string, model: string): Promise<void> {
  await write(page, '/video ', prompt, '[Tab]');
  await pickModel(page, model);
}

/** Adds the option `model` where options are added, and chooses what the bot suggests first. */
export async function pickModel(page: Page, model: string): Promise<void> {
  await press(page, 'model', '[Enter]', model);
  await page.locator('#composer-option-0', { hasText: model }).waitFor();
  await press(page, '[Enter]');
}

/** The newest message of the channel that contains this text. */
export function message(page: Page, text: string | RegExp): Locator {
  return page.locator('discord-message', { hasText: text }).last();
}
