import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { message, press, write } from '../../src/sandbox/browser/keyboard.ts';
import { describeWithFfmpeg } from '../fakes/ffmpeg.ts';
import { serious } from './axe.ts';
import { openPage } from './open-page.ts';
import { FIRST_PHOTO, LAST_PHOTO, chooseFile, dropFiles } from './person.ts';
import { describePage } from './with-playground.ts';

/** How a person uses what has the focus or is under the pointer. */
interface Hand {
  readonly use: (page: Page, what: Locator) => Promise<void>;
  /** Chooses the first of what a select offers. */
  readonly chooseFirst: (page: Page, select: Locator) => Promise<void>;
  /** Opens the menu of a message. */
  readonly openMenu: (page: Page, of: Locator) => Promise<void>;
}

const HANDS: Readonly<Record<'keyboard' | 'mouse', Hand>> = {
  keyboard: {
    async use(page, what) {
      await what.focus();
      await press(page, '[Enter]');
    },
    async chooseFirst(page, select) {
      await select.focus();
      await press(page, '[ArrowDown]');
    },
    async openMenu(page, of) {
      await of.getByRole('button', { name: 'More' }).focus();
      await press(page, '[Enter]');
    },
  },
  mouse: {
    use: async (_page, what) => what.click(),
    async chooseFirst(_page, select) {
      await select.selectOption({ index: 1 });
    },
    openMenu: async (_page, of) => of.click({ button: 'right' }),
  },
};

/** The newest message that shows a finished video of this prompt. */
function videoOf(page: Page, prompt: string): Locator {
  return page
    .locator('discord-message[id]', { has: page.locator('video') })
    .filter({ hasText: prompt })
    .last();
}

/** This very message, also when newer ones quote it. */
async function fixed(page: Page, found: Locator): Promise<Locator> {
  return page.locator(`[id="${(await found.getAttribute('id')) ?? ''}"]`);
}

async function sendLine(page: Page, hand: Hand, line: string): Promise<void> {
  await page.locator('#composer-text').fill(line);
  await page.locator('.fields').waitFor();
  await hand.use(page, page.getByRole('button', { name: 'Send' }));
}

const button = (of: Locator, name: string | RegExp): Locator => of.getByRole('button', { name });

describeWithFfmpeg('with ffmpeg', () => {
  describePage(
    'all that follows a video of two photos',
    (fixture) => {
      it.each(['keyboard', 'mouse'] as const)('is done by %s', { timeout: 240_000 }, async (by) => {
        const hand = HANDS[by];
        const page = await openPage(fixture.browser, fixture.playground.url);
        const use = async (what: Locator): Promise<void> => hand.use(page, what);
        const dialog = page.getByRole('dialog');
        const submit = async (prompt?: string): Promise<void> => {
          await dialog.waitFor();
          expect(await serious(page)).toEqual([]);
          if (prompt !== undefined) await dialog.getByLabel('Prompt').fill(prompt);
          await use(button(dialog, 'Submit'));
          await dialog.waitFor({ state: 'detached' });
        };
        const upload = async (label: string, path: string): Promise<void> => {
          const input = dialog.getByLabel(label);
          await chooseFile(page, path, async () => hand.use(page, input));
        };

        // Two photos.
        await sendLine(page, hand, '/quota clear everyone measure:videos window:day');
        await message(page, 'videos').waitFor();
        await page
          .locator('#composer-text')
          .fill(`/video prompt:an otter by ${by} model:jimmy/seedance2.0-mini-sp`);
        await page.locator('.fields').waitFor();
        await dropFiles(page.locator('.composer-box'), [FIRST_PHOTO, LAST_PHOTO]);
        await page.locator('.slot-file', { hasText: 'last-frame.jpg' }).waitFor();
        await use(button(page.locator('body'), 'Send'));
        await videoOf(page, `an otter by ${by}`).waitFor();
        const first = await fixed(page, videoOf(page, `an otter by ${by}`));
        expect(await first.innerText()).toContain('2 frames');
        expect(await serious(page)).toEqual([]);
        const videos = page.locator('discord-message[id] video');
        const count = async (): Promise<number> => videos.count();

        let before = await count();
        await use(button(first, /^Again/u));
        await videos.nth(before).waitFor();

        await use(button(first, 'Edit'));
        await submit(`a beaver by ${by}`);
        await videoOf(page, `a beaver by ${by}`).waitFor();

        await use(button(first, 'Continue'));
        await submit(`a seal by ${by}`);
        await videoOf(page, `a seal by ${by}`).waitFor();

        before = await count();
        await use(button(first, 'Higher quality'));
        const choice = message(page, 'made anew').getByRole('combobox');
        await choice.waitFor();
        await hand.chooseFirst(page, choice);
        await videos.nth(before).waitFor();

        before = await count();
        const menuOf = async (): Promise<Locator> => {
          await use(button(first, '⋯'));
          const menu = message(page, 'What you can do');
          await button(menu, 'Share').waitFor();
          return fixed(page, menu);
        };
        const menu = await menuOf();
        await use(button(menu, 'Pictures…'));
        await dialog.waitFor();
        await upload('First frame', LAST_PHOTO);
        await submit();
        await videos.nth(before).waitFor();

        await use(button(menu, 'Share'));
        await message(page, 'Shared').waitFor();

        // A refusal, mended.
        const asked = `prompt:a newt by ${by} model:jimmy/seedance2.0-fast-i2v resolution:1080p`;
        await sendLine(page, hand, `/video ${asked}`);
        const refusal = message(page, "can't make this as asked");
        await use(button(refusal, /^Make it/u));
        await videoOf(page, `a newt by ${by}`).waitFor();

        // One's own picture.
        await dropFiles(page.locator('.scroller'), [FIRST_PHOTO]);
        await page.locator('.attached .slot-file').waitFor();
        await write(page, `My pond by ${by}`, '[Enter]');
        const posted = page.locator('discord-message', { hasText: `My pond by ${by}` }).first();
        await posted.getByAltText('first-frame.jpg').waitFor();
        await hand.openMenu(page, posted);
        const item = page.getByRole('menuitem', { name: 'Animate' });
        await item.waitFor();
        expect(await serious(page)).toEqual([]);
        await use(item);
        await submit(`a pond by ${by}`);
        await videoOf(page, `a pond by ${by}`).waitFor();

        await sendLine(page, hand, '/history ');
        const history = message(page, 'Your videos in this server');
        await history.getByText(`a pond by ${by}`).first().waitFor();
        await hand.chooseFirst(page, history.getByRole('combobox'));
        await button(message(page, 'Go to the message'), /^Again/u).waitFor();
        expect(await serious(page)).toEqual([]);

        before = await count();
        await use(button(await menuOf(), 'Delete'));
        await use(button(message(page, 'Delete this video?'), 'Delete it'));
        await first.waitFor({ state: 'detached' });
        expect(await count()).toBe(before - 1);
      });
    },
    { quick: true },
  );
});
