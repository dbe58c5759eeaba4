import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { message, press, write, writeVideo } from '../../src/sandbox/browser/keyboard.ts';
import { serious } from './axe.ts';
import { openPage } from './open-page.ts';
import { FIRST_PHOTO, dropFiles } from './person.ts';
import { describePage } from './with-playground.ts';

describePage('everybody can use the page', (fixture) => {
  it.each(['dark', 'light'] as const)(
    'axe-core finds nothing serious, in the %s theme',
    async (colorScheme) => {
      const page = await openPage(fixture.browser, fixture.playground.url, { colorScheme });
      expect(await serious(page)).toEqual([]);

      await write(page, '/');
      await page.getByRole('listbox').waitFor();
      expect(await serious(page)).toEqual([]);

      await press(page, 'video ', '[Control+Enter]');
      await page.locator('.error').waitFor();
      await dropFiles(page.locator('.composer-box'), [FIRST_PHOTO]);
      await page.locator('.slot-file').waitFor();
      expect(await serious(page)).toEqual([]);
      await press(page, '[Escape]', '[Escape]');

      await write(page, '/settings set money ', 'confirm', '[Enter]', '0.01', '[Enter]', '[Enter]');
      await message(page, 'have to be confirmed').waitFor();
      // The other theme's question is still there.
      await writeVideo(page, `A ${colorScheme} fox`, 'fast i2v');
      await press(page, '[Enter]');
      await message(page, `A ${colorScheme} fox`)
        .getByRole('button', { name: 'Make this video' })
        .waitFor();
      const marks = '# Head\n> quote\n- one\n- two\n**b** *i* `c` ||hidden|| https://example.org';
      for (const line of marks.split('\n')) {
        await write(page, line, '[Enter]');
      }
      await message(page, 'hidden').waitFor();
      await message(page, 'hidden').hover();
      await message(page, 'hidden').getByRole('button', { name: 'More' }).click();
      expect(await serious(page)).toEqual([]);

      for (const tab of ['Simulation', 'Providers', 'Discord', 'Edits', 'Accounts', 'Log']) {
        await page.getByRole('tab', { name: tab }).click();
        expect(await serious(page, '#panel')).toEqual([]);
      }
    },
  );

  it('works at 390 pixels: everything is there, and nothing sticks out', async () => {
    const page = await openPage(fixture.browser, fixture.playground.url, {
      viewport: { width: 390, height: 844 },
    });
    expect(await overflow(page)).toBe(0);

    await page.getByRole('button', { name: 'Show servers and channels' }).click();
    expect(await serious(page)).toEqual([]);
    await page.getByRole('button', { name: 'clips' }).click();
    await page.locator('h1', { hasText: 'clips' }).waitFor();

    await page.getByRole('button', { name: 'Show the inside view' }).click();
    await page.getByRole('tab', { name: 'Simulation' }).click();
    await page.getByRole('button', { name: 'Kill now' }).waitFor();
    expect(await serious(page)).toEqual([]);
    await press(page, '[Escape]');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('open-panel');

    await writeVideo(page, 'word '.repeat(60), 'fast i2v');
    await dropFiles(page.locator('.composer-box'), [FIRST_PHOTO]);
    await page.locator('.slot-file').waitFor();
    expect(await overflow(page)).toBe(0);
    expect(await serious(page)).toEqual([]);
  });

  it('is reached by keyboard from end to end, without a trap', async () => {
    const page = await openPage(fixture.browser, fixture.playground.url);
    const seen: string[] = [];
    for (let at = 0; at < 60; at += 1) {
      await press(page, '[Tab]');
      const name = await page.evaluate(() => {
        const { activeElement: element } = document;
        return element?.id || element?.getAttribute('aria-label') || element?.textContent?.trim();
      });
      if (name === undefined || (seen.length > 3 && name === seen[0])) break;
      seen.push(name);
    }
    // The focus starts in the line, in the middle of the order.
    const first = seen.findIndex((name) => name.includes('general'));
    const fromTop = [...seen.slice(first), ...seen.slice(0, first)];
    expect(fromTop.join('\n')).toMatch(/general[^]*who[^]*language[^]*composer-text[^]*tab-tasks/u);
  });
});

/** By how many pixels the page is wider than its window. */
async function overflow(page: Page): Promise<number> {
  return await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}
