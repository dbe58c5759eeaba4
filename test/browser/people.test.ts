import { expect, it } from 'vitest';
import { message, pickModel, press, write } from '../../src/sandbox/browser/keyboard.ts';
import { openPage } from './open-page.ts';
import { turn } from './person.ts';
import { describePage } from './with-playground.ts';

const BRUNO = 'person=150000000000000002&locale=en-US';
const CHEN_IN_CHINESE = 'person=150000000000000003&locale=zh-CN';

describePage('people', (fixture) => {
  it('are one a tab: each sees what all see, and of private answers their own', async () => {
    const ada = await openPage(fixture.browser, fixture.playground.url);
    const bruno = await openPage(fixture.browser, fixture.playground.url, { search: BRUNO });

    await write(ada, 'Hello, **Bruno**', '[Enter]');
    await message(bruno, 'Hello, Bruno').waitFor();
    await write(bruno, '/models', '[Enter]', '[Enter]');
    await message(bruno, 'Jimmy AI').waitFor();
    await write(bruno, 'Back to you', '[Enter]');
    await message(ada, 'Back to you').waitFor();
    expect(await ada.locator('discord-message', { hasText: 'Jimmy AI' }).count()).toBe(0);
  });

  it('see what they send, wherever in the channel they were reading', async () => {
    const page = await openPage(fixture.browser, fixture.playground.url);
    for (let line = 0; line < 30; line += 1) {
      await write(page, `Line ${line}`, '[Enter]');
    }
    await message(page, 'Line 29').waitFor();
    const scroller = page.locator('.scroller');
    await scroller.evaluate((element) => element.scrollTo(0, -element.scrollHeight));
    expect(await scroller.evaluate(({ scrollTop }) => scrollTop)).toBeLessThan(0);
    await write(page, 'The last', '[Enter]');
    await message(page, 'The last').waitFor();
    expect(await scroller.evaluate(({ scrollTop }) => scrollTop)).toBe(0);
  });

  it('find a badge on a channel where somebody named them', async () => {
    const ada = await openPage(fixture.browser, fixture.playground.url);
    const bruno = await openPage(fixture.browser, fixture.playground.url, { search: BRUNO });
    await bruno.getByRole('button', { name: 'clips' }).click();
    await bruno.locator('h1', { hasText: 'clips' }).waitFor();

    await write(ada, 'See this, <@150000000000000002>', '[Enter]');
    await message(ada, 'See this, Bruno').waitFor();
    const channel = bruno.getByRole('button', { name: 'general' });
    await channel.locator('.mention-badge').waitFor();
    await channel.click();
    await message(bruno, 'See this').waitFor();
    expect(await channel.locator('.mention-badge').count()).toBe(0);
  });

  it('can be changed in a tab, which keeps who it is over a reload', async () => {
    const page = await openPage(fixture.browser, fixture.playground.url);
    await page.getByLabel('Who I am').selectOption('Dora – member');
    await page.waitForURL(/person=150000000000000004/u);
    await write(page, 'It is me', '[Enter]');
    await message(page, 'It is me').waitFor();
    await page.reload();
    await page.locator('#composer-text').waitFor();
    expect(await page.locator('#who option:checked').innerText()).toContain('Dora');
    // What Discord hides from plain members is not in the list.
    await write(page, '/');
    const names = await page.locator('.list-name').allTextContents();
    expect(names).toContain('/video');
    expect(names).not.toContain('/usage show');
  });

  it('read everything in their language', async () => {
    const page = await openPage(fixture.browser, fixture.playground.url, {
      search: CHEN_IN_CHINESE,
    });
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
    await turn(page, { kind: 'provider-mood', provider: 'jimmy', mood: 'refused' });

    await write(page, '/vid');
    await page.getByRole('option', { name: '用文字和图片生成视频' }).waitFor();
    await press(page, '[Enter]', '夜幕降临', '[Tab]');
    await pickModel(page, 'fast i2v');
    await press(page, '[Enter]');
    const refusal = message(page, '夜幕降临');
    await refusal.getByText('未扣费').waitFor();
    expect(await refusal.innerText()).toContain('使用了');
    await turn(page, { kind: 'provider-mood', provider: 'jimmy', mood: 'done' });
  });

  it('may try a channel that the bot does not see', async () => {
    const page = await openPage(fixture.browser, fixture.playground.url);
    await page.getByRole('button', { name: 'staff' }).click();
    await page.getByText('The bot can’t see this channel.').waitFor();
    await write(page, '/models', '[Enter]', '[Enter]');
    const answer = message(page, 'Jimmy AI');
    await answer.waitFor();
    expect(await answer.innerText()).toContain('Only you can see this');
  });
});
