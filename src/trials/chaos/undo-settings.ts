import type { InteractionHandle } from '../../simulators/discord/actors/api.ts';
import { privateAnswer } from './answers.ts';
import { customIdIn } from './custom-ids.ts';
import { pickFrom } from './dice.ts';
import type { RoundContext } from './round-context.ts';

/** An admin changes a setting that nothing else here depends on, and undoes it, once or twice. */
export async function undoSetting(
  { testbed, dice, holds, settingChanges }: RoundContext,
  times: number,
  index: number,
): Promise<void> {
  const admin = pickFrom(holds.admins, dice('changed by', index));
  const [channel] = testbed.discord.world.guild(admin?.guildId ?? '')?.channels.values() ?? [];
  if (admin === undefined || channel === undefined) throw new Error('no admin or channel');
  const options = { assets: 'everyone' };
  const change = await admin.slash(channel.id, 'settings set members', options);
  const answer = await privateAnswer(change);
  const customId = customIdIn(answer, 'undo');
  if (answer === undefined || customId === undefined) return;
  const undos: InteractionHandle[] = [];
  settingChanges.push({ guildId: admin.guildId, undos });
  for (let time = 0; time < times; time += 1) {
    undos.push(await admin.click(answer, customId, { raw: true }));
  }
}
