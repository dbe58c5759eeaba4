import type { Snapshot } from '../../playground/protocol.ts';
import type { Command } from '../../playground/protocol/commands.ts';
import type { ChannelMessage } from '../../playground/protocol/messages.ts';
import type { Channel, Guild, Person } from '../../playground/protocol/world.ts';
import type { PageState } from './page-state.ts';

/** The open channel with what is needed to show it. */
export interface OpenChannel {
  readonly guild: Guild;
  readonly channel: Channel;
  readonly commands: readonly Command[];
  readonly messages: readonly ChannelMessage[];
}

export function openChannel({ sight, place, dismissed }: PageState): OpenChannel | undefined {
  const guild = sight?.guilds.find(({ id }) => id === place?.guildId);
  const channel = guild?.channels.find(({ id }) => id === place?.channelId);
  if (sight === undefined || guild === undefined || channel === undefined) return undefined;
  return {
    guild,
    channel,
    commands: sight.commands[guild.id] ?? [],
    messages: sight.messages.filter(
      ({ id, channelId }) => channelId === channel.id && !dismissed.has(id),
    ),
  };
}

function personOf(sight: Snapshot | undefined, id: string | undefined): Person | undefined {
  return sight?.people.find((person) => person.id === id);
}

/** A person's or the bot's name. */
export function nameOf(sight: Snapshot | undefined, id: string): string | undefined {
  if (sight?.botUser.id === id) return sight.botUser.name;
  return personOf(sight, id)?.name;
}

/** Virtual milliseconds since 1970. */
export function virtualNow({ realNow, sight }: PageState): number {
  return realNow + (sight?.aheadMs ?? 0);
}
