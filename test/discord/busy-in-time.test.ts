import { describe, expect, it } from 'vitest';
import { messagesFor } from '../../src/discord/messages/messages-for.ts';
import { CHANNEL_ID } from '../fakes/a-task.ts';
import { settle } from '../fakes/clock.ts';
import { RAW_CALL, rawVideo as video } from '../fakes/raw-call.ts';
import { slowDisk } from '../fakes/slow-disk.ts';
import { fuzzedBot } from '../fuzz/fuzzed-bot.ts';

const SP = 'jimmy/seedance2.0-sp';
const { answers } = messagesFor('en');

const component = (customId: string) => ({
  ...RAW_CALL,
  type: 3,
  message: { id: '1300000000000000900', channel_id: CHANNEL_ID },
  data: { custom_id: customId, component_type: 2 },
});

/** What waits for which of the store's records. */
const HANGING: readonly (readonly [string, object, string])[] = [
  ['a model, for the preferences', video({ model: SP }), 'preferences:'],
  ['a model, for the media that it names', video({ model: SP, prompt: 'a {boat}' }), 'named-'],
  ['a model, for the settings', video({ model: SP }), 'guild:'],
  ['a model, for the accounts', video({ model: SP }), 'account:'],
  ['auto, for the settings', video({ model: 'auto' }), 'guild:'],
  ['auto, for the preferences', video({ model: 'auto' }), 'preferences:'],
  ['an unknown model, for the settings', video({ model: 'sp fsat' }), 'guild:'],
  ['no model, for the settings', video({}), 'guild:'],
  ['no model, for the preferences', video({}), 'preferences:'],
  ['a click on Again, for the task', component('again:1300000000000000001'), 'task:'],
  ['a click on a price, for the request', component('confirm:1300000000000000001'), 'confirm:'],
  ['a click on a way on, for the request', component('make:1300000000000000001'), 'confirm:'],
];

describe('what leads to a video and is not decided in time', () => {
  it.each(HANGING)('is refused as busy after 2 s: %s', async (_what, raw, prefix) => {
    const slow = slowDisk();
    const bot = fuzzedBot({ disk: slow.disk });
    slow.hang('reads', [prefix]);
    const dispatched = bot.dispatch(raw);
    await bot.clock.advance(1999);
    expect(bot.answers).toEqual([]);
    await bot.clock.advance(1);
    expect(bot.answers).toEqual([{ content: answers.busy }]);
    await dispatched;
    // What comes later begins nothing, and is no second answer.
    slow.goOn();
    await settle(20);
    await bot.clock.advance(5000);
    expect(bot.answers).toHaveLength(1);
    expect(bot.activeTasks()).toBe(0);
    expect([...bot.records.byKey.keys()].filter((key) => key.startsWith('task:'))).toEqual([]);
    expect(bot.logLines().filter(({ level }) => level >= 50)).toEqual([]);
  });

  it('is decided where the read comes in time', async () => {
    const slow = slowDisk();
    const bot = fuzzedBot({ disk: slow.disk });
    slow.hang('reads', ['preferences:']);
    const dispatched = bot.dispatch(video({ model: SP }));
    await bot.clock.advance(1900);
    slow.goOn();
    await dispatched;
    await bot.clock.advance(5000);
    expect(bot.answers).toEqual(['public']);
    expect(bot.activeTasks()).toBe(1);
  });
});
