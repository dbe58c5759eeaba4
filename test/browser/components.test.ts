import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { message, press, write } from '../../src/sandbox/browser/keyboard.ts';
import { serious } from './axe.ts';
import { openPage } from './open-page.ts';
import { startOtherBot } from './other-bot.ts';
import { FIRST_PHOTO, LAST_PHOTO, dropFiles, pasteFile } from './person.ts';
import { describePage } from './with-playground.ts';

/** Fills the first option of `/echo`, whose suggestions the bot sends. */
async function chooseApple(page: Page): Promise<void> {
  await write(page, '/echo ', 'apple');
  await page.getByRole('option', { name: 'Apple' }).waitFor();
  await press(page, '[Enter]');
}

describePage(
  'what other bots use',
  (fixture) => {
    const open = async (search = ''): Promise<Page> => {
      const { playground, browser } = fixture;
      if (playground.testbed.discord.commands().length === 0) {
        await startOtherBot(playground.testbed.discord);
      }
      return await openPage(browser, playground.url, { search });
    };

    it('is typed by options of every kind', async () => {
      const page = await open();
      await write(page, '/echo ', 'ap');
      await page.getByRole('option', { name: 'Apricot' }).waitFor();
      expect(await page.locator('.list-name').allTextContents()).toEqual(['Apple', 'Apricot']);
      await press(page, '[ArrowDown]', '[Enter]');
      await press(page, 'count', '[Enter]', '3', '[Tab]', 'weight', '[Enter]', '1.5', '[Tab]');
      await press(page, 'sure', '[Enter]', 't', '[Enter]', 'who', '[Enter]', 'chen', '[Enter]');
      await press(
        page,
        'where',
        '[Enter]',
        'clips',
        '[Enter]',
        'rank',
        '[Enter]',
        'art',
        '[Enter]',
      );
      await press(page, 'anybody', '[Enter]', 'dora', '[Enter]', 'picture', '[Enter]');
      await page.locator('#field-picture').setInputFiles(FIRST_PHOTO);
      await page.locator('.slot-file').waitFor();
      await page.getByRole('button', { name: 'Send' }).click();
      const answer = message(page, 'echo:');
      await answer.waitFor();
      expect(JSON.parse((await answer.innerText()).replace(/^[^]*echo: /u, ''))).toEqual({
        fruit: 'apricot',
        count: 3,
        weight: 1.5,
        sure: true,
        who: '150000000000000003',
        where: '130000000000000002',
        rank: '140000000000000001',
        anybody: '150000000000000004',
        picture: 'first-frame.jpg',
      });
    });

    it('is taken back: a file, an optional option, the whole command', async () => {
      const page = await open();
      await chooseApple(page);
      await press(page, 'pict', '[Enter]');
      await page.locator('#field-picture').setInputFiles(FIRST_PHOTO);
      await page.getByRole('button', { name: 'Remove picture' }).click();
      expect(await page.locator('.slot-file').count()).toBe(0);
      await page.getByRole('button', { name: 'Remove picture' }).click();
      expect(await page.locator('.slot').count()).toBe(0);
      await page.getByRole('button', { name: 'Discard command' }).click();
      await page.locator('#composer-text').waitFor();
    });

    it('is a file of a kind that an option does not take, which is said at once', async () => {
      const page = await open();
      await chooseApple(page);
      await press(page, 'pict', '[Enter]');
      const notes = { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('x') };
      await page.locator('#field-picture').setInputFiles(notes);
      await page.locator('.slot.is-bad').waitFor();
      await page.getByRole('button', { name: 'Send' }).click();
      expect(await page.locator('#composer-hint').innerText()).toContain(
        'Only image can be attached here.',
      );
    });

    it('is a file before any command was chosen, which then goes into its slot', async () => {
      const page = await open();
      await dropFiles(page.locator('.scroller'), [FIRST_PHOTO]);
      await page.getByText('or type / to use them in a command').waitFor();
      expect(await page.locator('.attached .slot-file').innerText()).toBe('first-frame.jpg');
      await write(page, '/echo ');
      await page.locator('.slot-file').waitFor();
      expect(await page.locator('.attached').count()).toBe(0);
      expect(page.url()).toContain(fixture.playground.url);
    });

    it('is pasted, into the first free slot', async () => {
      const page = await open();
      await chooseApple(page);
      await pasteFile(page, FIRST_PHOTO);
      expect(await page.locator('.slot-file').innerText()).toBe('first-frame.jpg');
    });

    it('has names and descriptions in the reader’s language', async () => {
      const page = await open('locale=zh-CN');
      await write(page, '/回');
      const entry = page.locator('#composer-list li');
      await entry.waitFor();
      expect(await entry.innerText()).toMatch(/\/回声\s*重复收到的内容/u);
    });

    it('is called on a message, and on who wrote it', async () => {
      const page = await open();
      await write(page, 'Say this again', '[Enter]');
      for (const [name, answer] of [
        ['Repeat', 'Repeat: Say this again'],
        ['Wave', 'Wave: Ada'],
      ] as const) {
        const said = page.locator('discord-message', { hasText: /^\s*Say this again/u });
        await said.getByRole('button', { name: 'More' }).focus();
        await press(page, '[Enter]');
        const item = page.getByRole('menuitem', { name, exact: true });
        await item.waitFor();
        expect(await serious(page)).toEqual([]);
        for (let steps = 0; steps < 9 && !(await isFocused(item)); steps += 1) {
          await press(page, '[ArrowDown]');
        }
        await press(page, '[Enter]');
        await message(page, answer).waitFor();
      }
      expect(await page.locator('.failure').count()).toBe(0);
    });

    it('is chosen from menus of all kinds', async () => {
      const page = await open();
      const menus = await show(page, 'menus');
      for (const [label, choice, answer] of [
        ['A person', '@Chen', 'pressed person: ["150000000000000003"]'],
        ['A role', '@Artists', 'pressed role: ["140000000000000001"]'],
        ['A person or role', '@Dora', 'pressed anybody: ["150000000000000004"]'],
        ['A channel', '#clips', 'pressed channel: ["130000000000000002"]'],
      ] as const) {
        await menus.getByLabel(label, { exact: true }).selectOption(choice);
        await message(page, answer).waitFor();
      }
      await menus.getByText('Sizes').click();
      expect(await serious(page)).toEqual([]);
      await menus.getByLabel('Size small').check();
      await menus.getByLabel('Size large').check();
      await menus.getByText('Sizes').click();
      await message(page, 'pressed sizes: ["small","large"]').waitFor();
      expect(await page.locator('.failure').count()).toBe(0);
    });

    it('is pressed: buttons, but not a disabled one', async () => {
      const page = await open();
      const buttons = await show(page, 'buttons');
      await buttons.getByRole('button', { name: 'Say it' }).focus();
      await press(page, '[Enter]');
      await message(page, 'pressed say').waitFor();
      expect(await buttons.getByRole('button', { name: 'Not now' }).isDisabled()).toBe(true);
      const link = buttons.getByRole('link', { name: 'Leads out' });
      expect(await link.getAttribute('href')).toBe('https://example.invalid/');
      await buttons.getByRole('button', { name: 'Update this' }).click();
      await buttons.getByText('Updated.').waitFor();
    });

    it('is filled in: a form with texts, a menu and files', async () => {
      const page = await open();
      const buttons = await show(page, 'buttons');
      await buttons.getByRole('button', { name: 'Open words' }).click();
      const form = page.getByRole('dialog', { name: 'Words' });
      await form.waitFor();
      expect(await serious(page)).toEqual([]);
      await press(page, '[Escape]');
      await form.waitFor({ state: 'detached' });

      await buttons.getByRole('button', { name: 'Open words' }).click();
      await form.getByLabel('Title').fill('A lake');
      await form.getByLabel('Story').fill('Night\nfalls');
      await form.getByLabel('Size').selectOption('medium');
      const pictures = form.getByLabel('Picture');
      await pictures.setInputFiles([FIRST_PHOTO, LAST_PHOTO, FIRST_PHOTO]);
      await form.getByRole('button', { name: 'Submit' }).click();
      const refusal = await pictures.evaluate((input) =>
        input instanceof HTMLInputElement ? input.validationMessage : '',
      );
      expect(refusal).toBe('Choose at most 2.');
      await pictures.setInputFiles([FIRST_PHOTO, LAST_PHOTO]);
      await form.getByRole('button', { name: 'Submit' }).click();
      const answer = message(page, '"title":');
      await answer.waitFor();
      expect(JSON.parse((await answer.innerText()).replace(/^[^]*sent: /u, ''))).toEqual({
        title: 'A lake',
        story: 'Night\nfalls',
        size: ['medium'],
        picture: ['first-frame.jpg', 'last-frame.jpg'],
      });
    });

    it('is marked: a form with radio buttons, check boxes and a person', async () => {
      const page = await open();
      const buttons = await show(page, 'buttons');
      await buttons.getByRole('button', { name: 'Open marks' }).click();
      const form = page.getByRole('dialog', { name: 'Marks' });
      await form.waitFor();
      expect(await serious(page)).toEqual([]);
      await form.getByRole('radio', { name: 'Size small' }).check();
      await form.getByRole('button', { name: 'Submit' }).click();
      // Nothing was sent, because one is the least.
      expect(await form.isVisible()).toBe(true);
      await form.getByRole('checkbox', { name: 'Size large' }).check();
      await form.getByRole('checkbox', { name: 'Sure' }).check();
      await form.getByRole('button', { name: 'Submit' }).click();
      const answer = message(page, '"one":');
      await answer.waitFor();
      expect(await answer.innerText()).toContain(
        '"one":"small","some":["large"],"sure":true,"person":[]',
      );
    });

    it('is hidden until it is asked for: words and a picture', async () => {
      const page = await open();
      const answer = await show(page, 'spoiler');
      const words = answer.locator('discord-spoiler');
      await words.focus();
      await press(page, '[Enter]');
      expect(await words.getAttribute('activated')).toBe('');
      const picture = answer.locator('img[alt="SPOILER_lake.jpg"]');
      expect(await picture.isVisible()).toBe(false);
      await answer.locator('.cover').click();
      expect(await picture.isVisible()).toBe(true);
    });

    it('is made of components alone', async () => {
      const page = await open();
      const answer = await show(page, 'v2');
      await answer.waitFor();
      expect(await answer.getByRole('heading', { name: 'A heading' }).count()).toBe(1);
      await answer.getByAltText('A lake by day').waitFor();
      await answer.getByAltText('The first frame').waitFor();
      expect(await answer.getByAltText('The last frame').isVisible()).toBe(false);
      await answer.getByText('notes.txt').waitFor();
      expect(await serious(page)).toEqual([]);
      await answer.getByRole('button', { name: 'Inside' }).click();
      await message(page, 'pressed inside').waitFor();
    });
  },
  { bot: false },
);

async function isFocused(element: Locator): Promise<boolean> {
  return await element.evaluate((node) => node === document.activeElement);
}

/** Calls `/show` and gives its answer: this very message, also when later ones quote it. */
async function show(page: Page, what: 'menus' | 'buttons' | 'spoiler' | 'v2'): Promise<Locator> {
  const shown = page.locator('discord-message[id]', { hasText: 'used /show' });
  const before = await shown.count();
  await write(page, '/show ', what, '[Enter]', '[Enter]');
  const id = await shown.nth(before).getAttribute('id');
  return page.locator(`#${id ?? ''}`);
}
