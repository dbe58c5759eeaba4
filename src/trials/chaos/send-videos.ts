import { PROMPT } from './trouble-tables.ts';
import type { MemberActor, OptionValue } from '../../simulators/discord/actors/api.ts';
import { pickFrom } from './dice.ts';
import type { ScriptStep } from './script-step.ts';
import type { RoundContext } from './round-context.ts';
import { READY_MS } from './backstops.ts';
import { mediumOf } from './shared-media.ts';

/** Sends several commands at once: each decision must already count the others. */
export async function burst(
  context: RoundContext,
  { number, size }: Extract<ScriptStep, { kind: 'burst' }>,
): Promise<void> {
  const calls = Array.from({ length: size }, (_, index) => number + index);
  const model = pickFrom(BURST_MODELS, context.dice('burst', number)) ?? BURST_MODELS[0];
  const by = pickFrom(context.members, context.dice('burst by', number));
  await Promise.all(calls.map(async (call) => send(context, call, { model }, by && { by })));
}

/** The model of the provider that lists its tasks, and that cancels them. */
export const ARK_MODEL = 'ark/seedance-2.0-mini';

/** The models of commands that are sent at once. */
export const BURST_MODELS = [
  'jimmy/seedance2.0-mini-sp',
  'anyfast/seedance-2.0-mini',
  ARK_MODEL,
  'openrouter/alibaba/wan-2.6',
  'gpu/wan-2.2-5b',
  'auto',
] as const;

/** The route has a fixed 720p and no option for sound. */
export const INVALID_VIDEO = {
  model: 'jimmy/seedance2.0-fast-i2v',
  resolution: '4k',
  sound: true,
} as const;

/** What is not left to the dice of a command. */
interface Sending {
  readonly by?: MemberActor;
  /** The names of the shared media among its files. */
  readonly media?: readonly string[];
  readonly hasPicture?: boolean;
  /** A name that its prompt uses. */
  readonly named?: string;
}

/** Sends one `/video`, by a random member unless one is given. */
export async function send(
  context: RoundContext,
  number: number,
  options: Readonly<Record<string, OptionValue>>,
  { by, media = [], hasPicture = false, named }: Sending = {},
): Promise<void> {
  const { dice, commands, labelStart, supervisor } = context;
  const { member, channelId } = senderOf(context, number, by);
  const label = `take-${labelStart}${number}-z`;
  const prompt = `${label}${named === undefined ? '' : ` {${named}}`} ${PROMPT}`;
  const frames = hasPicture ? [mediumOf(context.media, member.guildId, 'frame')] : [];
  const given = Object.fromEntries(frames.map(({ file }) => ['first_frame', file]));
  // Most people do not call a bot that is offline.
  if (dice('at any time', number) < 0.8) await supervisor.ready(READY_MS);
  const handle = await member.slash(channelId, 'video', { prompt, ...options, ...given });
  // The answer is not awaited here; the judge finds a missing one.
  commands.push({
    label,
    prompt,
    request: { key: label, isRepeatable: false },
    memberId: member.id,
    guildId: member.guildId,
    channelId,
    isInvalid: 'sound' in options,
    media: [...media, ...frames.map(({ name }) => name)],
    ...(named === undefined ? {} : { named }),
    handle,
  });
}

function senderOf(
  { testbed, dice, members }: RoundContext,
  number: number,
  by: MemberActor | undefined,
): { readonly member: MemberActor; readonly channelId: string } {
  const member = by ?? pickFrom(members, dice('member', number));
  const guild = testbed.discord.world.guild(member?.guildId ?? '');
  const channel = pickFrom([...(guild?.channels.values() ?? [])], dice('channel', number));
  if (member === undefined || channel === undefined) throw new Error('no member, or no channel');
  return { member, channelId: channel.id };
}
