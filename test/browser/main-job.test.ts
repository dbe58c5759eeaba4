import { expect, it } from 'vitest';
import { message, pickModel, press, write } from '../../src/sandbox/browser/keyboard.ts';
import { openPage } from './open-page.ts';
import { FIRST_PHOTO, LAST_PHOTO, chooseFile, dropFiles, play, turn } from './person.ts';
import { describePage } from './with-playground.ts';

describePage('a video of two photos', (fixture) => {
  it('is made by keyboard alone, and plays', async () => {
    const page = await openPage(fixture.browser, fixture.playground.url);
    await turn(page, { kind: 'provider-time', provider: 'jimmy', taskMs: 0 });

    await write(page, '/vid', '[Enter]', 'Night falls over the lake', '[Tab]');
    await pickModel(page, 'fast i2v');
    await press(page, 'first', '[Enter]');
    await chooseFile(page, FIRST_PHOTO, async () => press(page, '[Enter]'));
    await page.locator('.slot-file', { hasText: 'first-frame.jpg' }).waitFor();
    await press(page, 'last', '[Enter]');
    await chooseFile(page, LAST_PHOTO, async () => press(page, '[Enter]'));
    await page.locator('.slot-file', { hasText: 'last-frame.jpg' }).waitFor();
    expect(await page.locator('.slot-measures').allTextContents()).toEqual([
      expect.stringContaining('1280 × 720'),
      expect.stringContaining('1280 × 720'),
    ]);
    await press(page, 'dur', '[Enter]', '4', '[Enter]');

    const answer = message(page, 'Night falls over the lake');
    await answer.locator('video').waitFor();
    expect(await answer.innerText()).toContain('Done');
    expect(await play(answer.locator('video'))).toEqual({ width: 1280, height: 720, moved: true });
  });

  it('is made by mouse alone: photos dropped, model and ratio picked from lists', async () => {
    const page = await openPage(fixture.browser, fixture.playground.url);
    await turn(page, { kind: 'provider-time', provider: 'jimmy', taskMs: 0 });

    await page.getByRole('button', { name: 'Commands' }).click();
    await page.getByRole('option', { name: /^\/video/u }).click();
    // The one thing that no mouse can do.
    await page.keyboard.type('A boat at dusk');
    await page.locator('.more-options').click();
    await page.getByRole('option', { name: /^model/u }).click();
    await page.getByRole('option', { name: 'Fast I2V' }).click();
    await page.getByRole('option', { name: /^ratio/u }).click();
    await page.getByRole('option', { name: '9:16' }).click();
    await dropFiles(page.locator('.composer-box'), [FIRST_PHOTO, LAST_PHOTO]);
    await page.locator('.slot-file', { hasText: 'last-frame.jpg' }).waitFor();
    expect(await page.locator('.slot-name').allTextContents()).toEqual([
      'first_frame',
      'last_frame',
    ]);
    await page.getByRole('button', { name: 'Send' }).click();

    const answer = message(page, 'A boat at dusk');
    await answer.locator('video').waitFor();
    expect(await play(answer.locator('video'))).toEqual({ width: 720, height: 1280, moved: true });
  });

  it('shows in the side panel what was asked, of whom, and how it went', async () => {
    const page = await openPage(fixture.browser, fixture.playground.url);

    const task = page.locator('.task').first();
    expect(await task.innerText()).toMatch(/Fast I2V\s+delivered/u);
    // A task that waits for nothing has these three alone: what it passes within a second is not kept.
    const stages = await task.locator('.stages b').allTextContents();
    expect(stages).toEqual(expect.arrayContaining(['Submitting', 'Running', 'Ended']));
    expect(stages.at(-1)).toBe('Ended');

    await page.getByRole('tab', { name: 'Providers' }).click();
    const create = page
      .locator('details', { has: page.locator('summary', { hasText: 'Create' }) })
      .first();
    await create.locator('summary').click();
    expect(await create.locator('pre').first().innerText()).toContain('A boat at dusk');

    await page.getByRole('tab', { name: 'Accounts' }).click();
    expect(await page.locator('.account').first().innerText()).toContain('2 videos');

    await message(page, 'A boat at dusk').hover();
    await message(page, 'A boat at dusk').getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Show its versions' }).click();
    const versions = await page.locator('.edit-text').allTextContents();
    expect(versions[0]).toContain('Done');
    expect(versions.length).toBeGreaterThan(1);
  });

  it.each([
    ['openrouter', 'wan 2.6', 'A market at noon'],
    ['gpu', 'wan 2.2', 'A harbour at dawn'],
  ])('is made by a model of %s as well, found by its name', async (provider, model, prompt) => {
    const page = await openPage(fixture.browser, fixture.playground.url);
    await turn(page, { kind: 'provider-time', provider, taskMs: 0 });
    await write(page, '/vid', '[Enter]', prompt, '[Tab]');
    await pickModel(page, model);
    await press(page, '[Enter]');
    const answer = message(page, prompt);
    await answer.locator('video').waitFor();
    expect((await play(answer.locator('video'))).moved).toBe(true);
  });
});
