import { setTimeout as wait } from 'node:timers/promises';
import type {
  InteractionHandle,
  MemberActor,
  OptionValue,
} from '../../simulators/discord/actors/api.ts';
import type { Testbed } from '../../sandbox/testbed.ts';
import { endOneHold } from './end-holds.ts';
import type { HoldControl } from './end-holds.ts';
import { storePathOf } from './evidence.ts';
import type { Restore } from './evidence.ts';
import { pickFrom } from './dice.ts';
import type { Dice } from './dice.ts';
import type { Incidents } from './incidents.ts';
import { waitUntilOneWaits } from './open-tasks.ts';
import type { BusySpell } from './provider-storm.ts';
import type { ScriptStep, Disturbance } from './script.ts';
import { copyStore, restoreStore } from './store-copies.ts';
import type { StoreCopy } from './store-copies.ts';
import type { Supervisor } from './supervisor.ts';
import type { SentCommand } from './sent-command.ts';

/** What the steps of a round act on. */
export interface RoundContext {
  readonly testbed: Testbed;
  readonly dice: Dice;
  readonly incidents: Incidents;
  readonly supervisor: Supervisor;
  readonly kill: () => Promise<void>;
  /** Counts one more end of a process; returns whether the round still allows it. */
  readonly mayEnd: () => boolean;
  readonly members: readonly MemberActor[];
  readonly commands: SentCommand[];
  /** The ids of messages that a person deleted. */
  readonly deleted: Set<string>;
  /** The beginning of every label in this round. */
  readonly labelStart: string;
  /** The root of the build that is played against. */
  readonly root: string;
  readonly busySpell: BusySpell;
  /** The copy of the store, and its restore, once there are any. */
  readonly past: { copy?: StoreCopy; restore?: Restore };
  readonly holds: HoldControl;
}

/** Longer than an interaction's token lives, in milliseconds. */
const BEYOND_TOKEN_MS = 16 * 60_000;
const FLICKER_MS = 60;
const READY_MS = 120_000;

/** The first bytes of a PNG are enough: nothing here decodes it. */
const PICTURE = {
  filename: 'frame.png',
  contentType: 'image/png',
  bytes: new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  width: 640,
  height: 640,
};

/** Performs one step of the script. */
export async function perform(
  context: RoundContext,
  step: ScriptStep,
  index: number,
): Promise<void> {
  switch (step.kind) {
    case 'video':
      return send(context, step.number, {
        model: step.model,
        ...(step.hasPicture ? { first_frame: PICTURE } : {}),
      });
    case 'invalid-video':
      // The route has a fixed 720p and no option for sound.
      return send(context, step.number, {
        model: 'jimmy/seedance2.0-fast-i2v',
        resolution: '4k',
        sound: true,
      });
    case 'burst':
      return burst(context, step);
    case 'click':
      return click(context, step.times, index);
    case 'cancel':
      return cancel(context, index);
    case 'end-hold':
      return endOneHold(context, String(index));
    case 'copy':
      return copy(context, step);
    case 'restore':
      return restore(context, step.after);
    case 'disturbance':
      context.incidents.record(`disturbance:${step.disturbance}`);
      return disturb(context, step.disturbance, index);
  }
}

/** Sends several commands at once: each decision must already count the others. */
async function burst(
  context: RoundContext,
  { number, size }: Extract<ScriptStep, { kind: 'burst' }>,
): Promise<void> {
  const calls = Array.from({ length: size }, (_, index) => number + index);
  const model = pickFrom(BURST_MODELS, context.dice('burst', number)) ?? BURST_MODELS[0];
  const by = pickFrom(context.members, context.dice('burst by', number));
  await Promise.all(calls.map(async (call) => send(context, call, { model }, by)));
}

const BURST_MODELS = ['jimmy/seedance2.0-mini-sp', 'anyfast/seedance-2.0-mini'] as const;

async function send(
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
  const prompt = `${label} a fox crosses the secret clearing`;
  // Most people do not call a bot that is offline.
  if (dice('at any time', number) < 0.8) await supervisor.ready(READY_MS);
  const handle = await member.slash(channel.id, 'video', { prompt, ...options });
  // The answer is not awaited here; the judge finds a missing one.
  commands.push({
    label,
    prompt,
    memberId: member.id,
    guildId: member.guildId,
    channelId: channel.id,
    isInvalid: 'sound' in options,
    handle,
  });
}

/** Confirms the price of an earlier command, perhaps one that is confirmed already. */
async function click(
  { dice, commands, members }: RoundContext,
  times: number,
  index: number,
): Promise<void> {
  const waiting = commands.filter(({ handle }) => buttonOf(handle) !== undefined);
  const command = pickFrom(waiting, dice('clicked', index));
  const member = members.find(({ id }) => id === command?.memberId);
  const message = command?.handle.message();
  const customId = command === undefined ? undefined : buttonOf(command.handle);
  if (command === undefined || !member || !message || customId === undefined) return;
  for (let time = 0; time < times; time += 1) {
    commands.push({ ...command, handle: await member.click(message, customId) });
  }
}

/** Cancels a waiting video as its caller, or sometimes as a member who may not. */
async function cancel(
  { dice, commands, members, incidents }: RoundContext,
  index: number,
): Promise<void> {
  const waiting = commands.filter(({ handle }) => cancelOf(handle) !== undefined);
  const command = pickFrom(waiting, dice('taken back', index));
  const message = command?.handle.message();
  const customId = command === undefined ? undefined : cancelOf(command.handle);
  const isCaller = dice('by its caller', index) < 0.8;
  const member = members.find(({ id, guildId }) => {
    return isCaller
      ? id === command?.memberId
      : id !== command?.memberId && guildId === command?.guildId;
  });
  if (command === undefined || !member || !message || customId === undefined) return;
  if (isCaller) incidents.record('cancel:clicked', command.label);
  await member.click(message, customId);
}

function cancelOf(handle: InteractionHandle): string | undefined {
  const message = handle.message();
  if (message === null || message.deleted) return undefined;
  return message.buttons.find(({ customId }) => customId?.startsWith('cancel:') === true)?.customId;
}

function buttonOf(handle: InteractionHandle): string | undefined {
  const message = handle.message();
  if (message === null || !message.ephemeral || message.deleted) return undefined;
  return message.buttons.find(({ disabled }) => !disabled)?.customId;
}

const COPY_LIMIT_MS = 1500;
/** The longest time in which waiting creates may be sent before the copy is restored. */
const MAX_RESTORE_DELAY_MS = 2000;

async function copy(
  context: RoundContext,
  { number, copy: kind, someWait }: Extract<ScriptStep, { kind: 'copy' }>,
): Promise<void> {
  const { testbed, dice, supervisor, incidents, busySpell, past } = context;
  await supervisor.ready(READY_MS);
  busySpell.isOn = someWait;
  for (const at of someWait ? [0, 1] : []) {
    const model = pickFrom(BURST_MODELS, dice('waits', at)) ?? BURST_MODELS[0];
    await send(context, number + at, { model });
  }
  if (someWait) await waitUntilOneWaits(storePathOf(testbed), COPY_LIMIT_MS);
  past.copy = await copyStore(testbed, supervisor, kind);
  incidents.record(`copy:${kind}`);
  busySpell.isOn = false;
}

/** Stops the bot, restores the copy, and starts the bot again. */
async function restore(
  { testbed, dice, root, supervisor, incidents, commands, past, holds }: RoundContext,
  after: 'SIGKILL' | 'SIGTERM',
): Promise<void> {
  if (past.copy === undefined) throw new Error('there is no copy to restore');
  await wait(dice('until restore') * MAX_RESTORE_DELAY_MS);
  await supervisor.close(after);
  const { kind } = past.copy;
  const { copied, isDetectable } = await restoreStore(testbed, root, past.copy);
  for (const request of holds.requests) {
    if (request.by === 'operator' && kind === 'folder') request.isGone = true;
  }
  const ids = commands.map(({ handle }) => handle.id);
  past.restore = {
    kind,
    copied,
    forgotten: new Set(ids.filter((id) => !copied.has(id))),
    posted: new Set(testbed.discord.messages().map(({ id }) => id)),
    isDetectable,
  };
  incidents.record(`restore:${kind}`);
  supervisor.open();
}

// One case per disturbance; splitting the table would only spread it over two places.
// oxlint-disable-next-line complexity
async function disturb(
  context: RoundContext,
  disturbance: Disturbance,
  index: number,
): Promise<void> {
  const { discord, providers } = context.testbed;
  const command = pickFrom(context.commands, context.dice('aim', index));
  const channels = discord.world.guilds().flatMap((guild) => [...guild.channels.values()]);
  const channel = pickFrom(channels, context.dice('channel of gust', index));
  switch (disturbance) {
    case 'kill':
      return context.kill();
    case 'stop':
      // Not awaited: the round continues while the bot stops.
      if (context.mayEnd()) void context.supervisor.end('SIGTERM');
      return undefined;
    case 'hand-over':
      if (context.mayEnd()) context.supervisor.handOver();
      return undefined;
    case 'cut-gateway':
      return discord.gateway.cut();
    case 'reconnect':
      return discord.gateway.requestReconnect();
    case 'invalidate':
      return discord.gateway.invalidate(true);
    case 'deliver-again':
      command?.handle.deliverAgain();
      return undefined;
    case 'delete-message':
      return deleteOne(context, command?.handle.message()?.id);
    case 'delete-repost':
      return deleteOne(context, repostsOf(context)[0]);
    case 'deny-view':
      return discord.world.setBotPermissions(channel?.id ?? '', { view: false });
    case 'deny-send':
      return discord.world.setBotPermissions(channel?.id ?? '', { send: false });
    case 'deny-attach':
      return discord.world.setBotPermissions(channel?.id ?? '', { attach: false });
    case 'archive':
      if (channel !== undefined) channel.archived = true;
      return undefined;
    case 'restore-permissions':
      return restorePermissions(context.testbed);
    case 'pass-time':
      return discord.advance(BEYOND_TOKEN_MS);
    case 'flicker': {
      const provider = context.dice('flicker', index) < 0.5 ? providers.jimmy : providers.anyfast;
      await provider.down();
      await wait(FLICKER_MS);
      return provider.up();
    }
  }
}

/** Gives the bot all its permissions in every channel again. */
export function restorePermissions({ discord }: Testbed): void {
  for (const guild of discord.world.guilds()) {
    for (const channel of guild.channels.values()) {
      channel.archived = false;
      discord.world.setBotPermissions(channel.id, { view: true, send: true, attach: true });
    }
  }
}

function repostsOf({ testbed: { discord } }: RoundContext): string[] {
  return discord
    .messages()
    .filter(({ deleted, interactionId }) => !deleted && interactionId === undefined)
    .map(({ id }) => id);
}

function deleteOne({ testbed, deleted }: RoundContext, id: string | undefined): void {
  const message = id === undefined ? null : testbed.discord.message(id);
  if (message === null || message.deleted || message.ephemeral) return;
  testbed.discord.deleteMessage(message);
  deleted.add(message.id);
}
