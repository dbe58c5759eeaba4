import { expect, it } from 'vitest';
import type { InteractionHandle } from '../../src/simulators/discord/actors/api.ts';
import { describeOnPostgres } from '../fakes/on-postgres.ts';
import { makeStandby } from '../fakes/standby.ts';
import { isEndOf } from './bot-testbed.ts';
import { SERVERS, openSeveral } from './several-bots.ts';
import type { SharingBots } from './several-bots.ts';
import { ANY_MODEL, createsOf, hasClip, tasksOf } from './video-call.ts';

const BUSY = { kind: 'rate-limited', retryAfterSeconds: 2 } as const;

const WAITING = [
  'A kite on the first roof',
  'A kite on the second roof',
  'A kite on the third roof',
];
const RUNNING = 'A kite in the air';
const LATEST = 'A kite of the last minute';

async function callIn({ testbed }: SharingBots, number: number, prompt: string) {
  const { id: guildId = '', channelId = '' } = SERVERS[number] ?? {};
  return testbed.discord
    .member({ guildId })
    .slash(channelId, 'video', { prompt, model: ANY_MODEL });
}

/** What must not become more: what was sent and made of each prompt, and the messages of each channel. */
function countsOf({ testbed }: SharingBots) {
  const prompts = [...WAITING, RUNNING, LATEST];
  return {
    creates: prompts.map((prompt) => createsOf(testbed, prompt).length),
    tasks: prompts.map((prompt) => tasksOf(testbed, prompt).length),
    messages: SERVERS.map(({ channelId }) => testbed.discord.messages(channelId).length),
  };
}

describeOnPostgres(
  'several processes whose standby took over without the last commits',
  (server) => {
    it('end, and the next ones hold what it may not know, and send and post nothing again', async () => {
      const sharing = await openSeveral(server, ['a', 'b'], {
        taskMs: Infinity,
        env: { SHUTDOWN_SECONDS: '0' },
      });
      const { testbed, bots } = sharing;
      const { jimmy } = testbed.providers.knobs;
      const running = await callIn(sharing, 0, RUNNING);
      await running.waitFor(({ text }) => text.includes('Generating'));
      jimmy.create.always(BUSY);
      const waiting: InteractionHandle[] = [];
      for (const [index, prompt] of WAITING.entries()) {
        waiting.push(await callIn(sharing, index + 1, prompt));
      }
      await Promise.all(
        waiting.map(async (call) => call.waitFor((one) => one.text.includes('queue'))),
      );

      const standby = await makeStandby(server);
      jimmy.create.reset();
      jimmy.taskMs = 0;
      const latest = await callIn(sharing, 4, LATEST);
      const calls = [running, ...waiting, latest];
      await Promise.all(calls.map(async ({ id }) => bots.lineOfAny((line) => isEndOf(line, id))));
      for (const call of calls) expect(call.message()).toSatisfy(hasClip);
      const before = countsOf(sharing);

      const old = [...bots.running.values()];
      await standby.takePlace();
      // While it only reads it may yet turn out to be the one that they know.
      await Promise.all(
        old.map(async (bot) => bot.waitForLine((line) => line.includes('the server is a standby'))),
      );
      await standby.promote();
      await expect(Promise.all(old.map(async ({ exited }) => exited))).resolves.toEqual([1, 1]);
      for (const { errors } of old) {
        expect(errors).toEqual([
          expect.stringMatching(/^Clapper cannot go on: the database is on another server now/),
        ]);
      }

      // Their supervisors start them at the same time; one of them judges the store, the other finds it judged.
      const next = await Promise.all(['a', 'b'].map(async (instance) => bots.start(instance)));
      const judged = next.filter(({ lines }) =>
        lines.some((line) => line.includes('"why":"other-server"')),
      );
      expect(judged).toHaveLength(1);
      await Promise.all(
        waiting.map(async (call) => call.waitFor(({ text }) => text.includes('not sent again'))),
      );
      const endsNow = async ({ id }: InteractionHandle): Promise<string> =>
        Promise.any(next.map(async (bot) => bot.waitForLine((line) => isEndOf(line, id))));
      await Promise.all([running, ...waiting].map(endsNow));
      for (const call of calls) expect(call.message()?.attachments).toHaveLength(1);
      expect(running.message()).toSatisfy(hasClip);
      expect(countsOf(sharing)).toEqual(before);

      const after = await callIn(sharing, 5, 'A kite after the storm');
      await Promise.any(
        next.map(async (bot) =>
          bot.waitForLine((line) => line.includes('"task begun"') && line.includes(after.id)),
        ),
      );
    });
  },
);
