import { once } from 'node:events';
import { expect, it } from 'vitest';
import type { InteractionHandle } from '../../src/simulators/discord/actors/api.ts';
import { runTool } from '../backup/run-tool.ts';
import { askAt, describeOnPostgres, untilTrue } from '../fakes/on-postgres.ts';
import { SERVERS, openSeveral } from './several-bots.ts';
import type { SharingBots } from './several-bots.ts';
import { spentOn } from './spent-on.ts';
import { ANY_MODEL, hasClip } from './video-call.ts';

const PRICES = {
  currency: 'USD',
  prices: { 'jimmy/seedance2.0-mini-sp-720p': { amount: '1.37', per: 'task' } },
};
const PRICE = 1_370_000;

const TASK_ID = /"taskId":"(?<taskId>\d+)"/;

async function callIn(
  { testbed }: SharingBots,
  { id: guildId, channelId }: (typeof SERVERS)[number],
): Promise<InteractionHandle> {
  const caller = testbed.discord.member({ guildId });
  return caller.slash(channelId, 'video', { prompt: 'A late fish', model: ANY_MODEL });
}

async function taskIdOf({ bots }: SharingBots, call: InteractionHandle): Promise<string> {
  const line = await bots.lineOfAny((one) => one.includes('"task begun"') && one.includes(call.id));
  return TASK_ID.exec(line)?.groups?.['taskId'] ?? '';
}

async function operator({ testbed: { env, folder } }: SharingBots, ...given: readonly string[]) {
  return runTool('holds', { env, cwd: folder }, ...given);
}

const isHeld = ({ content }: { readonly content: string }): boolean =>
  content.includes('not sent again');

describeOnPostgres('an unconfirmed charge over several processes', (server) => {
  it('is ended by the operator in whichever process has its server, and answered truly', async () => {
    const sharing = await openSeveral(server, ['a', 'b'], { prices: PRICES });
    const { testbed, bots, url } = sharing;
    testbed.providers.knobs.jimmy.create.always({ kind: 'server-error', status: 502 });
    const calls: InteractionHandle[] = [];
    for (const one of SERVERS) {
      const call = await callIn(sharing, one);
      await call.waitFor(isHeld);
      calls.push(call);
    }
    const ids = await Promise.all(calls.map(async (call) => taskIdOf(sharing, call)));
    const ended = await Promise.all(ids.map(async (id) => operator(sharing, 'settle', id)));
    for (const [index, { code, out, errors }] of ended.entries()) {
      const text = `Task ${ids[index]} is settled at $1.37, for your budget and for its server.\n`;
      expect({ code, out, errors }).toEqual({ code: 0, out: text, errors: '' });
    }
    const served = bots.all.filter(({ lines }) =>
      lines.some((line) => line.includes('"hold acted on by the operator"')),
    );
    expect(served).toHaveLength(2);
    await Promise.all(
      calls.map(async (call) => call.waitFor(({ content }) => content.includes('confirmed'))),
    );
    const [first = ''] = ids;
    const again = await operator(sharing, 'release', first);
    expect(again).toMatchObject({ code: 1, out: '' });
    expect(again.errors).toContain('or it was resolved already');
    const all = { cost: PRICE * ids.length, videos: ids.length, held: 0 };
    await expect(spentOn(url, 'operator')).resolves.toEqual(all);
    await expect(askAt(url, 'SELECT 1 FROM operator_request')).resolves.toEqual([]);
  });

  it.each([
    ['released', ['release']],
    ['settled at another amount', ['settle', '0.50']],
  ])(
    'that was %s brings its video when its create is answered, and counts once',
    async (_, end) => {
      const sharing = await openSeveral(server, ['a', 'b'], { prices: PRICES });
      const { testbed, bots, url } = sharing;
      const answering = new AbortController();
      testbed.providers.hooks.beforeAnswer = async ({ purpose }) => {
        if (purpose === 'create') await once(answering.signal, 'abort');
      };
      const [one] = SERVERS;
      if (one === undefined) throw new Error('there are servers');
      const call = await callIn(sharing, one);
      await untilTrue(async () => testbed.providers.tasks.length > 0);
      // As where others have removed a process that stood still: its guilds go to whoever takes them.
      await askAt(url, 'DELETE FROM member');
      await call.waitFor(isHeld);
      const id = await taskIdOf(sharing, call);
      const ended = await operator(sharing, end[0] ?? '', id, ...end.slice(1));
      expect(ended).toMatchObject({ code: 0, errors: '' });
      answering.abort();
      const delivered = await call.waitFor(hasClip);
      expect(delivered.content).toContain('$1.37');
      await bots.lineOfAny((line) => line.includes('"task ended"') && line.includes('delivered'));
      expect(testbed.providers.tasks).toHaveLength(1);
      expect(testbed.discord.messages(one.channelId)).toHaveLength(1);
      await untilTrue(async () => (await askAt(url, 'SELECT 1 FROM late')).length === 0);
      const charged = { cost: PRICE, videos: 1, held: 0 };
      for (const kind of ['guild', 'member', 'operator'] as const) {
        await expect(spentOn(url, kind)).resolves.toEqual(charged);
      }
      const journal = await askAt(url, `SELECT value FROM records WHERE key LIKE '%journal:%'`);
      expect(journal.map(({ value }) => String(value))).toEqual([
        expect.stringContaining('"state":"settled"'),
      ]);
    },
  );
});
