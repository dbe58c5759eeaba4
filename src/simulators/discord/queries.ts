import type { ActorContext } from './actors/context.ts';
import { offeredCommands } from './actors/find-command.ts';
import type { SimulatedDiscord } from './api.ts';
import { deleteMessage } from './world/posting.ts';
import { readCommandPermissions, setCommandPermissions } from './world/set-command-permissions.ts';
import type { StoredMessage } from './world/messages.ts';
import { viewMessage } from './world/view-message.ts';
import { noop } from './deferred.ts';
import { waitUntil } from './wait-until.ts';
import type { DiscordEvents, EventName } from './events.ts';

type Queries = Omit<
  SimulatedDiscord,
  | 'port'
  | 'origin'
  | 'apiUrl'
  | 'gatewayUrl'
  | 'gateway'
  | 'endpoint'
  | 'faults'
  | 'member'
  | 'beforeEffect'
  | 'invalidRequests'
  | 'beforeAnswer'
  | 'close'
>;

function defaultIds({ sim }: ActorContext) {
  const [guild] = sim.world.guilds();
  const channels = [...(guild?.channels.values() ?? [])];
  return {
    guildId: guild?.id ?? '',
    channelId: channels[0]?.id ?? '',
    hiddenChannelId: channels.find(({ bot }) => !bot.view)?.id,
  };
}

function createNext({ sim, backstopMs }: ActorContext): SimulatedDiscord['next'] {
  return <Name extends EventName>(
    name: Name,
    predicate: (event: DiscordEvents[Name]) => boolean = () => true,
    limitMs = backstopMs,
  ) => {
    let found: DiscordEvents[Name] | undefined;
    const next = waitUntil({
      subscribe: (check) =>
        sim.events.on(name, (event) => {
          found = predicate(event) ? event : undefined;
          check();
        }),
      probe: () => found,
      describe: () => `an event '${name}' that satisfies the predicate`,
      backstopMs: limitMs,
    });
    // Callers that await it get the rejection; without a caller it must not end the process.
    next.catch(noop);
    return next;
  };
}

/** Creates the part of the server's API that reads the state of the simulation. */
export function createQueries(context: ActorContext): Queries {
  const { sim } = context;
  const { application } = sim.world;
  const ids = defaultIds(context);
  const find = (id: string): StoredMessage | undefined => sim.messages.get(id);
  return {
    token: application.token,
    applicationId: application.id,
    botUserId: application.botUserId,
    publicKey: application.publicKey,
    ...ids,
    now: sim.clock.now,
    advance: sim.clock.advance,
    world: sim.world,
    commands: sim.commands.list,
    offered: (userId, channelId) => offeredCommands(sim, userId, channelId),
    commandPermissions: (command, guildId = ids.guildId) =>
      readCommandPermissions(sim, guildId, command),
    setCommandPermissions: (command, permissions, guildId = ids.guildId) =>
      setCommandPermissions(sim, guildId, command, permissions),
    messages: (channelId) =>
      sim.messages
        .all()
        .filter((message) => channelId === undefined || message.channelId === channelId)
        .map((message) => viewMessage(message, sim.cdn)),
    message(id) {
      const message = find(id);
      return message === undefined ? null : viewMessage(message, sim.cdn);
    },
    versions(id) {
      const message = find(id);
      return (message?.history ?? []).flatMap((version) =>
        message === undefined ? [] : [viewMessage(message, sim.cdn, version)],
      );
    },
    facts(id) {
      const message = find(id);
      if (message === undefined) {
        return null;
      }
      const { guildId, ephemeralFor, command, editedAt, mentionedUsers, mentionedRoles } = message;
      return { guildId, ephemeralFor, command, editedAt, mentionedUsers, mentionedRoles };
    },
    interactions: context.handles,
    notifications: sim.notifications,
    requests: context.requests,
    attachmentBytes: (id) => sim.cdn.file(id)?.bytes,
    removeAttachment: sim.cdn.remove,
    deleteMessage(target) {
      const message = find(typeof target === 'string' ? target : target.id);
      if (message === undefined || message.latest.deleted) {
        throw new Error('the message to delete does not exist');
      }
      deleteMessage(sim, message, 'member');
    },
    on: sim.events.on,
    next: createNext(context),
  };
}
