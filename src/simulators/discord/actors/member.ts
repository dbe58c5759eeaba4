import type { MessageState } from '../world/compose.ts';
import type { Member } from '../world/model.ts';
import { DEFAULT_MEMBER_PERMISSIONS } from '../world/permissions.ts';
import { postMessage } from '../world/posting.ts';
import { viewMessage } from '../world/view-message.ts';
import type { MemberActor, MemberActorOptions } from './api.ts';
import { createCommandActions, targetId } from './commands.ts';
import { createComponentActions } from './components.ts';
import type { ActorContext } from './context.ts';
import { createModalActions } from './modals.ts';

function say(context: ActorContext, member: Member, channelId: string, content: string) {
  const { sim } = context;
  const state: MessageState = { content, embeds: [], components: [], attachments: [], flags: 0 };
  const origin = {
    id: sim.newId(),
    channelId,
    guildId: member.guildId,
    authorId: member.user.id,
    type: 0 as const,
    interactionId: undefined,
    interactionMetadata: undefined,
    command: undefined,
    ephemeralFor: undefined,
    repliesTo: undefined,
    nonce: undefined,
    createdAt: sim.clock.now(),
  };
  const policy = { allowed: undefined, defaultParse: ['users'], via: 'member' as const };
  return viewMessage(postMessage(sim, origin, { state, added: [] }, policy), sim.cdn);
}

/** Adds a member to a guild; an id that exists already updates that member. */
export function createMember(
  context: ActorContext,
  options: MemberActorOptions,
  defaultGuildId: string,
): MemberActor {
  const { world, newId } = context.sim;
  const id = options.id ?? newId();
  const username = options.username ?? `member${id.slice(-4)}`;
  const guildId = options.guildId ?? defaultGuildId;
  const member: Member = {
    user: { id, username, bot: false },
    guildId,
    roles: options.roles ?? [],
    permissions: options.permissions ?? DEFAULT_MEMBER_PERMISSIONS,
    locale: options.locale ?? 'en-US',
    attachmentSizeLimit: options.attachmentSizeLimit ?? 0,
  };
  world.putMember(member);
  return {
    id,
    guildId,
    username,
    say: (channel, content) => say(context, member, targetId(channel), content),
    ...createCommandActions(context, member),
    ...createComponentActions(context, member),
    ...createModalActions(context, member),
  };
}
