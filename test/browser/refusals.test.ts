import { expect, it } from 'vitest';
import { message, press, write, writeVideo } from '../../src/sandbox/browser/keyboard.ts';
import { openPage } from './open-page.ts';
import { turn } from './person.ts';
import { describePage } from './with-playground.ts';

const DORA = 'person=150000000000000004&locale=en-US';

describePage('what is not taken', (fixture) => {
  it('is said by the composer before it is sent', async () => {
    const page = await openPage(fixture.browser, fixture.playground.url);

    await write(page, '/video ', '[Control+Enter]');
    expect(await page.locator('#composer-hint').innerText()).toContain('This option is required.');
    expect(await page.locator('#field-prompt').getAttribute('aria-invalid')).toBe('true');

    await press(page, 'A fox', '[Tab]', 'resol', '[Enter]', '9000p', '[Enter]');
    expect(await page.locator('#composer-hint').innerText()).toContain('Choose one from the list.');

    await page.locator('#field-resolution').fill('720p');
    await press(page, '[Enter]', 'dura', '[Enter]', '99', '[Enter]');
    expect(await page.locator('#composer-hint').innerText()).toContain('at most 60');

    await page.locator('#field-duration').fill('4.5');
    expect(await page.locator('#composer-hint').innerText()).toContain('whole number');
    expect(await page.locator('discord-message').count()).toBe(0);

    await press(page, '[Escape]');
    await page.locator('#composer-text').waitFor();
  });

  it('takes 5000 characters of prompt and not one more', async () => {
    const page = await openPage(fixture.browser, fixture.playground.url);
    await write(page, '/video ');
    await page.locator('#field-prompt').fill('狐'.repeat(5001));
    expect(await page.locator('#composer-hint').innerText()).toContain('it has 5001');
    await page.locator('#field-prompt').fill('狐'.repeat(5000));
    expect(await page.locator('#composer-hint').innerText()).not.toContain('it has');
  });

  it('is refused by the bot to the caller alone, who closes it by keyboard', async () => {
    const page = await openPage(fixture.browser, fixture.playground.url);
    const other = await openPage(fixture.browser, fixture.playground.url, { search: DORA });

    await writeVideo(page, 'A fox', 'fast i2v');
    await press(page, 'resol', '[Enter]', '1080', '[Enter]', '[Enter]');
    const refusal = message(page, "can't make this as asked");
    await refusal.waitFor();
    expect(await refusal.innerText()).toMatch(/resolution.*720p/u);
    expect(await refusal.innerText()).toContain('Only you can see this');

    await refusal.getByRole('button', { name: 'Dismiss message' }).focus();
    await press(page, '[Enter]');
    await refusal.waitFor({ state: 'detached' });
    expect(await other.locator('discord-message').count()).toBe(0);
  });

  it('names the quota that is used up', async () => {
    const page = await openPage(fixture.browser, fixture.playground.url);
    await turn(page, { kind: 'provider-time', provider: 'jimmy', taskMs: 600_000 });

    await write(page, '/quota set member ', 'Dora', '[Enter]', 'videos', '[Enter]');
    await press(page, 'day', '[Enter]', '1', '[Enter]', '[Enter]');
    await message(page, 'Dora').waitFor();

    const dora = await openPage(fixture.browser, fixture.playground.url, { search: DORA });
    await writeVideo(dora, 'The first', 'fast i2v');
    await press(dora, '[Enter]');
    await message(dora, 'Generating').waitFor();
    await writeVideo(dora, 'The second', 'fast i2v');
    await press(dora, '[Enter]');
    const denial = message(dora, 'this needs');
    await denial.waitFor();
    expect(await denial.innerText()).toMatch(/\(1 of 1 video\); this needs 1 video/u);

    await write(dora, '/quota show', '[Enter]', '[Enter]');
    await message(dora, /1 video a day/u).waitFor();
  });
});
