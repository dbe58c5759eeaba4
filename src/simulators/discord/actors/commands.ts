import { renderMessage } from '../world/render-message.ts';
import type { Member } from '../world/model.ts';
import type { InteractionHandle, MemberActor, OptionValue, SendOptions, Target } from './api.ts';
import { ClientRefusal, type ActorContext } from './context.ts';
import { checkAvailable, findCommand, findSubcommand } from './find-command.ts';
import { addResolved, resolveId, resolveOptions, type Resolved } from './resolve-options.ts';
import { sendInteraction } from './send.ts';

const SLASH = 1;
const USER_MENU = 2;
const MESSAGE_MENU = 3;

export function targetId(target: Target): string {
  return typeof target === 'string' ? target : target.id;
}

interface CommandUse {
  readonly channel: Target;
  readonly command: string;
  readonly given: Readonly<Record<string, OptionValue>>;
  readonly focused?: string;
  readonly send: SendOptions;
}

async function useSlash(
  context: ActorContext,
  member: Member,
  use: CommandUse,
): Promise<InteractionHandle> {
  const { send, focused } = use;
  const [name = '', ...rest] = use.command.split(' ');
  const definition = findCommand(context, member.guildId, name, SLASH);
  if (send.raw !== true) {
    checkAvailable(context, definition, member, targetId(use.channel), send, `/${name}`);
  }
  const path = findSubcommand(definition, rest, send.raw === true);
  const { options, resolved } = await resolveOptions({
    context,
    member,
    definitions: path.definitions,
    given: use.given,
    send,
    ...(focused === undefined ? {} : { focused }),
  });
  const guildId = definition?.['guild_id'];
  return sendInteraction(context, {
    type: focused === undefined ? 2 : 4,
    member,
    channelId: targetId(use.channel),
    send,
    commandType: SLASH,
    data: {
      id: definition?.['id'] ?? context.sim.newId(),
      name,
      type: SLASH,
      options: path.nest(options),
      ...(Object.keys(resolved).length === 0 ? {} : { resolved }),
      ...(guildId === undefined ? {} : { guild_id: guildId }),
    },
  });
}

function menuTarget(
  context: ActorContext,
  member: Member,
  target: { readonly messageId: string } | { readonly userId: string },
): { id: string; resolved: Resolved } {
  const resolved: Resolved = {};
  if ('userId' in target) {
    resolveId(context, member.guildId, target.userId, resolved);
    return { id: target.userId, resolved };
  }
  const message = context.sim.messages.get(target.messageId);
  // Ephemeral messages offer no commands.
  if (message === undefined || message.latest.deleted || message.ephemeralFor !== undefined) {
    throw new ClientRefusal('there is no such message');
  }
  addResolved(resolved, 'messages', message.id, renderMessage(message, context.sim));
  return { id: message.id, resolved };
}

/** Creates the member's actions with commands. */
export function createCommandActions(
  context: ActorContext,
  member: Member,
): Pick<MemberActor, 'slash' | 'autocomplete' | 'contextMenu'> {
  return {
    slash: async (channel, command, given = {}, send = {}) =>
      await useSlash(context, member, { channel, command, given, send }),
    autocomplete: async (channel, command, given, focused, send = {}) =>
      await useSlash(context, member, { channel, command, given, focused, send }),
    contextMenu: async (channel, command, target, send = {}) => {
      const type = 'userId' in target ? USER_MENU : MESSAGE_MENU;
      const definition = findCommand(context, member.guildId, command, type);
      if (send.raw !== true) {
        checkAvailable(context, definition, member, targetId(channel), send, command);
      }
      const { id, resolved } = menuTarget(context, member, target);
      return sendInteraction(context, {
        type: 2,
        member,
        channelId: targetId(channel),
        send,
        commandType: type,
        ...('messageId' in target ? { targetMessageId: target.messageId } : {}),
        data: {
          id: definition?.['id'] ?? context.sim.newId(),
          name: command,
          type,
          target_id: id,
          resolved,
        },
      });
    },
  };
}
