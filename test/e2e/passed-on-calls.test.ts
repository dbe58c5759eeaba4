import { expect, it } from 'vitest';
import { slotOf } from '../../src/domain/slots.ts';
import type { PostgresCluster } from '../../src/sandbox/postgres-cluster.ts';
import type { BotProcess } from '../../src/sandbox/bot-process.ts';
import type { MessageView } from '../../src/simulators/discord/world/message-view.ts';
import { askAt, describeOnPostgres } from '../fakes/on-postgres.ts';
import { isEndOf } from './bot-testbed.ts';
import { SERVERS, openSeveral } from './several-bots.ts';
import type { SharingBots } from './several-bots.ts';
import { ANY_MODEL, hasClip } from './video-call.ts';

/** Two bots, and a server of the one that has no gateway: its calls come by letter. */
interface Passing extends SharingBots {
  readonly guildId: string;
  readonly channelId: string;
  readonly owner: BotProcess;
  readonly other: BotProcess;
}

async function openPassing(server: PostgresCluster): Promise<Passing> {
  const sharing = await openSeveral(server, ['a', 'b']);
  const { bots, url } = sharing;
  const holder = await ownerOf(url, 0);
  for (const { id, channelId } of SERVERS) {
    const instance = await ownerOf(url, slotOf(id));
    const [owner, other] = [bots.running.get(instance), bots.running.get(holder)];
    if (instance === holder || owner === undefined || other === undefined) continue;
    return { ...sharing, guildId: id, channelId, owner, other };
  }
  throw new Error('one process owns all servers');
}

/** The instance that has a slot; the gateway's only shard goes with slot 0. */
async function ownerOf(url: string, slot: number): Promise<string> {
  const [row] = await askAt(
    url,
    'SELECT instance FROM slot JOIN member ON member.id = slot.owner WHERE n = $1',
    [slot],
  );
  return String(row?.['instance']);
}

/** Kills the owner at its next first answer, before or after Discord has it. */
async function killAtAnswer(
  { testbed, owner }: Passing,
  moment: 'beforeEffect' | 'beforeAnswer',
): Promise<void> {
  return new Promise((resolve) => {
    const remove = testbed.discord[moment](async ({ path }: { readonly path: string }) => {
      if (!path.endsWith('/callback')) return;
      remove();
      owner.kill('SIGKILL');
      await owner.exited;
      resolve();
      if (moment === 'beforeEffect') throw new Error('the bot is dead');
    });
  });
}

function callerIn({ testbed, guildId, channelId }: Passing) {
  const ada = testbed.discord.member({ guildId });
  const call = async (prompt: string, options: { readonly duration?: number } = {}) =>
    ada.slash(channelId, 'video', { prompt, model: ANY_MODEL, ...options });
  return { ada, call };
}

const isInterrupted = ({ text }: MessageView): boolean =>
  text.includes('interrupted before this began');

describeOnPostgres('a call that came by letter', (server) => {
  it('whose owner is killed before its reply: no message, and nothing began', async () => {
    const passing = await openPassing(server);
    const { testbed, bots, other } = passing;
    const { call } = callerIn(passing);
    const dead = killAtAnswer(passing, 'beforeEffect');
    const first = await call('A fish nobody answered');
    await dead;
    await other.waitForLine((line) => line.includes('calls that began nothing were notified'));
    expect(first.message()).toBeNull();
    const next = await call('A fish that came back');
    await bots.lineOfAny((line) => isEndOf(line, next.id));
    expect(next.message()).toSatisfy(hasClip);
    expect(testbed.providers.tasks).toHaveLength(1);
  });

  it('whose owner is killed after its reply: another one says that nothing began', async () => {
    const passing = await openPassing(server);
    const { testbed, bots } = passing;
    const { ada, call } = callerIn(passing);
    // An answer to the caller alone began nothing either, but it stays, with its ways on.
    const refused = await call('A fish for a minute', { duration: 60 });
    expect(await refused.acknowledged).toMatchObject({ kind: 'message', ephemeral: true });
    const shown = refused.message();
    const dead = killAtAnswer(passing, 'beforeAnswer');
    const begun = await call('A fish between two waters');
    await dead;
    await begun.waitFor(isInterrupted);
    expect(testbed.providers.tasks).toEqual([]);
    expect(refused.message()).toEqual(shown);
    const makeIt = shown?.buttons.find(({ label }) => label.startsWith('Make it'))?.customId ?? '';
    if (shown === null) throw new Error('no refusal');
    const made = await ada.click(shown, makeIt);
    await bots.lineOfAny((line) => isEndOf(line, made.id));
    expect(made.message()).toSatisfy(hasClip);
    expect(testbed.providers.tasks).toHaveLength(1);
  });
});
