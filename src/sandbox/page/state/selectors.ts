import type { Snapshot } from '../../playground/protocol.ts';
import type { Command } from '../../playground/protocol/commands.ts';
import type { ChannelMessage } from '../../playground/protocol/messages.ts';
import type { Channel, Guild, Person } from '../../playground/protocol/world.ts';
import type { PageState } from './page-state.ts';

/** The open channel with its guild, commands and messages. */
export interface OpenChannel {
  readonly guild: Guild;
  readonly channel: Channel;
  readonly commands: readonly Command[];
  readonly messages: readonly ChannelMessage[];
}

/** Returns the open channel; `undefined` before the first snapshot. */
export function openChannel({ snapshot, location, dismissed }: PageState): OpenChannel | undefined {
  const guild = snapshot?.guilds.find(({ id }) => id === location?.guildId);
  const channel = guild?.channels.find(({ id }) => id === location?.channelId);
  if (snapshot === undefined || guild === undefined || channel === undefined) return undefined;
  return {
    guild,
    channel,
    commands: snapshot.commands[channel.id] ?? [],
    messages: snapshot.messages.filter(
      ({ id, channelId }) => channelId === channel.id && !dismissed.has(id),
    ),
  };
}

function personOf(snapshot: Snapshot | undefined, id: string | undefined): Person | undefined {
  return snapshot?.people.find((person) => person.id === id);
}

/** Returns the name of a person or the bot. */
export function nameOf(snapshot: Snapshot | undefined, id: string): string | undefined {
  if (snapshot?.botUser.id === id) return snapshot.botUser.name;
  return personOf(snapshot, id)?.name;
}

/** Returns the virtual time in milliseconds since 1970. */
export function virtualNow({ realNow, snapshot }: PageState): number {
  return realNow + (snapshot?.aheadMs ?? 0);
}
