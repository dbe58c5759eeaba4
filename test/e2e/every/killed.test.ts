import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDeferred } from '../../../src/simulators/discord/deferred.ts';
import type { InteractionHandle } from '../../../src/simulators/discord/actors/api.ts';
import type { MessageView } from '../../../src/simulators/discord/world/message-view.ts';
import type { BotTestbed } from '../bot-testbed.ts';
import { createsOf, endedMessage, hasClip } from '../video-call.ts';
import { describeWithFfmpeg } from '../../fakes/ffmpeg.ts';
import { createsSoFar, doneText, languageOf, says } from './row.ts';
import type { Ready, Row } from './row.ts';
import { PRESSED_ROWS, localeOf, named } from './rows.ts';
import { openStage } from './stage.ts';
import type { Stage } from './stage.ts';

// What is kept in memory alone is gone.
const ROWS = PRESSED_ROWS.filter(({ isForgotten }) => isForgotten !== true);
const LATER_ROWS = ROWS.filter(({ isDoneAtOnce }) => isDoneAtOnce !== true);
const VIDEOS = ROWS.filter(({ isMaking }) => isMaking === true);

type All = ReadonlyMap<Row, { readonly ready: Ready; readonly call: InteractionHandle }>;

/** Prepares the rows, and presses them one after another. */
async function pressed(
  stage: Stage,
  rows: readonly Row[],
  beforePresses: () => void,
): Promise<All> {
  const readies: [Row, Ready][] = [];
  for (const row of rows) readies.push([row, await row.prepare(stage, localeOf(row))]);
  stage.testbed.providers.knobs.anyfast.taskMs = 0;
  beforePresses();
  const all = new Map<Row, { ready: Ready; call: InteractionHandle }>();
  for (const [row, ready] of readies) all.set(row, { ready, call: await ready.press() });
  return all;
}

/**
 * Holds as many first answers at a moment. When all are there the bot is killed, and those that had
 * no effect have none.
 */
async function killAtAnswers(
  testbed: BotTestbed,
  count: number,
  moment: 'beforeEffect' | 'beforeAnswer',
): Promise<void> {
  const [areThere, isDead] = [createDeferred(), createDeferred()];
  const held = new Set<string>();
  const remove = testbed.discord[moment](async ({ path }: { readonly path: string }) => {
    if (!path.endsWith('/callback')) return;
    held.add(path);
    if (held.size === count) areThere.resolve();
    await isDead.promise;
    if (moment === 'beforeEffect') throw new Error('the bot is dead');
  });
  await areThere.promise;
  remove();
  await testbed.kill();
  isDead.resolve();
}

function found(all: All, row: Row) {
  const one = all.get(row);
  if (one === undefined) throw new Error('not pressed');
  return one;
}

const isBeingMade = ({ text }: MessageView): boolean => /Generating|生成中/u.test(text);

describeWithFfmpeg('every button, select and form', () => {
  describe.each([
    ['before its answers have an effect', 'beforeEffect', ROWS],
    ['when they have', 'beforeAnswer', LATER_ROWS],
  ] as const)('killed %s', (_when, moment, rows) => {
    let stage: Stage;
    let all: All;
    beforeAll(async () => {
      stage = await openStage({ copies: 1 });
      const { testbed } = stage;
      let dead: Promise<void> | undefined;
      all = await pressed(stage, rows, () => {
        dead = killAtAnswers(testbed, rows.length, moment);
      });
      await dead;
      await testbed.start();
    });
    afterAll(async () => stage.testbed.close());

    it.each(named(rows))('%s began nothing, and works next', async (_what, row) => {
      const { ready, call } = found(all, row);
      expect(createsSoFar(stage, ready)).toBe(0);
      const words = stage.words(localeOf(row));
      // Before the effect there is no message that could say so.
      if (row.isMaking === true && moment === 'beforeAnswer') {
        await call.waitFor(({ text }) => text.includes(words.task.notStarted));
      }
      const next =
        row.afterwards === undefined ? ready : { ...ready, becomes: says(row.afterwards(words)) };
      expect(languageOf(await doneText(stage, next, await ready.press()))).toBe(localeOf(row));
    });
  });

  describe('killed while its providers work', () => {
    let stage: Stage;
    let all: All;
    beforeAll(async () => {
      stage = await openStage({ copies: 1 });
      const { jimmy, anyfast } = stage.testbed.providers.knobs;
      all = await pressed(stage, VIDEOS, () => {
        [jimmy.taskMs, anyfast.taskMs] = [Infinity, Infinity];
      });
      await Promise.all([...all.values()].map(async ({ call }) => call.waitFor(isBeingMade)));
      await stage.testbed.kill();
      [jimmy.taskMs, anyfast.taskMs] = [0, 0];
      await stage.testbed.start();
    });
    afterAll(async () => stage.testbed.close());

    it.each(named(VIDEOS))('%s goes on in its message, with one create', async (_what, row) => {
      const { ready, call } = found(all, row);
      if (ready.becomes.kind !== 'video') throw new Error('no video');
      expect(hasClip(await endedMessage(stage.testbed, call))).toBe(true);
      const { prompt, before } = ready.becomes;
      expect(createsOf(stage.testbed, prompt)).toHaveLength(before + 1);
    });
  });
});
