import { describe, expect, it } from 'vitest';
import { cancelVideo } from '../../commands/cancel-video.ts';
import type { CancelAnswer } from '../../src/app/ports/cancel-port.ts';
import type { ComponentCall, CommandServices } from '../../src/discord/command.ts';
import { en } from '../../src/discord/messages/en.ts';
import { createDeferred } from '../../src/simulators/discord/deferred.ts';
import { CHANNEL_ID, GUILD_ID, MEMBER_ID, TASK_ID } from '../fakes/a-task.ts';
import { fakeClock } from '../fakes/clock.ts';

const textOf = (message: unknown): string =>
  typeof message === 'object' && message !== null && 'content' in message
    ? String(message.content)
    : String(message);

/** A click on Cancel, what came of it, and how Discord heard of that. */
function click() {
  const clock = fakeClock();
  const said: string[] = [];
  const decided = createDeferred();
  const results: (CancelAnswer | Error)[] = [];
  const replies = {
    deferUpdate: async () => void said.push('updated'),
    deferPrivately: async () => void said.push('thinking'),
    privately: async (_key: unknown, message: unknown) => void said.push(textOf(message)),
    finish: async (_key: unknown, message: unknown) => void said.push(`then ${textOf(message)}`),
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what the command uses of it
  const call = {
    language: 'en',
    guildId: GUILD_ID,
    channelId: CHANNEL_ID,
    member: { user: { id: MEMBER_ID }, permissions: '0' },
  } as unknown as ComponentCall;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what the command uses of it
  const services = {
    clock,
    replies,
    cancelVideo: async () => {
      await decided.promise;
      const [result = 'gone'] = results;
      if (result instanceof Error) throw result;
      return result;
    },
  } as unknown as CommandServices;
  const done = cancelVideo.run(call, TASK_ID, services).catch((cause: unknown) => {
    said.push(String(cause));
  });
  const decide = (result: CancelAnswer | Error): void => {
    results.push(result);
    decided.resolve();
  };
  return { clock, said, done, decide };
}

describe('a click on Cancel', () => {
  it.each<[CancelAnswer, string]>([
    ['cancelled', 'updated'],
    ['asked', 'updated'],
    ['sent', en.cancel.sent],
    ['of-another', en.cancel.ofAnother],
    ['gone', en.cancel.gone],
  ])('that is %s at once is answered at once', async (answer, word) => {
    const { said, done, decide } = click();
    decide(answer);
    await done;
    expect(said).toEqual([word]);
  });

  it.each<[CancelAnswer, string]>([
    ['cancelled', en.cancel.done],
    ['asked', en.cancel.asked],
    ['sent', en.cancel.sent],
    ['gone', en.cancel.gone],
  ])('that is %s only after a while is acknowledged meanwhile', async (answer, word) => {
    const { clock, said, done, decide } = click();
    await clock.advance(1499);
    expect(said).toEqual([]);
    await clock.advance(1);
    expect(said).toEqual(['thinking']);
    decide(answer);
    await done;
    expect(said).toEqual(['thinking', `then ${word}`]);
  });

  it('that fails is left to whoever called it, before and after that', async () => {
    for (const ms of [0, 2000]) {
      const { clock, said, done, decide } = click();
      await clock.advance(ms);
      decide(new Error('disk full'));
      await done;
      expect(said.at(-1)).toBe('Error: disk full');
    }
  });
});
