import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../../../src/domain/time-units.ts';
import { privateAnswer } from '../forms.ts';
import { describeWithFfmpeg } from '../../fakes/ffmpeg.ts';
import { doneText, languageOf, says } from './row.ts';
import type { Ready, Row } from './row.ts';
import { PRESSED_ROWS, localeOf, named } from './rows.ts';
import { openStage } from './stage.ts';
import type { Stage } from './stage.ts';

describeWithFfmpeg('every button, select and form', () => {
  describe('sixteen minutes later', () => {
    let stage: Stage;
    const all = new Map<Row, Ready>();
    beforeAll(async () => {
      stage = await openStage({ copies: 1 });
      for (const row of PRESSED_ROWS) all.set(row, await row.prepare(stage, localeOf(row)));
      stage.testbed.providers.knobs.anyfast.taskMs = 0;
      stage.testbed.discord.advance(16 * MINUTE_MS);
      const member = stage.member('en-US');
      const { channelId } = stage.testbed.discord;
      await privateAnswer(await member.slash(channelId, 'quota show'));
    });
    afterAll(async () => stage.testbed.close());

    it.each(named(PRESSED_ROWS))('%s', async (what, row) => {
      const ready = all.get(row);
      if (ready === undefined) throw new Error('not prepared');
      const call = await ready.press();
      // A price is good for ten minutes.
      const { expired } = stage.words(localeOf(row)).confirm;
      const text = await doneText(
        stage,
        what.startsWith('confirm') ? { ...ready, becomes: says(expired) } : ready,
        call,
      );
      expect(languageOf(text)).toBe(localeOf(row));
    });
  });

  describe('on a message that replaces a deleted one', () => {
    let stage: Stage;
    beforeAll(async () => {
      stage = await openStage({ copies: 0, areReposted: true });
      stage.testbed.providers.knobs.jimmy.taskMs = Infinity;
    });
    afterAll(async () => stage.testbed.close());

    const rows = PRESSED_ROWS.filter(({ isOnMessage }) => isOnMessage === true);
    it.each(named(rows))('%s', async (_what, row) => {
      const { jimmy } = stage.testbed.providers.knobs;
      const ready = await row.prepare(stage, localeOf(row));
      jimmy.taskMs = 0;
      const text = await doneText(stage, ready, await ready.press());
      expect(languageOf(text)).toBe(localeOf(row));
      jimmy.taskMs = Infinity;
    });
  });
});
