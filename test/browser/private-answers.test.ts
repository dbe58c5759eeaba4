import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { message } from '../../src/sandbox/browser/keyboard.ts';
import { serious } from './axe.ts';
import { openPage } from './open-page.ts';
import { describePage } from './with-playground.ts';

/** Fills in a command line and sends it. */
async function send(page: Page, line: string): Promise<void> {
  await page.locator('#composer-text').fill(line);
  await page.locator('.fields').waitFor();
  await page.getByRole('button', { name: 'Send' }).click();
}

/** Whether something is wider than the message that it is in. */
const isTooWide = async (answer: Locator): Promise<boolean> =>
  answer.evaluate(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth);

describePage('answers to the caller alone', (fixture) => {
  it('show the models by provider, one of them by the menu, and all of them again', async () => {
    const page = await openPage(fixture.browser, fixture.playground.url);
    await send(page, '/models ');
    const list = message(page, 'Mini (AnyFast)');
    await list.waitFor();
    expect(await list.locator('discord-header').allTextContents()).toEqual([
      'Jimmy AI',
      'AnyFast',
      'Ark',
      'OpenRouter',
      'Our GPU',
    ]);
    expect(await serious(page)).toEqual([]);

    const menu = list.getByRole('combobox', { name: 'Details of a model' });
    await menu.focus();
    await menu.selectOption({ value: 'jimmy/seedance2.0-sp' });
    const one = message(page, 'jimmy/seedance2.0-sp');
    await one.getByText('Aspect ratio').waitFor();
    expect(await serious(page)).toEqual([]);
    await one.getByRole('button', { name: 'All models' }).click();
    await list.getByText('AnyFast', { exact: true }).waitFor();
  });

  it.each([
    ['light', 1280],
    ['dark', 390],
  ] as const)('are read in %s at %i pixels', async (colorScheme, width) => {
    const viewport = { width, height: 900 };
    const options = { colorScheme, viewport };
    const page = await openPage(fixture.browser, fixture.playground.url, options);
    for (const [command, title] of [
      ['/models ', 'Jimmy AI'],
      ['/usage show ', 'Usage of this server'],
      ['/usage holds ', 'no unconfirmed charges'],
      ['/quota list ', 'Limits of this server'],
      ['/settings show ', 'Settings of this server'],
      ['/history ', 'no videos in this server'],
    ] as const) {
      await send(page, command);
      const answer = message(page, title);
      await answer.locator('.container').first().waitFor();
      expect(await isTooWide(answer)).toBe(false);
    }
    expect(await serious(page)).toEqual([]);
  });
});
