import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { message, press, write } from '../../src/sandbox/browser/keyboard.ts';
import { serious } from './axe.ts';
import { openPage } from './open-page.ts';
import { describePage } from './with-playground.ts';

const MODEL = 'jimmy/seedance2.0-mini-sp';

async function focused(page: Page): Promise<string> {
  return await page.evaluate(() => document.activeElement?.id ?? '');
}

/** Puts a text into the message being written, as pasting does. */
async function paste(page: Page, text: string): Promise<void> {
  await page.locator('#composer-text').fill(text);
}

describePage(
  'whoever arrives',
  (fixture) => {
    const open = async (search?: string): Promise<Page> =>
      await openPage(
        fixture.browser,
        fixture.playground.url,
        search === undefined ? {} : { search },
      );

    it('has the focus in the line, and three things to try', async () => {
      const page = await open();
      expect(await focused(page)).toBe('composer-text');
      expect(await page.getByRole('group', { name: 'Try this' }).getByRole('button').count()).toBe(
        3,
      );
      expect(await serious(page)).toEqual([]);
      await page.getByRole('button', { name: 'A video from two pictures' }).click();
      await page.locator('.slot-file', { hasText: 'last-frame.jpg' }).waitFor();
      expect(await page.locator('.field-input').first().inputValue()).toContain('Night falls');
      await press(page, '[Escape]', '[Escape]');
      await page.getByRole('button', { name: 'Which models there are' }).click();
      await press(page, '[Enter]');
      await message(page, 'used /models').waitFor();
    });

    it('starts a command with a slash from anywhere', async () => {
      const page = await open();
      await page.getByRole('tab', { name: 'Simulation' }).click();
      await press(page, '/');
      await page.getByRole('listbox').waitFor();
      expect(await focused(page)).toBe('composer-text');
      expect(await page.locator('#composer-text').inputValue()).toBe('/');
      // What is being written stays.
      await press(page, 'video ', 'a fox');
      await page.locator('h1').click();
      await page.evaluate(() => {
        if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
      });
      await press(page, '/');
      expect(await focused(page)).toBe('field-prompt');
      expect(await page.locator('#field-prompt').inputValue()).toBe('a fox');
    });

    it('pastes a whole command, which is filled in and sent', async () => {
      const page = await open();
      await paste(page, `/video prompt:a fox: it runs model:${MODEL} resolution:720p duration:5`);
      await page.locator('#field-duration').waitFor();
      expect(await page.locator('#field-prompt').inputValue()).toBe('a fox: it runs');
      await press(page, '[Enter]');
      await message(page, 'a fox: it runs').locator('video').waitFor();
    });

    it('is told of an option that does not exist, and loses nothing', async () => {
      const page = await open();
      await paste(page, `/video prompt:a hen model:${MODEL}`);
      await press(page, 'bogus', '[Enter]');
      await page.getByRole('alert').getByText('There is no option “bogus”').waitFor();
      await page.getByRole('button', { name: 'Send' }).click();
      expect(await page.locator('#field-\\+').inputValue()).toBe('bogus');
      expect(await page.locator('discord-message', { hasText: 'a hen' }).count()).toBe(0);
      expect(await serious(page)).toEqual([]);
      await page.locator('#field-\\+').fill('duration:5');
      expect(await page.locator('#field-duration').inputValue()).toBe('5');
    });

    it('takes a choice back', async () => {
      const page = await open();
      await paste(page, `/video prompt:a cow model:${MODEL} resolution:1080p`);
      await page.locator('#field-resolution').waitFor();
      await page.getByRole('button', { name: 'Remove resolution' }).click();
      expect(await page.locator('#field-resolution').count()).toBe(0);
      await page.getByRole('button', { name: 'Send' }).click();
      await message(page, 'a cow').locator('video').waitFor();
    });

    it('finds each tab of the panel where it was left', async () => {
      const page = await open();
      await page.getByRole('tab', { name: 'Simulation' }).click();
      const panel = page.locator('#tab-panel');
      await panel.evaluate((element) => element.scrollTo({ top: 200 }));
      await page.getByRole('tab', { name: 'Log' }).click();
      expect(await panel.evaluate((element) => element.scrollTop)).toBe(0);
      await page.getByRole('tab', { name: 'Simulation' }).click();
      expect(await panel.evaluate((element) => element.scrollTop)).toBe(200);
    });

    it('reads badges in Chinese, and is denied a command by a knob', async () => {
      const page = await open('locale=zh-CN');
      await paste(page, `/video prompt:一只狐狸 model:${MODEL}`);
      await press(page, '[Enter]');
      await message(page, '一只狐狸').locator('video').waitFor();
      await page.locator('.task .badge', { hasText: '已送达' }).first().waitFor();
      await page.getByRole('tab', { name: '日志' }).click();
      await page.locator('.badge', { hasText: '信息' }).first().waitFor();
      await page.getByRole('tab', { name: '模拟设置' }).click();
      const access = page.getByRole('group', { name: '谁可以使用命令' });
      await access.getByLabel('命令').selectOption('models');
      await access.getByLabel('@everyone').selectOption('禁止');
      const dora = await open('person=150000000000000004');
      await write(dora, '/mod');
      await dora
        .getByRole('group', { name: 'Try this' })
        .or(dora.locator('.scroller'))
        .first()
        .waitFor();
      expect(await dora.getByRole('option', { name: '/models' }).count()).toBe(0);
      await access.getByLabel('@everyone').selectOption('未设置');
      await dora.getByRole('option', { name: '/models' }).waitFor();
    });
  },
  { quick: true },
);
