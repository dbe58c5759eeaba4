import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HANDLERS } from '../../../src/bot/handlers.ts';
import { COMMAND_ROWS } from './command-rows.ts';
import { commandNames, usedName } from './names.ts';
import { halfWidthIn } from '../../texts/half-width.ts';
import { describeWithFfmpeg } from '../../fakes/ffmpeg.ts';
import { doneText, languageOf } from './row.ts';
import { PRESSED_ROWS, named } from './rows.ts';
import { LOCALES, openStage } from './stage.ts';
import type { Stage } from './stage.ts';

const ROWS = [...PRESSED_ROWS, ...COMMAND_ROWS];

describeWithFfmpeg('every button, select, form and command', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage({ copies: 2 });
  });
  afterAll(async () => stage.testbed.close());

  describe.each(LOCALES)('in %s', (locale) => {
    it.each(named(ROWS))('%s', async (_what, row) => {
      const ready = await row.prepare(stage, locale);
      stage.testbed.providers.knobs.anyfast.taskMs = 0;
      const text = await doneText(stage, ready, await ready.press());
      expect(languageOf(text)).toBe(locale);
      expect(text.split('\n').filter((line) => halfWidthIn(line) !== undefined)).toEqual([]);
      stage.testbed.providers.knobs.anyfast.taskMs = Infinity;
    });
  });

  it('there is no other button, select, form or command', () => {
    const { discord } = stage.testbed;
    const used = new Set(discord.interactions.map(({ payload }) => usedName(payload)));
    const all = [
      ...HANDLERS.components.map(({ action }) => `component ${action}`),
      ...HANDLERS.modals.map(({ action }) => `modal ${action}`),
      ...discord.commands().flatMap(commandNames),
    ];
    expect(all.filter((name) => !used.has(name))).toEqual([]);
  });
});
