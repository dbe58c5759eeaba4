import { describe, expect, it } from 'vitest';
import { fuzzedBot } from '../fuzz/fuzzed-bot.ts';
import { RAW_CALL as call } from '../fakes/raw-call.ts';

/** The line that the bot logs about an interaction that it does not understand. */
async function lineAbout(raw: object) {
  const bot = fuzzedBot();
  await bot.dispatch(raw);
  return { line: bot.logLines().find(({ msg }) => msg.startsWith('interaction')), log: bot.log() };
}

describe('an interaction that is not understood', () => {
  it.each<[string, object, string, string]>([
    ['a name that is none', { data: { ...call.data, name: 7 } }, 'data.name', 'invalid_type'],
    ['another type of command', { data: { ...call.data, type: 2 } }, 'data.type', 'invalid_value'],
    ['no target', { data: { name: 'Animate', type: 3 } }, 'data.target_id', 'invalid_type'],
    [
      'a prompt that is no text',
      { data: { ...call.data, options: [{ name: 'prompt', type: 3, value: { a: 'SECRET' } }] } },
      'data.options.0.value',
      'invalid_union',
    ],
    ['no channel', { channel: undefined }, 'channel', 'invalid_type'],
    ['no member', { member: undefined }, 'member', 'invalid_type'],
    ['no token', { token: '' }, 'token', 'too_small'],
  ])('for %s is logged with its field, never its value', async (_what, changes, field, code) => {
    const { line, log } = await lineAbout({ ...call, ...changes });
    expect(line).toMatchObject({ level: 40 });
    expect(line?.['faults']).toContainEqual({ field, code });
    expect(log).not.toContain('SECRET');
  });

  it('is logged with a few faults, not thousands', async () => {
    const options = Array.from({ length: 25 }, () => ({ name: 1, type: 'x' }));
    const { line } = await lineAbout({ ...call, data: { ...call.data, options } });
    expect(line).toMatchObject({ faults: { length: 5 } });
  });
});
