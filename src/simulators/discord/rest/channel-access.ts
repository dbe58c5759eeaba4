import { apiError } from '../errors.ts';
import { field, listOf } from '../values.ts';
import type { StoredMessage } from '../world/messages.ts';
import type { BotPermissions, Channel } from '../world/model.ts';
import type { Call } from './route.ts';

/** Finds the channel of the path, which the bot must be able to view. */
export function findChannel({ sim, parameter }: Call): Channel {
  const channel = sim.world.channel(parameter('channel'));
  if (channel === undefined) {
    throw apiError('unknownChannel');
  }
  if (sim.world.guild(channel.guildId)?.botIsMember !== true || !channel.bot.view) {
    throw apiError('missingAccess');
  }
  return channel;
}

/** Finds a message that is visible to this route; ephemeral ones are not. */
export function findMessage(call: Call, channel: Channel): StoredMessage {
  const message = call.sim.messages.get(call.parameter('message'));
  const exists =
    message?.channelId === channel.id &&
    message.ephemeralFor === undefined &&
    !message.latest.deleted;
  if (!exists) {
    throw apiError('unknownMessage');
  }
  return message;
}

/** Throws a 50013 unless the bot has all of the permissions. */
export function requirePermissions(channel: Channel, ...needed: (keyof BotPermissions)[]): void {
  if (needed.some((name) => !channel.bot[name])) {
    throw apiError('missingPermissions');
  }
}

/** Checks the permissions that files and embeds need. */
export function requireBodyPermissions({ request }: Call, channel: Channel): void {
  if (request.files.length > 0) {
    requirePermissions(channel, 'attach');
  }
  if (listOf(field(request.json, 'embeds')).length > 0) {
    requirePermissions(channel, 'embed');
  }
}

/** Returns the composition of the request's body, for this channel. */
export function compositionOf(call: Call, channel: Channel) {
  const { json, files, overflow } = call.request;
  return {
    json,
    files,
    overflow,
    limitBytes: call.sim.world.guildAttachmentLimit(channel.guildId),
    path: [],
    newId: call.sim.newId,
  };
}

/** The bot's own posts may mention everyone. */
export function mentionPolicy(json: unknown) {
  const allowed = field(json, 'allowed_mentions');
  return { allowed, defaultParse: ['users', 'roles', 'everyone'], via: 'channel' as const };
}
