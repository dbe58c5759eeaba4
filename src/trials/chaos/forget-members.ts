import { privateAnswer, settled } from './answers.ts';
import { READY_MS } from './backstops.ts';
import { customIdIn } from './custom-ids.ts';
import { pickFrom } from './dice.ts';
import type { RoundContext } from './round-context.ts';

/** A member who attached something, if there is one, deletes their data. */
export async function forgetMember(context: RoundContext, index: number): Promise<void> {
  const { testbed, dice, commands, members, forgets, supervisor, incidents } = context;
  const called = commands.filter(({ media = [] }) => media.length > 0);
  const command = pickFrom(called, dice('forgotten', index));
  const member = members.find(({ id }) => id === command?.memberId);
  if (command === undefined || member === undefined) return;
  const { guildId } = member;
  await supervisor.ready(READY_MS);
  const [channel] = testbed.discord.world.guild(guildId)?.channels.values() ?? [];
  const question = await privateAnswer(
    await member.slash(channel?.id ?? command.channelId, 'privacy delete', {}),
  );
  const customId = customIdIn(question, 'erase-data');
  if (question === undefined || customId === undefined) return;
  forgets.push({ memberId: member.id, guildId, atMs: Date.now() });
  incidents.record('forget:clicked');
  await settled(await member.click(question, customId, { raw: true }));
}
