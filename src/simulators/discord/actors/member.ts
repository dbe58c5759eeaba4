import type { NewAttachment } from '../world/attachments.ts';
import type { StoredMessage } from '../world/messages.ts';
import type { Member } from '../world/model.ts';
import { DEFAULT_MEMBER_PERMISSIONS } from '../world/permissions.ts';
import { postForward, postWords } from '../world/plain-posts.ts';
import { viewMessage } from '../world/view-message.ts';
import type { MemberActor, MemberActorOptions, MemberFile, Target } from './api.ts';
import { createCommandActions, targetId } from './commands.ts';
import { createComponentActions } from './components.ts';
import { ClientRefusal, type ActorContext } from './context.ts';
import { createModalActions } from './modals.ts';
import { readMemberFile } from './upload.ts';

async function attachmentOf(
  context: ActorContext,
  member: Member,
  file: MemberFile,
): Promise<NewAttachment> {
  const { bytes, contentType } = await readMemberFile(context, member, file, {});
  const { filename, width, height, durationSeconds } = file;
  return {
    bytes,
    attachment: {
      id: context.sim.newId(),
      filename,
      contentType,
      size: bytes.byteLength,
      description: undefined,
      ...(width === undefined ? {} : { width }),
      ...(height === undefined ? {} : { height }),
      ...(durationSeconds === undefined ? {} : { durationSeconds }),
    },
  };
}

function createPostActions(
  context: ActorContext,
  member: Member,
): Pick<MemberActor, 'say' | 'post' | 'forward'> {
  const { sim } = context;
  const view = (message: StoredMessage) => viewMessage(message, sim.cdn);
  const authorIn = (channel: Target) => ({
    userId: member.user.id,
    channelId: targetId(channel),
    guildId: member.guildId,
  });
  return {
    say: (channel, content) => view(postWords(sim, authorIn(channel), content, [])),
    async post(channel, content, files) {
      const added: NewAttachment[] = [];
      for (const file of files) {
        added.push(await attachmentOf(context, member, file));
      }
      return view(postWords(sim, authorIn(channel), content, added));
    },
    forward(message, channel) {
      const original = sim.messages.get(targetId(message));
      // Ephemeral messages have no such item in their menu.
      if (
        original === undefined ||
        original.latest.deleted ||
        original.ephemeralFor !== undefined
      ) {
        throw new ClientRefusal('there is no such message to forward');
      }
      return view(postForward(sim, authorIn(channel), original, { via: 'member' }));
    },
  };
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
  const permissions = DEFAULT_MEMBER_PERMISSIONS | (options.permissions ?? 0n);
  const member: Member = {
    user: { id, username, bot: false },
    guildId,
    roles: options.roles ?? [],
    permissions: permissions & ~(options.denied ?? 0n),
    locale: options.locale ?? 'en-US',
    attachmentSizeLimit: options.attachmentSizeLimit ?? 0,
  };
  world.putMember(member);
  return {
    id,
    guildId,
    username,
    ...createPostActions(context, member),
    ...createCommandActions(context, member),
    ...createComponentActions(context, member),
    ...createModalActions(context, member),
  };
}
