import { assetSchema } from '../../domain/library/asset.ts';
import { NAMED_PREFIX } from '../../store/library/named-asset-store.ts';
import { ASSET_PREFIX } from '../../store/library/asset-registry.ts';
import { settled } from './answers.ts';
import { READY_MS } from './backstops.ts';
import { pickFrom } from './dice.ts';
import { watchRecords } from './open-tasks.ts';
import { storeOf } from './read-store.ts';
import { GUILDS } from './round-world.ts';
import type { RoundContext } from './round-context.ts';
import type { ScriptStep } from './script-step.ts';
import { send } from './send-videos.ts';
import { mediumOf } from './shared-media.ts';

/** The only name of a round. */
const NAME = 'hero';

/** How long a named medium is waited for until it is usable, in milliseconds. */
const USABLE_MS = 3000;

/** The guild that has named media in a round, mostly one without limits and confirmations. */
function guildOf({ dice }: Pick<RoundContext, 'dice'>): string {
  const [limited, confirming, open] = GUILDS;
  return pickFrom([limited, confirming, open, open, open], dice('names in'))?.id ?? '';
}

/** An admin gives a file a name, perhaps twice at once. */
export async function giveName(
  context: RoundContext,
  { word, times, isPerson }: Omit<Extract<ScriptStep, { kind: 'name' }>, 'kind'>,
): Promise<void> {
  const { testbed, media, namings, supervisor, holds } = context;
  const guildId = guildOf(context);
  const admin = holds.admins.find((one) => one.guildId === guildId);
  const [channel] = testbed.discord.world.guild(guildId)?.channels.values() ?? [];
  if (admin === undefined || channel === undefined) throw new Error('no admin or channel');
  await supervisor.ready(READY_MS);
  const { kind, sha256, file } = mediumOf(media, guildId, word);
  const options = { name: NAME, kind, file, ...(isPerson ? { person: true } : {}) };
  for (let time = 0; time < times; time += 1) {
    const handle = await admin.slash(channel.id, 'asset add', options, { raw: true });
    namings.push({ guildId, memberId: admin.id, name: NAME, sha256, kind, handle });
  }
}

/** An admin removes the name. */
export async function removeName(context: RoundContext): Promise<void> {
  const { testbed, supervisor, holds, namings } = context;
  if (namings.length === 0) return;
  const guildId = guildOf(context);
  const admin = holds.admins.find((one) => one.guildId === guildId);
  const [channel] = testbed.discord.world.guild(guildId)?.channels.values() ?? [];
  if (admin === undefined || channel === undefined) throw new Error('no admin or channel');
  await supervisor.ready(READY_MS);
  await settled(await admin.slash(channel.id, 'asset remove', { name: NAME }, { raw: true }));
}

/** Members ask for videos with the name in the prompt, and an admin may remove it meanwhile. */
export async function useName(
  context: RoundContext,
  { number, model, size, isRemoved }: Extract<ScriptStep, { kind: 'use-name' }>,
): Promise<void> {
  const { members } = context;
  const guildId = guildOf(context);
  if (!(await isNamed(context, guildId))) {
    await giveName(context, { word: 'sun', times: 1, isPerson: false });
  }
  await untilUsable(context, model);
  const callers = members.filter((member) => member.guildId === guildId).slice(0, size);
  await Promise.all(
    callers.map(async (by, index) => send(context, number + index, { model }, { by, named: NAME })),
  );
  if (isRemoved) await removeName(context);
}

async function isNamed({ testbed }: RoundContext, guildId: string): Promise<boolean> {
  return watchRecords(storeOf(testbed), 0, async (records) => {
    return (await records.get(`${NAMED_PREFIX}${guildId}`)) !== undefined;
  });
}

/** Waits for a moment until the name can be used with the model. */
async function untilUsable({ testbed }: RoundContext, model: string): Promise<void> {
  const [provider] = model.split('/');
  await watchRecords(storeOf(testbed), USABLE_MS, async (records) => {
    const values = await records.getMany(await records.keysUnder(ASSET_PREFIX));
    const assets = values.flatMap((value) => assetSchema.safeParse(value).data ?? []);
    return assets.some(
      ({ library, state, uses }) =>
        library.startsWith(`${provider}/`) && state.name === 'active' && uses.names.includes(NAME),
    );
  });
}
