import { basename } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { message, press, write, writeVideo } from '../../src/sandbox/browser/keyboard.ts';
import { openPage } from './open-page.ts';
import { FIRST_PHOTO, LAST_PHOTO, chooseFile, turn } from './person.ts';
import { describePage } from './with-playground.ts';

/** The option `person`. */
const AS_PERSON = ['person', '[Enter]', 'true', '[Enter]'];
const DORA = 'person=150000000000000004&locale=en-US';

describePage('files with a name', (fixture) => {
  it('are used by another member, by their name', async () => {
    const page = await openPage(fixture.browser, fixture.playground.url);
    await turn(page, { kind: 'provider-time', provider: 'jimmy', taskMs: 0 });
    await addAsset(page, 'hero', FIRST_PHOTO);
    await message(page, 'is being uploaded to Jimmy AI and AnyFast').waitFor();
    await shown(page, 'hero', 'Jimmy AI: ready');

    const dora = await openPage(fixture.browser, fixture.playground.url, { search: DORA });
    await writeVideo(dora, 'Where does {hero} sail', 'SP Fast');
    await press(dora, '[Enter]');
    const answer = message(dora, 'Where does {hero} sail');
    await answer.locator('video').waitFor();
    expect(await answer.innerText()).toContain('1 picture');
  });

  it('that nobody named are refused once, with the way to write plain words', async () => {
    const dora = await openPage(fixture.browser, fixture.playground.url, { search: DORA });
    await writeVideo(dora, 'Where is {villain}', 'SP Fast');
    await press(dora, '[Enter]');
    const refusal = message(dora, 'There is no file named {villain}.');
    await refusal.waitFor();
    expect(await refusal.innerText()).toContain('To write it as plain words, use {{villain}}.');
    expect(await refusal.innerText()).toContain('Only you can see this');
  });

  it('a portrait is usable when its review has passed', async () => {
    const page = await openPage(fixture.browser, fixture.playground.url);
    await turn(page, { kind: 'provider-mood', provider: 'jimmy', mood: 'asset-later' });
    await addAsset(page, 'lena', FIRST_PHOTO, AS_PERSON);
    await message(page, 'is being uploaded to Jimmy AI.').waitFor();
    await writeVideo(page, 'How {lena} smiles', 'SP Fast');
    await press(page, '[Enter]');
    await message(page, 'Not ready yet: {lena}.').waitFor();

    await shown(page, 'lena', 'Jimmy AI: ready');
    await writeVideo(page, 'Now {lena} smiles', 'SP Fast');
    await press(page, '[Enter]');
    const answer = message(page, 'Now {lena} smiles');
    await answer.locator('video').waitFor();
    expect(await answer.innerText()).toContain('Done');
  });

  it('a portrait that is not passed says why, and so does a prompt that names it', async () => {
    const page = await openPage(fixture.browser, fixture.playground.url);
    await turn(page, { kind: 'provider-mood', provider: 'jimmy', mood: 'asset-rejected' });
    // Another picture: what passed its review under one name passed it under every name.
    await addAsset(page, 'otto', LAST_PHOTO, AS_PERSON);
    await shown(page, 'otto', "Jimmy AI: can't be used – the file didn't pass its review");
    await writeVideo(page, 'Look at {otto}', 'SP Fast');
    await press(page, '[Enter]');
    const refusal = message(page, "This model's provider can't use {otto}; /asset show says why.");
    await refusal.waitFor();
    expect(await refusal.innerText()).toContain('Only you can see this');
  });
});

/** `/asset add` of a picture with this name. */
async function addAsset(
  page: Page,
  name: string,
  photo: string,
  more: readonly string[] = [],
): Promise<void> {
  await write(page, '/asset add ', name, '[Tab]', 'picture', '[Enter]');
  await chooseFile(page, photo, async () => press(page, '[Enter]'));
  await page.locator('.slot-file', { hasText: basename(photo) }).waitFor();
  await press(page, ...more, '[Enter]');
  await message(page, `${name} is being uploaded`).waitFor();
}

/** Asks with `/asset show` until the answer contains this. */
async function shown(page: Page, name: string, text: string): Promise<void> {
  await expect
    .poll(
      async () => {
        await write(page, '/asset show ', name);
        await page.locator('#composer-option-0', { hasText: name }).waitFor();
        await press(page, '[Enter]', '[Enter]');
        const answer = message(page, `${name} · picture`);
        await answer.waitFor();
        return answer.innerText();
      },
      { timeout: 60_000, interval: 1000 },
    )
    .toContain(text);
}
