import type { Locator, Page } from 'playwright-core';

/** Types and presses, one after the other: a key in brackets is pressed (`[Enter]`), the rest typed. */
export async function press(page: Page, ...steps: readonly string[]): Promise<void> {
  for (const step of steps) {
    const key = /^\[(.+)\]$/u.exec(step)?.[1];
    await (key === undefined ? page.keyboard.type(step) : page.keyboard.press(key));
  }
}

/** Puts the focus into the line below the channel, then types. */
export async function write(page: Page, ...steps: readonly string[]): Promise<void> {
  await page.locator('#composer-text').focus();
  await press(page, ...steps);
}

/** The newest message of the channel with this text; not the notice of one being sent. */
export function message(page: Page, text: string | RegExp): Locator {
  return page.locator('discord-message', { hasText: text }).last();
}
