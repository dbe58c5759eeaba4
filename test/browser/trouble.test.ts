import { expect, it } from 'vitest';
import { message, press, write, writeVideo } from '../../src/sandbox/browser/keyboard.ts';
import { openPage } from './open-page.ts';
import { play, turn } from './person.ts';
import { describePage } from './with-playground.ts';

describePage('a bot in trouble', (fixture) => {
  it('is seen thinking until its first words arrive, and its edits are marked', async () => {
    const page = await openPage(fixture.browser, fixture.playground.url);
    await turn(page, { kind: 'provider-time', provider: 'jimmy', taskMs: 600_000 });
    await turn(page, { kind: 'discord-fault', fault: 'slow', target: 'webhooks', times: 1 });
    await writeVideo(page, 'A slow fox', 'fast i2v');
    await press(page, '[Enter]');
    await message(page, 'Clapper is thinking…').waitFor();
    const answer = message(page, 'A slow fox');
    await answer.getByText('Generating').waitFor();
    await answer.getByText('(edited)').waitFor();
    expect(await page.locator('.is-thinking').count()).toBe(0);
    expect(await answer.locator('discord-time').innerText()).toMatch(/ago|now/u);
  });

  it('that answers later than three seconds has not answered', async () => {
    const page = await openPage(fixture.browser, fixture.playground.url);
    await turn(page, { kind: 'discord-fault', fault: 'slow', target: 'callbacks', times: 1 });
    await write(page, '/models', '[Enter]', '[Enter]');
    const failure = message(page, 'The application did not respond');
    await failure.waitFor();
    await failure.getByRole('button', { name: 'Dismiss message' }).click();
    await failure.waitFor({ state: 'detached' });
    expect(await page.locator('.failure').count()).toBe(0);
  });

  it('delivers a video on the same message after it was killed and started again', async () => {
    const page = await openPage(fixture.browser, fixture.playground.url);
    await turn(page, { kind: 'provider-time', provider: 'jimmy', taskMs: 6000 });
    await writeVideo(page, 'A lighthouse', 'fast i2v');
    await press(page, '[Enter]');
    const answer = message(page, 'A lighthouse');
    await answer.getByText('Generating').waitFor();
    const id = await answer.getAttribute('id');

    await page.getByRole('tab', { name: 'Simulation' }).click();
    await page.getByRole('button', { name: 'Kill now' }).click();
    await page.locator('.channel-header', { hasText: 'Bot stopped' }).waitFor();

    await write(page, '/models', '[Enter]', '[Enter]');
    await message(page, 'The application did not respond').waitFor();

    await page.getByRole('button', { name: 'Start again' }).click();
    await page.locator('.channel-header', { hasText: 'Bot running' }).waitFor();
    await answer.locator('video').waitFor();
    expect(await answer.getAttribute('id')).toBe(id);
    expect(await page.locator('discord-message', { hasText: 'A lighthouse' }).count()).toBe(1);
    expect((await play(answer.locator('video'))).moved).toBe(true);
  });
});
