import { expect, it } from 'vitest';
import { message, write } from '../../src/sandbox/browser/keyboard.ts';
import { openPage } from './open-page.ts';
import { play, turn } from './person.ts';
import { describePage } from './with-playground.ts';

describePage('a bot that is killed in the middle', (scene) => {
  it('delivers the video on the same message after it was started again', async () => {
    const page = await openPage(scene.browser, scene.playground.url);
    await turn(page, { kind: 'provider-time', provider: 'jimmy', taskMs: 6000 });
    await write(page, '/video ', 'A lighthouse', '[Tab]', 'fast i2v', '[Enter]', '[Enter]');
    const answer = message(page, 'A lighthouse');
    await answer.getByText('Being made').waitFor();
    const id = await answer.getAttribute('id');

    await page.getByRole('tab', { name: 'Knobs' }).click();
    await page.getByRole('button', { name: 'Kill it now' }).click();
    await page.locator('.channel-header', { hasText: 'Bot is off' }).waitFor();

    await write(page, '/models', '[Enter]', '[Enter]');
    await message(page, 'The application did not respond').waitFor();

    await page.getByRole('button', { name: 'Start it again' }).click();
    await page.locator('.channel-header', { hasText: 'Bot runs' }).waitFor();
    await answer.locator('video').waitFor();
    expect(await answer.getAttribute('id')).toBe(id);
    expect(await page.locator('discord-message', { hasText: 'A lighthouse' }).count()).toBe(1);
    expect((await play(answer.locator('video'))).moved).toBe(true);
  });
});
