import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { message, press } from '../../src/sandbox/browser/keyboard.ts';
import { serious } from './axe.ts';
import { openPage } from './open-page.ts';
import { turn } from './person.ts';
import { describePage } from './with-playground.ts';

const GUILD = '120000000000000001';
// Each has a limit of five videos a day.
const BRUNO = 'person=150000000000000002';
const CHEN = 'person=150000000000000003';
const DORA = 'person=150000000000000004';

/** The newest message that shows a finished video of this prompt. */
function videoOf(page: Page, prompt: string): Locator {
  return page
    .locator('discord-message[id]', { has: page.locator('video') })
    .filter({ hasText: prompt })
    .last();
}

/** Fills in a command line and sends it. */
async function send(page: Page, line: string): Promise<void> {
  await page.locator('#composer-text').fill(line);
  await page.locator('.fields').waitFor();
  await page.getByRole('button', { name: 'Send' }).click();
}

describePage(
  'the second video',
  (fixture) => {
    const open = async (search?: string): Promise<Page> =>
      await openPage(
        fixture.browser,
        fixture.playground.url,
        search === undefined ? {} : { search },
      );

    it('is made by one click, or edited in a form, and links the first', async () => {
      const page = await open();
      await send(page, '/video prompt:a fox model:jimmy/seedance2.0-mini-sp');
      const first = videoOf(page, 'a fox');
      await first.waitFor();
      const id = await first.getAttribute('id');
      await first.getByRole('button', { name: /^Again/ }).click();
      await page.locator('video').nth(1).waitFor();
      await videoOf(page, 'a fox')
        .getByRole('button', { name: /general/ })
        .click();
      expect(await page.locator(`#${id ?? ''}`).isVisible()).toBe(true);

      await page
        .locator(`#${id ?? ''}`)
        .getByRole('button', { name: 'Edit' })
        .click();
      const form = page.getByRole('dialog');
      await form.waitFor();
      expect(await form.getByLabel('Prompt').inputValue()).toBe('a fox');
      expect(await serious(page)).toEqual([]);
      // By keyboard: the prompt has the focus, Tab goes through the fields to the button.
      await form.getByLabel('Prompt').focus();
      await press(page, '[Control+a]', 'a badger');
      for (let steps = 0; steps < 9; steps += 1) {
        const isThere = await form
          .getByRole('button', { name: 'Submit' })
          .evaluate((button) => button === document.activeElement);
        if (isThere) break;
        await press(page, '[Tab]');
      }
      await press(page, '[Enter]');
      await videoOf(page, 'a badger').waitFor();
    });

    it('is of a higher quality, chosen with its price', async () => {
      const page = await open(BRUNO);
      await send(page, '/video prompt:a heron model:jimmy/seedance2.0-mini-sp');
      const first = videoOf(page, 'a heron');
      await first.waitFor();
      await first.getByRole('button', { name: 'Higher quality' }).click();
      const choice = message(page, 'made anew');
      const select = choice.getByRole('combobox');
      await select.waitFor();
      expect(await serious(page)).toEqual([]);
      await select.selectOption({ index: 1 });
      await page
        .locator('discord-message', { hasText: 'a heron' })
        .locator('video')
        .nth(1)
        .waitFor();
    });

    it('follows a refusal by one click', async () => {
      const page = await open(CHEN);
      await send(page, '/video prompt:a newt model:jimmy/seedance2.0-fast-i2v resolution:1080p');
      const refusal = message(page, "can't make this as asked");
      await refusal.waitFor();
      expect(await serious(page)).toEqual([]);
      await refusal.getByRole('button', { name: /^Make it/ }).click();
      await videoOf(page, 'a newt').waitFor();
    });

    it('goes on from the first, and is found in the history, shared and deleted', async () => {
      const page = await open(DORA);
      await send(page, '/video prompt:a marten model:jimmy/seedance2.0-mini-sp');
      const first = videoOf(page, 'a marten');
      await first.getByRole('button', { name: '⋯' }).click();
      const more = message(page, 'What you can do');
      await more.getByRole('button', { name: 'Share' }).waitFor();

      await send(page, '/history ');
      const history = message(page, 'Your videos in this server');
      await history.getByText('a marten').first().waitFor();
      expect(await serious(page)).toEqual([]);

      await more.getByRole('button', { name: 'Delete' }).click();
      const count = await page.locator('video').count();
      const question = page.locator('discord-message', { hasText: 'Only you' }).last();
      await question
        .getByRole('button', { name: /delete/iu })
        .last()
        .click();
      await page.waitForFunction(
        (before) => document.querySelectorAll('video').length < before,
        count,
      );
    });

    it('is not made by a member to whom an admin has denied the command', async () => {
      const page = await open(BRUNO);
      await send(page, '/video prompt:a stoat model:jimmy/seedance2.0-mini-sp');
      await videoOf(page, 'a stoat').waitFor();
      const permissions = [{ id: GUILD, type: 1, permission: false } as const];
      const access = { kind: 'command-permissions', guildId: GUILD, command: 'video' } as const;
      await turn(page, { ...access, permissions });
      const dora = await open(DORA);
      const before = await dora.locator('video').count();
      await videoOf(dora, 'a stoat')
        .getByRole('button', { name: /^Again/ })
        .click();
      await message(dora, 'Only you can see this').waitFor();
      expect(await dora.locator('video').count()).toBe(before);
      await turn(page, { ...access, permissions: [] });
    });
  },
  { quick: true },
);
