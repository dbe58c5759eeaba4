import { setTimeout as wait } from 'node:timers/promises';
import type {
  InteractionHandle,
  MemberActor,
  OptionValue,
} from '../../simulators/discord/actors/api.ts';
import type { Stage } from '../../sandbox/stage.ts';
import { endOneHold } from './end-holds.ts';
import type { Desk } from './end-holds.ts';
import { storePathOf } from './evidence.ts';
import type { Restore } from './evidence.ts';
import { pickFrom } from './dice.ts';
import type { Dice } from './dice.ts';
import type { Incidents } from './incidents.ts';
import { waitUntilOneWaits } from './open-tasks.ts';
import type { Spell } from './provider-storm.ts';
import type { Beat, Gust } from './script.ts';
import { copyStore, putBack } from './store-copies.ts';
import type { StoreCopy } from './store-copies.ts';
import type { Supervisor } from './supervisor.ts';
import type { Take } from './takes.ts';

export interface Performance {
  readonly stage: Stage;
  readonly dice: Dice;
  readonly incidents: Incidents;
  readonly supervisor: Supervisor;
  readonly kill: () => Promise<void>;
  /** Whether one more process may be ended; counts. */
  readonly mayEnd: () => boolean;
  readonly members: readonly MemberActor[];
  readonly takes: Take[];
  /** Messages that a person deleted. */
  readonly deleted: Set<string>;
  /** Begins every label of this round. */
  readonly labelStart: string;
  /** Where the bot is that is played against. */
  readonly root: string;
  readonly spell: Spell;
  /** Of the store, once there is one. */
  readonly past: { copy?: StoreCopy; restore?: Restore };
  readonly desk: Desk;
}

/** Longer than an interaction's token lives, in milliseconds. */
const TOKEN_PASSED_MS = 16 * 60_000;
const FLICKER_MS = 60;
const READY_MS = 120_000;

/** A picture's first bytes are enough: nobody here looks into it. */
const PICTURE = {
  filename: 'frame.png',
  contentType: 'image/png',
  bytes: new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  width: 640,
  height: 640,
};

export async function perform(show: Performance, beat: Beat, index: number): Promise<void> {
  switch (beat.kind) {
    case 'video':
      return send(show, beat.number, {
        model: beat.model,
        ...(beat.hasPicture ? { first_frame: PICTURE } : {}),
      });
    case 'wrong-video':
      // A fixed 720p route that knows no sound.
      return send(show, beat.number, {
        model: 'jimmy/seedance2.0-fast-i2v',
        resolution: '4k',
        sound: true,
      });
    case 'burst':
      return burst(show, beat);
    case 'click':
      return click(show, beat.times, index);
    case 'cancel':
      return cancel(show, index);
    case 'end-hold':
      return endOneHold(show, String(index));
    case 'copy':
      return copy(show, beat);
    case 'restore':
      return restore(show, beat.after);
    case 'gust':
      show.incidents.note(`gust:${beat.gust}`);
      return blow(show, beat.gust, index);
  }
}

/** At the same moment: what one decides, the others must already be counted in. */
async function burst(
  show: Performance,
  { number, size }: Extract<Beat, { kind: 'burst' }>,
): Promise<void> {
  const calls = Array.from({ length: size }, (_, index) => number + index);
  const model = pickFrom(BURST_MODELS, show.dice('burst', number)) ?? BURST_MODELS[0];
  const by = pickFrom(show.members, show.dice('burst by', number));
  await Promise.all(calls.map(async (call) => send(show, call, { model }, by)));
}

const BURST_MODELS = ['jimmy/seedance2.0-mini-sp', 'anyfast/seedance-2.0-mini'] as const;

async function send(
  { stage, dice, members, takes, labelStart, supervisor }: Performance,
  number: number,
  options: Readonly<Record<string, OptionValue>>,
  by?: MemberActor,
): Promise<void> {
  const member = by ?? pickFrom(members, dice('member', number));
  const guild = stage.discord.world.guild(member?.guildId ?? '');
  const channel = pickFrom([...(guild?.channels.values() ?? [])], dice('channel', number));
  if (member === undefined || channel === undefined) throw new Error('nobody to ask, or nowhere');
  const label = `take-${labelStart}${number}-z`;
  const prompt = `${label} a fox crosses the secret clearing`;
  // Mostly as people do: a bot that is offline is not asked.
  if (dice('at any time', number) < 0.8) await supervisor.ready(READY_MS);
  const handle = await member.slash(channel.id, 'video', { prompt, ...options });
  // Nobody waits for the answer here; that there was none is judged at the end.
  takes.push({
    label,
    prompt,
    memberId: member.id,
    guildId: member.guildId,
    channelId: channel.id,
    isWrong: 'sound' in options,
    handle,
  });
}

/** A member confirms the price of an earlier call, perhaps one that is confirmed already. */
async function click(
  { dice, takes, members }: Performance,
  times: number,
  index: number,
): Promise<void> {
  const waiting = takes.filter(({ handle }) => buttonOf(handle) !== undefined);
  const take = pickFrom(waiting, dice('clicked', index));
  const member = members.find(({ id }) => id === take?.memberId);
  const message = take?.handle.message();
  const customId = take === undefined ? undefined : buttonOf(take.handle);
  if (take === undefined || !member || !message || customId === undefined) return;
  for (let time = 0; time < times; time += 1) {
    takes.push({ ...take, handle: await member.click(message, customId) });
  }
}

/** The caller takes a video back, or, now and then, somebody tries who may not. */
async function cancel(
  { dice, takes, members, incidents }: Performance,
  index: number,
): Promise<void> {
  const waiting = takes.filter(({ handle }) => cancelOf(handle) !== undefined);
  const take = pickFrom(waiting, dice('taken back', index));
  const message = take?.handle.message();
  const customId = take === undefined ? undefined : cancelOf(take.handle);
  const isCaller = dice('by its caller', index) < 0.8;
  const member = members.find(({ id, guildId }) => {
    return isCaller ? id === take?.memberId : id !== take?.memberId && guildId === take?.guildId;
  });
  if (take === undefined || !member || !message || customId === undefined) return;
  if (isCaller) incidents.note('cancel:clicked', take.label);
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
/** So long may it take until what waited is sent; then the copy is put back. */
const LONGEST_UNTIL_RESTORE_MS = 2000;

async function copy(
  show: Performance,
  { number, copy: kind, someWait }: Extract<Beat, { kind: 'copy' }>,
): Promise<void> {
  const { stage, dice, supervisor, incidents, spell, past } = show;
  await supervisor.ready(READY_MS);
  spell.isOn = someWait;
  for (const at of someWait ? [0, 1] : []) {
    const model = pickFrom(BURST_MODELS, dice('waits', at)) ?? BURST_MODELS[0];
    await send(show, number + at, { model });
  }
  if (someWait) await waitUntilOneWaits(storePathOf(stage), COPY_LIMIT_MS);
  past.copy = await copyStore(stage, supervisor, kind);
  incidents.note(`copy:${kind}`);
  spell.isOn = false;
}

/** Between two reigns of the bot. */
async function restore(
  { stage, dice, root, supervisor, incidents, takes, past, desk }: Performance,
  after: 'SIGKILL' | 'SIGTERM',
): Promise<void> {
  if (past.copy === undefined) throw new Error('there is no copy to be put back');
  await wait(dice('until restore') * LONGEST_UNTIL_RESTORE_MS);
  await supervisor.close(after);
  const { kind } = past.copy;
  const { copied, isTold } = await putBack(stage, root, past.copy);
  for (const asked of desk.asked) {
    if (asked.by === 'operator' && kind === 'folder') asked.isGone = true;
  }
  const ids = takes.map(({ handle }) => handle.id);
  past.restore = {
    kind,
    copied,
    forgotten: new Set(ids.filter((id) => !copied.has(id))),
    posted: new Set(stage.discord.messages().map(({ id }) => id)),
    isTold,
  };
  incidents.note(`restore:${kind}`);
  supervisor.open();
}

// One line a gust; splitting the table would only spread it over two places.
// oxlint-disable-next-line complexity
async function blow(show: Performance, gust: Gust, index: number): Promise<void> {
  const { discord, providers } = show.stage;
  const take = pickFrom(show.takes, show.dice('aim', index));
  const channels = discord.world.guilds().flatMap((guild) => [...guild.channels.values()]);
  const channel = pickFrom(channels, show.dice('channel of gust', index));
  switch (gust) {
    case 'kill':
      return show.kill();
    case 'stop':
      // Not awaited: the show goes on while the bot stops.
      if (show.mayEnd()) void show.supervisor.end('SIGTERM');
      return undefined;
    case 'hand-over':
      if (show.mayEnd()) show.supervisor.handOver();
      return undefined;
    case 'cut-gateway':
      return discord.gateway.cut();
    case 'reconnect':
      return discord.gateway.requestReconnect();
    case 'invalidate':
      return discord.gateway.invalidate(true);
    case 'deliver-again':
      take?.handle.deliverAgain();
      return undefined;
    case 'delete-message':
      return deleteOne(show, take?.handle.message()?.id);
    case 'delete-repost':
      return deleteOne(show, repostsOf(show)[0]);
    case 'take-view':
      return discord.world.setBotPermissions(channel?.id ?? '', { view: false });
    case 'take-send':
      return discord.world.setBotPermissions(channel?.id ?? '', { send: false });
    case 'take-attach':
      return discord.world.setBotPermissions(channel?.id ?? '', { attach: false });
    case 'archive':
      if (channel !== undefined) channel.archived = true;
      return undefined;
    case 'give-back':
      return giveBack(show.stage);
    case 'pass-time':
      return discord.advance(TOKEN_PASSED_MS);
    case 'flicker': {
      const provider = show.dice('flicker', index) < 0.5 ? providers.jimmy : providers.anyfast;
      await provider.down();
      await wait(FLICKER_MS);
      return provider.up();
    }
  }
}

/** The bot may do everything everywhere again. */
export function giveBack({ discord }: Stage): void {
  for (const guild of discord.world.guilds()) {
    for (const channel of guild.channels.values()) {
      channel.archived = false;
      discord.world.setBotPermissions(channel.id, { view: true, send: true, attach: true });
    }
  }
}

function repostsOf({ stage: { discord } }: Performance): string[] {
  return discord
    .messages()
    .filter(({ deleted, interactionId }) => !deleted && interactionId === undefined)
    .map(({ id }) => id);
}

function deleteOne({ stage, deleted }: Performance, id: string | undefined): void {
  const message = id === undefined ? null : stage.discord.message(id);
  if (message === null || message.deleted || message.ephemeral) return;
  stage.discord.deleteMessage(message);
  deleted.add(message.id);
}
