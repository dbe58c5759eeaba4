import { PROMPT } from './trouble-tables.ts';
import type { MemberActor, OptionValue } from '../../simulators/discord/actors/api.ts';
import { pickFrom } from './dice.ts';
import type { ScriptStep } from './script-step.ts';
import type { RoundContext } from './round-context.ts';
import { READY_MS } from './backstops.ts';

/** Sends several commands at once: each decision must already count the others. */
export async function burst(
  context: RoundContext,
  { number, size }: Extract<ScriptStep, { kind: 'burst' }>,
): Promise<void> {
  const calls = Array.from({ length: size }, (_, index) => number + index);
  const model = pickFrom(BURST_MODELS, context.dice('burst', number)) ?? BURST_MODELS[0];
  const by = pickFrom(context.members, context.dice('burst by', number));
  await Promise.all(calls.map(async (call) => send(context, call, { model }, by)));
}

/** The models of commands that are sent at once. */
export const BURST_MODELS = ['jimmy/seedance2.0-mini-sp', 'anyfast/seedance-2.0-mini'] as const;

/** The route has a fixed 720p and no option for sound. */
export const INVALID_VIDEO = {
  model: 'jimmy/seedance2.0-fast-i2v',
  resolution: '4k',
  sound: true,
} as const;

/** Sends one `/video`, by a random member unless one is given. */
export async function send(
  { testbed, dice, members, commands, labelStart, supervisor }: RoundContext,
  number: number,
  options: Readonly<Record<string, OptionValue>>,
  by?: MemberActor,
): Promise<void> {
  const member = by ?? pickFrom(members, dice('member', number));
  const guild = testbed.discord.world.guild(member?.guildId ?? '');
  const channel = pickFrom([...(guild?.channels.values() ?? [])], dice('channel', number));
  if (member === undefined || channel === undefined) throw new Error('no member, or no channel');
  const label = `take-${labelStart}${number}-z`;
  const prompt = `${label} ${PROMPT}`;
  // Most people do not call a bot that is offline.
  if (dice('at any time', number) < 0.8) await supervisor.ready(READY_MS);
  const handle = await member.slash(channel.id, 'video', { prompt, ...options });
  // The answer is not awaited here; the judge finds a missing one.
  commands.push({
    label,
    prompt,
    request: { key: label, isRepeatable: false },
    memberId: member.id,
    guildId: member.guildId,
    channelId: channel.id,
    isInvalid: 'sound' in options,
    handle,
  });
}
