import { apiError, invalidForm } from '../errors.ts';
import { TIME_LIMITS, FLAGS } from '../limits.ts';
import { issue } from '../rules/issue.ts';
import { field, isAbsent, listOf, textOf } from '../values.ts';
import { composeMessage } from '../world/compose.ts';
import type { StoredMessage } from '../world/messages.ts';
import type { BotPermissions, Channel } from '../world/model.ts';
import { deleteMessage, editMessage, postMessage } from '../world/posting.ts';
import { renderChannel } from '../world/render-guild.ts';
import { renderMessage } from '../world/render-message.ts';
import { NO_CONTENT, ok, type Call, type Route } from './route.ts';

const SETTABLE = FLAGS.suppressEmbeds | FLAGS.silent | FLAGS.componentsV2;
const SETTABLE_BY_EDIT = FLAGS.suppressEmbeds | FLAGS.componentsV2;

function findChannel({ sim, parameter }: Call): Channel {
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
function findMessage(call: Call, channel: Channel): StoredMessage {
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

function requirePermissions(channel: Channel, ...needed: (keyof BotPermissions)[]): void {
  if (needed.some((name) => !channel.bot[name])) {
    throw apiError('missingPermissions');
  }
}

function requireBodyPermissions({ request }: Call, channel: Channel): void {
  if (request.files.length > 0) {
    requirePermissions(channel, 'attach');
  }
  if (listOf(field(request.json, 'embeds')).length > 0) {
    requirePermissions(channel, 'embed');
  }
}

function compositionOf(call: Call, channel: Channel) {
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

function mentionPolicy(json: unknown) {
  const allowed = field(json, 'allowed_mentions');
  return { allowed, defaultParse: ['users', 'roles', 'everyone'], via: 'channel' as const };
}

function nonceOf(json: unknown): string | number | undefined {
  const nonce = field(json, 'nonce');
  return typeof nonce === 'string' || typeof nonce === 'number' ? nonce : undefined;
}

/** Finds the earlier message with the same nonce, for requests with `enforce_nonce`. */
function findDuplicate({ sim, request }: Call, channel: Channel): StoredMessage | undefined {
  const nonce = nonceOf(request.json);
  if (nonce === undefined || field(request.json, 'enforce_nonce') !== true) {
    return undefined;
  }
  const since = sim.clock.now() - TIME_LIMITS.nonceMs;
  return sim.messages
    .all()
    .find(
      (message) =>
        message.channelId === channel.id &&
        String(message.nonce) === String(nonce) &&
        message.createdAt > since,
    );
}

function repliedMessageId({ sim, request }: Call, channel: Channel): string | undefined {
  const reference = field(request.json, 'message_reference');
  if (isAbsent(reference)) {
    return undefined;
  }
  if (!channel.bot.history) {
    throw apiError('replyWithoutHistory');
  }
  const id = textOf(field(reference, 'message_id')) ?? '';
  const message = sim.messages.get(id);
  const exists =
    message?.channelId === channel.id &&
    message.ephemeralFor === undefined &&
    !message.latest.deleted;
  if (!exists && field(reference, 'fail_if_not_exists') !== false) {
    throw invalidForm([issue(['message_reference'], 'REPLIES_UNKNOWN_MESSAGE', 'Unknown message')]);
  }
  return exists ? id : undefined;
}

function post(call: Call) {
  const { sim, request } = call;
  const channel = findChannel(call);
  requirePermissions(channel, 'send');
  requireBodyPermissions(call, channel);
  if (channel.archived) {
    throw apiError('threadArchived');
  }
  const form = compositionOf(call, channel);
  const composed = composeMessage({ ...form, previous: undefined, settableFlags: SETTABLE });
  const repliesTo = repliedMessageId(call, channel);
  const duplicate = findDuplicate(call, channel);
  if (duplicate !== undefined) {
    return ok(renderMessage(duplicate, sim));
  }
  const origin = {
    id: sim.newId(),
    channelId: channel.id,
    guildId: channel.guildId,
    authorId: sim.world.bot.id,
    type: repliesTo === undefined ? (0 as const) : (19 as const),
    interactionId: undefined,
    interactionMetadata: undefined,
    command: undefined,
    ephemeralFor: undefined,
    repliesTo,
    nonce: nonceOf(request.json),
    createdAt: sim.clock.now(),
  };
  return ok(renderMessage(postMessage(sim, origin, composed, mentionPolicy(request.json)), sim));
}

function edit(call: Call) {
  const { sim, request } = call;
  const channel = findChannel(call);
  const message = findMessage(call, channel);
  if (message.authorId !== sim.world.bot.id) {
    throw apiError('notAuthor');
  }
  if (channel.archived) {
    throw apiError('threadArchived');
  }
  requireBodyPermissions(call, channel);
  const form = compositionOf(call, channel);
  const previous = message.latest.state;
  const composed = composeMessage({ ...form, previous, settableFlags: SETTABLE_BY_EDIT });
  editMessage(sim, message, composed, mentionPolicy(request.json));
  return ok(renderMessage(message, sim));
}

function readMessage(call: Call) {
  const channel = findChannel(call);
  requirePermissions(channel, 'history');
  return ok(renderMessage(findMessage(call, channel), call.sim));
}

function removeMessage(call: Call) {
  const channel = findChannel(call);
  const message = findMessage(call, channel);
  if (message.authorId !== call.sim.world.bot.id) {
    requirePermissions(channel, 'manageMessages');
  }
  deleteMessage(call.sim, message, 'channel');
  return NO_CONTENT;
}

function readChannel(call: Call) {
  return ok(renderChannel(findChannel(call), call.sim.world.bot.id));
}

/** Routes of channels and their messages, which need the bot's token. */
export function channelRoutes(): Route[] {
  const pattern = '/channels/:channel/messages/:message';
  return [
    { method: 'GET', pattern: '/channels/:channel', auth: 'bot', handle: readChannel },
    { method: 'POST', pattern: '/channels/:channel/messages', auth: 'bot', handle: post },
    { method: 'GET', pattern, auth: 'bot', handle: readMessage },
    { method: 'PATCH', pattern, auth: 'bot', handle: edit },
    { method: 'DELETE', pattern, auth: 'bot', handle: removeMessage },
  ];
}
