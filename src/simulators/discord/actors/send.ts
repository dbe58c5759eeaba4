import { randomBytes } from 'node:crypto';
import type { InteractionRecord, InteractionType } from '../world/interactions.ts';
import type { Channel, Member } from '../world/model.ts';
import { appPermissions, DEFAULT_MEMBER_PERMISSIONS } from '../world/permissions.ts';
import { renderMember, renderUser } from '../world/render-user.ts';
import { GUILD_TEXT, PUBLIC_THREAD } from '../world/render-guild.ts';
import type { InteractionHandle, SendOptions } from './api.ts';
import type { ActorContext } from './context.ts';
import { createHandle } from './handle.ts';

/** An interaction to send. */
export interface NewInteraction {
  readonly type: InteractionType;
  readonly member: Member;
  readonly channelId: string;
  readonly data: Record<string, unknown>;
  readonly send: SendOptions;
  readonly commandType?: number;
  /** The message that has the component, with its rendered form. */
  readonly source?: { readonly id: string; readonly rendered: Record<string, unknown> };
  /** For a message command: the message that it was used on. */
  readonly targetMessageId?: string;
  /** For a modal: `interaction_metadata` of the interaction that opened it. */
  readonly triggering?: Readonly<Record<string, unknown>>;
}

const TOKEN_BYTES = 120;
const DIRECT_MESSAGE = 1;

/** Returns the bytes per file that responses to this member may have. */
export function uploadLimit({ sim }: ActorContext, member: Member): number {
  return Math.max(sim.world.guildAttachmentLimit(member.guildId), member.attachmentSizeLimit);
}

function ownersOf(member: Member, send: SendOptions): Record<string, string> {
  const by = send.installedBy ?? 'guild';
  const guild = (send.context ?? 0) === 0 ? member.guildId : '0';
  return {
    ...(by === 'user' ? {} : { '0': guild }),
    ...(by === 'guild' ? {} : { '1': member.user.id }),
  };
}

function channelFields(id: string, member: Member, channel: Channel | undefined) {
  return {
    id,
    type: channel?.parentId === undefined ? GUILD_TEXT : PUBLIC_THREAD,
    guild_id: member.guildId,
    name: channel?.name ?? 'gone',
    nsfw: channel?.nsfw ?? false,
    permissions: String(member.permissions),
    parent_id: channel?.parentId ?? null,
    position: 0,
    flags: 0,
  };
}

function guildFields(
  context: ActorContext,
  { member, channelId }: NewInteraction,
): Record<string, unknown> {
  const { world } = context.sim;
  const guild = world.guild(member.guildId);
  const channel = world.channel(channelId);
  return {
    guild_id: member.guildId,
    guild: { id: member.guildId, locale: guild?.locale ?? 'en-US', features: [] },
    guild_locale: guild?.locale ?? 'en-US',
    member: renderMember(member),
    channel: channelFields(channelId, member, channel),
    app_permissions: String(channel === undefined ? 0n : appPermissions(channel)),
  };
}

function directMessageFields({ member, channelId }: NewInteraction): Record<string, unknown> {
  return {
    user: renderUser(member.user),
    channel: { id: channelId, type: DIRECT_MESSAGE, flags: 0 },
    app_permissions: String(DEFAULT_MEMBER_PERMISSIONS),
  };
}

function metadataOf(id: string, interaction: NewInteraction, owners: Record<string, string>) {
  return {
    id,
    type: interaction.type,
    user: renderUser(interaction.member.user),
    authorizing_integration_owners: owners,
    ...(interaction.type === 3 ? { interacted_message_id: interaction.source?.id } : {}),
    ...(interaction.targetMessageId === undefined
      ? {}
      : { target_message_id: interaction.targetMessageId }),
    ...(interaction.type === 5 ? { triggering_interaction_metadata: interaction.triggering } : {}),
  };
}

/** Builds and delivers the INTERACTION_CREATE. */
export function sendInteraction(
  context: ActorContext,
  interaction: NewInteraction,
): InteractionHandle {
  const { sim } = context;
  const { member, channelId, send, type, source } = interaction;
  const id = sim.newId();
  const token = Buffer.concat([
    Buffer.from(`interaction:${id}:`),
    randomBytes(TOKEN_BYTES),
  ]).toString('base64url');
  const owners = ownersOf(member, send);
  const inGuild = (send.context ?? 0) === 0;
  const limit = uploadLimit(context, member);
  const built: Record<string, unknown> = {
    version: 1,
    id,
    token,
    type,
    application_id: sim.world.application.id,
    channel_id: channelId,
    ...(inGuild ? guildFields(context, interaction) : directMessageFields(interaction)),
    locale: member.locale,
    entitlements: [],
    entitlement_sku_ids: [],
    authorizing_integration_owners: owners,
    context: send.context ?? 0,
    attachment_size_limit: limit,
    data: interaction.data,
    ...(source === undefined ? {} : { message: source.rendered }),
  };
  const record: InteractionRecord = {
    id,
    token,
    type,
    payload: send.alter?.(built) ?? built,
    channelId,
    guildId: inGuild ? member.guildId : undefined,
    userId: member.user.id,
    commandType: interaction.commandType,
    attachmentSizeLimit: limit,
    integrationOwners: owners,
    metadata: metadataOf(id, interaction, owners),
    sourceMessageId: source?.id,
    createdAt: sim.clock.now(),
    acknowledgement: undefined,
    originalMessageId: undefined,
    followUpIds: [],
  };
  sim.interactions.add(record);
  return createHandle(context, record);
}
