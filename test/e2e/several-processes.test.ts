import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { InteractionHandle } from '../../src/simulators/discord/actors/api.ts';
import { askAt, describeOnPostgres } from '../fakes/on-postgres.ts';
import { isEndOf } from './bot-testbed.ts';
import { untilLookedAt } from './provider-watch.ts';
import { SERVERS, allDelivered, callIn, openSeveral } from './several-bots.ts';
import type { SharingBots } from './several-bots.ts';
import { hasClip } from './video-call.ts';

const [FIRST = { id: '', channelId: '' }] = SERVERS;

const TASK_ID = /"taskId":"(?<taskId>\d+)"/;

/** Resolves when the task of a call is about to be delivered. */
async function polledToItsEnd(bots: SharingBots['bots'], id: string): Promise<void> {
  const begun = await bots.lineOfAny((line) => line.includes('"task begun"') && line.includes(id));
  const { taskId = '' } = TASK_ID.exec(begun)?.groups ?? {};
  await bots.lineOfAny((line) => line.includes('"task polled"') && line.includes(taskId));
}

/** Each of four gives its successor seconds, under load. */
const REPLACING_MS = 120_000;

describeOnPostgres('several processes on one database', (server) => {
  const open = async (
    instances: readonly string[],
    options: { readonly taskMs?: number } = {},
  ): Promise<SharingBots> => openSeveral(server, instances, options);

  it('make every video once, whichever hears of it', async () => {
    const sharing = await open(['a', 'b', 'c']);
    const { testbed, bots } = sharing;
    expect(testbed.discord.gateway.sessions()).toHaveLength(1);
    const calls = await Promise.all(
      SERVERS.map(async (one) => callIn(testbed, one, 'A fish in a pond')),
    );
    await allDelivered(sharing, calls);
    expect(testbed.providers.tasks).toHaveLength(calls.length);
    const served = bots.all.filter(({ lines }) =>
      lines.some((line) => line.includes('"msg":"task begun"')),
    );
    expect(served.length).toBeGreaterThan(1);
  });

  it('go on with the tasks of one that was killed', async () => {
    const sharing = await open(['a', 'b'], { taskMs: Infinity });
    const { testbed, bots } = sharing;
    const calls = await Promise.all(
      SERVERS.map(async (one) => callIn(testbed, one, 'A fish in a pond')),
    );
    await untilLookedAt(testbed, calls.length);
    bots.running.get('a')?.kill('SIGKILL');
    testbed.providers.knobs.jimmy.taskMs = 0;
    await allDelivered(sharing, calls);
    expect(testbed.providers.tasks).toHaveLength(calls.length);
    // The gateway was held by the one that was killed.
    await bots.running.get('b')?.waitForLine((line) => line.includes('gateway shard held'));
    await allDelivered(sharing, [await callIn(testbed, FIRST, 'One more fish')]);
  });

  it('show the end of a task again over an edit that another one made late', async () => {
    const { testbed, bots, url } = await open(['a', 'b'], { taskMs: 3000 });
    const edit = testbed.discord.faults.add({
      method: 'PATCH',
      route: /@original$/,
      action: { kind: 'hold', at: 'before-effect' },
    });
    const call = await callIn(testbed, FIRST, 'A fish that is looked at twice');
    await Promise.all([edit.reached, polledToItsEnd(bots, call.id)]);
    const first = bots.all.find(({ lines }) => lines.some((line) => line.includes('"task begun"')));
    const [instance = ''] = [...bots.running].flatMap(([name, bot]) =>
      bot === first ? [name] : [],
    );
    // As if it stood still, so that others take it for dead.
    await askAt(url, 'DELETE FROM member WHERE instance = $1', [instance]);
    await bots.lineOfAny((line) => isEndOf(line, call.id));
    const shown = call.message()?.text;
    // Before that it takes itself for the owner.
    await first?.waitForLine((line) => line.includes('removed by the other processes'));
    edit.release();
    await first?.waitForLine((line) => line.includes('message edited late'));
    await bots.lineOfAny((line) => line.includes('message shown again after a late edit'));
    expect(edit.hits()).toBe(1);
    expect(call.message()?.text).toBe(shown);
    expect(call.message()).toSatisfy(hasClip);
    expect(testbed.providers.tasks).toHaveLength(1);
  });

  it(
    'are replaced one by one, all four, and no call goes without an answer',
    async () => {
      const sharing = await open(['a', 'b', 'c', 'd'], { taskMs: 300 });
      const { testbed, bots } = sharing;
      const calls: InteractionHandle[] = [];
      const over = new AbortController();
      const load = (async () => {
        for (let round = 0; !over.signal.aborted; round += 1) {
          const called = await Promise.all(
            SERVERS.map(async (one) => callIn(testbed, one, `A fish in round ${round}`)),
          );
          calls.push(...called);
          await Promise.all(called.map(async ({ acknowledged }) => acknowledged));
        }
      })();
      const stop = async (instance: string): Promise<void> => {
        const leaving = bots.running.get(instance);
        leaving?.kill('SIGTERM');
        expect(await leaving?.exited).toBe(0);
      };
      // Some platforms start the next one first, others stop the old one first.
      for (const [old, next] of [
        ['a', 'e'],
        ['b', 'f'],
      ] as const) {
        await bots.start(next);
        await stop(old);
      }
      for (const [old, next] of [
        ['c', 'g'],
        ['d', 'h'],
      ] as const) {
        await stop(old);
        await bots.start(next);
      }
      over.abort();
      await load;
      const begun = calls.filter((call) => call.acknowledgement()?.kind === 'deferred-message');
      // One that took too long to reach its owner is refused with what to do, and nothing is made.
      const refused = calls.filter((call) => !begun.includes(call));
      for (const call of refused) expect(call.message()?.content).toContain('too busy');
      expect(begun.length).toBeGreaterThan(refused.length);
      await allDelivered(sharing, begun);
      expect(testbed.providers.tasks).toHaveLength(begun.length);
    },
    REPLACING_MS,
  );

  it('delete what one that is no more has left in their folder, and nothing of a neighbour', async () => {
    const { testbed, bots } = await open([]);
    const dataDir = join(testbed.folder, 'all');
    for (const instance of ['a', 'b']) await bots.start(instance, { DATA_DIR: dataDir });
    const [store = ''] = await readdir(join(dataDir, 'attempts'));
    const linesOf = (instance: string): string =>
      join(dataDir, 'attempts', store, `${instance}.jsonl`);
    const before = await readFile(linesOf('b'), 'utf8');
    await writeFile(linesOf('dead'), '{"kind":"start","at":1,"starts":1}\n');
    for (const instance of ['b', 'dead']) {
      const folder = join(dataDir, 'videos', instance);
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, '1234567890.mp4'), 'x');
    }
    await bots.start('c', { DATA_DIR: dataDir });
    await bots.lineOfAny((line) => line.includes('"files of processes that are no more deleted"'));
    expect((await readdir(join(dataDir, 'attempts', store))).toSorted()).toEqual(
      ['a', 'b', 'c'].map((instance) => `${instance}.jsonl`),
    );
    expect(await readFile(linesOf('b'), 'utf8')).toContain(before);
    expect((await readdir(join(dataDir, 'videos'))).toSorted()).toEqual(['a', 'b', 'c']);
    expect(await readdir(join(dataDir, 'videos', 'b'))).toEqual(['1234567890.mp4']);
  });
});
