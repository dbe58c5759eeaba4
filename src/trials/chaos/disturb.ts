import { setTimeout as wait } from 'node:timers/promises';
import type { Testbed } from '../../sandbox/testbed.ts';
import { customIdIn } from './custom-ids.ts';
import { aSeat } from './disturb-company.ts';
import { pickFrom } from './dice.ts';
import type { Disturbance } from './script-step.ts';
import { PROVIDER_NAMES } from './round-world.ts';
import type { RoundContext } from './round-context.ts';
import type { SentCommand } from './sent-command.ts';

/** Longer than an interaction's token lives, in milliseconds. */
const BEYOND_TOKEN_MS = 16 * 60_000;

const FLICKER_MS = 60;

/** Carries out one disturbance of the script. */
// oxlint-disable-next-line complexity -- one case per disturbance; splitting would spread the table over two places
export async function disturb(
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
      if (context.mayEnd()) await aSeat(context, index)?.end('SIGKILL');
      return undefined;
    case 'stop':
      // Not awaited: the round continues while the bot stops.
      if (context.mayEnd()) void aSeat(context, index)?.end('SIGTERM');
      return undefined;
    case 'hand-over':
      if (context.mayEnd()) aSeat(context, index)?.handOver();
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
      return deleteOne(context, (unfinishedOf(context, index) ?? command)?.handle.message()?.id);
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
      // Real time does not leap; a process without a gateway would hear of it only with its next call.
      if (context.supervisor.seats.length > 1) return undefined;
      return discord.advance(BEYOND_TOKEN_MS);
    case 'flicker': {
      const provider =
        providers[pickFrom(PROVIDER_NAMES, context.dice('flicker', index)) ?? 'jimmy'];
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

/** Often a command whose message is still needed: the bot has to post another one. */
function unfinishedOf({ commands, dice }: RoundContext, index: number): SentCommand | undefined {
  const unfinished = commands.filter(({ handle }) => {
    const message = handle.message();
    return message?.ephemeral === false && !message.deleted && !customIdIn(message, 'more');
  });
  return dice('aim at what runs', index) < 0.6
    ? pickFrom(unfinished, dice('aim', index))
    : undefined;
}

function repostsOf({ testbed: { discord }, posts }: RoundContext): string[] {
  return [...posts.keys()].filter((id) => discord.message(id)?.deleted === false);
}

function deleteOne({ testbed, deleted }: RoundContext, id: string | undefined): void {
  const message = id === undefined ? null : testbed.discord.message(id);
  if (message === null || message.deleted || message.ephemeral) return;
  testbed.discord.deleteMessage(message);
  deleted.add(message.id);
}
