import { describe, expect, it } from 'vitest';
import { messagesFor } from '../../src/discord/messages/messages-for.ts';
import { rawVideo as video } from '../fakes/raw-call.ts';
import { slowDisk } from '../fakes/slow-disk.ts';
import { fuzzedBot } from '../fuzz/fuzzed-bot.ts';

const SP = 'jimmy/seedance2.0-sp';

const REFUSED: readonly (readonly [string, object, readonly string[]])[] = [
  ['every option at fault', video({ model: SP, duration: 60, ratio: '9:16' }), ['`duration`']],
  ['the nearest name of a model', video({ model: 'sp fsat' }), ['SP Fast', 'SP']],
  ['what takes a request without a model', video({}), ['Choose a model', 'SP']],
];

const FAULT = ['`duration`'];

/** What of these words an answer says, and whether it has ways on, or says that it has none. */
function saidIn(answer: unknown, words: readonly string[]) {
  const shown = JSON.stringify(answer);
  const hasWays = !shown.includes(messagesFor('en').second.wayOn.notKept);
  if (hasWays !== shown.includes('custom_id')) throw new Error(`buttons, or none: ${shown}`);
  return { said: words.filter((word) => shown.includes(word)), hasWays };
}

describe('a refusal whose ways on are not kept', () => {
  it.each(REFUSED)('still says %s, at once where that fails', async (_what, raw, said) => {
    const slow = slowDisk();
    const bot = fuzzedBot({ disk: slow.disk });
    slow.fail('writes', ['confirm:']);
    await bot.dispatch(raw);
    expect(bot.answers).toHaveLength(1);
    expect(saidIn(bot.answers[0], said)).toEqual({ said, hasWays: false });
    expect(bot.log()).toContain('disk gone');
  });

  it.each(REFUSED)('still says %s, after a second where it hangs', async (_what, raw, said) => {
    const slow = slowDisk();
    const bot = fuzzedBot({ disk: slow.disk });
    slow.hang('writes', ['confirm:']);
    const dispatched = bot.dispatch(raw);
    await bot.clock.advance(1000);
    await dispatched;
    expect(bot.answers).toHaveLength(1);
    expect(saidIn(bot.answers[0], said)).toEqual({ said, hasWays: false });
    expect(bot.log()).toContain('an offer was not kept');
  });

  it('comes before the time for the decision has passed, whatever came before', async () => {
    const slow = slowDisk();
    const bot = fuzzedBot({ disk: slow.disk });
    slow.hang('reads', ['preferences:']);
    const dispatched = bot.dispatch(video({ model: SP, duration: 60 }));
    await bot.clock.advance(1500);
    slow.goOn();
    slow.hang('writes', ['confirm:']);
    await bot.clock.advance(400);
    await dispatched;
    expect(bot.answers).toHaveLength(1);
    expect(saidIn(bot.answers[0], FAULT)).toEqual({ said: FAULT, hasWays: false });
  });

  it('does without the settings of the server as well', async () => {
    const slow = slowDisk();
    const bot = fuzzedBot({ disk: slow.disk });
    slow.fail('reads', ['guild:']);
    await bot.dispatch(video({ model: SP, duration: 60 }));
    expect(saidIn(bot.answers[0], FAULT)).toEqual({ said: FAULT, hasWays: true });
  });
});
