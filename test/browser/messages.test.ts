import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { message, press, write } from '../../src/sandbox/browser/keyboard.ts';
import { serious } from './axe.ts';
import { openPage } from './open-page.ts';
import { startOtherBot } from './other-bot.ts';
import { FIRST_PHOTO, LAST_PHOTO, dropFiles } from './person.ts';
import { describePage } from './with-playground.ts';

/** Posts a text with two pictures. */
async function post(page: Page, text: string): Promise<Locator> {
  await dropFiles(page.locator('.scroller'), [FIRST_PHOTO, LAST_PHOTO]);
  await page.locator('.attached .slot').nth(1).waitFor();
  await page.getByRole('button', { name: 'Remove last-frame.jpg' }).click();
  expect(await page.locator('.attached .slot').count()).toBe(1);
  await write(page, text, '[Enter]');
  // Answers below repeat the text.
  const posted = page.locator('discord-message', { hasText: text }).first();
  await posted.getByAltText('first-frame.jpg').waitFor();
  return posted;
}

describePage(
  'a message of one’s own',
  (fixture) => {
    const open = async (options: Parameters<typeof openPage>[2] = {}): Promise<Page> => {
      const { playground, browser } = fixture;
      if (playground.testbed.discord.commands().length === 0) {
        await startOtherBot(playground.testbed.discord);
      }
      return await openPage(browser, playground.url, options);
    };

    it('has its picture, and a command used on it by a right-click', async () => {
      const page = await open();
      const posted = await post(page, 'My lake');
      await posted.click({ button: 'right' });
      const menu = page.getByRole('menu');
      await menu.getByRole('group', { name: 'Apps', exact: true }).waitFor();
      expect(await menu.getByRole('menuitem').first().innerText()).toBe('Repeat');
      await menu.getByRole('menuitem', { name: 'Repeat' }).click();
      await message(page, 'Repeat: My lake').waitFor();
      expect(await menu.count()).toBe(0);
    });

    it('has its menu closed by Escape, which gives the focus back, and by a click beside it', async () => {
      const page = await open();
      const posted = await post(page, 'My hill');
      await posted.click({ button: 'right' });
      const menu = page.getByRole('menu');
      await menu.waitFor();
      await press(page, '[End]');
      expect(await page.evaluate(() => document.activeElement?.textContent?.trim())).toBe(
        'Delete message',
      );
      await press(page, '[Escape]');
      expect(await menu.count()).toBe(0);
      expect(await page.evaluate(() => document.activeElement?.id)).toMatch(/^more-/u);
      await posted.click({ button: 'right' });
      await menu.waitFor();
      await page.locator('h1').click();
      expect(await menu.count()).toBe(0);
    });

    it('has a command used on it by a long press of a finger', async () => {
      const page = await open({ hasTouch: true, viewport: { width: 390, height: 844 } });
      const posted = await post(page, 'My pond');
      const box = await posted.boundingBox();
      if (box === null) throw new Error('the message is not visible');
      const at = { clientX: box.x + 100, clientY: box.y + 12, pointerType: 'touch' };
      await posted.dispatchEvent('pointerdown', at);
      const item = page.getByRole('menuitem', { name: 'Repeat' });
      await item.waitFor();
      await posted.dispatchEvent('pointerup', at);
      await posted.dispatchEvent('click');
      expect(await serious(page)).toEqual([]);
      await item.tap();
      await message(page, 'Repeat: My pond').waitFor();
      // A finger that moves scrolls.
      await posted.dispatchEvent('pointerdown', at);
      await posted.dispatchEvent('pointermove', { ...at, clientY: at.clientY + 40 });
      await page.waitForFunction(() => document.querySelector('[role="menu"]') === null);
    });

    it('is linked to, and shown by the link', async () => {
      const page = await open();
      const posted = await post(page, 'My brook');
      const id = (await posted.getAttribute('id'))?.replace('message-', '') ?? '';
      await page.getByRole('button', { name: 'clips' }).click();
      const address = `https://discord.com/channels/120000000000000001/130000000000000001/${id}`;
      await write(page, address, '[Enter]');
      await page.getByRole('button', { name: '#general › message' }).click();
      await page.locator('h1', { hasText: 'general' }).waitFor();
      await posted.waitFor();
      expect(await page.evaluate(() => location.hostname)).toBe('127.0.0.1');
    });

    it('is forwarded, shown as Discord does, and leads back', async () => {
      const page = await open();
      const posted = await post(page, 'My river');
      await posted.click({ button: 'right' });
      await page.getByRole('menuitem', { name: '#clips' }).click();
      await page.getByRole('button', { name: 'clips' }).click();
      const forwarded = page.locator('.forwarded', { hasText: 'My river' });
      await forwarded.getByText('Forwarded').waitFor();
      await forwarded.getByAltText('first-frame.jpg').waitFor();
      expect(await serious(page)).toEqual([]);
      await forwarded.click({ button: 'right' });
      await page.getByRole('menuitem', { name: 'Repeat' }).click();
      await message(page, 'Repeat: ').waitFor();
      await forwarded.getByRole('button', { name: '#general' }).click();
      await page.locator('h1', { hasText: 'general' }).waitFor();
    });
  },
  { bot: false },
);
