import { refuse, refuseForm } from '../errors.ts';
import { CLOCKS, FLAGS } from '../limits.ts';
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
    throw refuse('unknownChannel');
  }
  if (sim.world.guild(channel.guildId)?.botIsMember !== true || !channel.bot.view) {
    throw refuse('missingAccess');
  }
  return channel;
}

/** Ephemeral messages do not exist on this route. */
function findMessage(call: Call, channel: Channel): StoredMessage {
  const message = call.sim.messages.get(call.parameter('message'));
  const isThere =
    message?.channelId === channel.id &&
    message.ephemeralFor === undefined &&
    !message.latest.deleted;
  if (!isThere) {
    throw refuse('unknownMessage');
  }
  return message;
}

function demand(channel: Channel, ...needed: (keyof BotPermissions)[]): void {
  if (needed.some((name) => !channel.bot[name])) {
    throw refuse('missingPermissions');
  }
}

function demandForBody({ request }: Call, channel: Channel): void {
  if (request.files.length > 0) {
    demand(channel, 'attach');
  }
  if (listOf(field(request.json, 'embeds')).length > 0) {
    demand(channel, 'embed');
  }
}

function composition(call: Call, channel: Channel) {
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

function policy(json: unknown) {
  const allowed = field(json, 'allowed_mentions');
  return { allowed, defaultParse: ['users', 'roles', 'everyone'], via: 'channel' as const };
}

function nonceOf(json: unknown): string | number | undefined {
  const nonce = field(json, 'nonce');
  return typeof nonce === 'string' || typeof nonce === 'number' ? nonce : undefined;
}

/** With `enforce_nonce` a repeated post gives the first message again. */
function postedBefore({ sim, request }: Call, channel: Channel): StoredMessage | undefined {
  const nonce = nonceOf(request.json);
  if (nonce === undefined || field(request.json, 'enforce_nonce') !== true) {
    return undefined;
  }
  const since = sim.clock.now() - CLOCKS.nonceMs;
  return sim.messages
    .all()
    .find(
      (message) =>
        message.channelId === channel.id &&
        String(message.nonce) === String(nonce) &&
        message.createdAt > since,
    );
}

function referenceOf({ sim, request }: Call, channel: Channel): string | undefined {
  const reference = field(request.json, 'message_reference');
  if (isAbsent(reference)) {
    return undefined;
  }
  if (!channel.bot.history) {
    throw refuse('replyWithoutHistory');
  }
  const id = textOf(field(reference, 'message_id')) ?? '';
  const message = sim.messages.get(id);
  const isThere =
    message?.channelId === channel.id &&
    message.ephemeralFor === undefined &&
    !message.latest.deleted;
  if (!isThere && field(reference, 'fail_if_not_exists') !== false) {
    throw refuseForm([issue(['message_reference'], 'REPLIES_UNKNOWN_MESSAGE', 'Unknown message')]);
  }
  return isThere ? id : undefined;
}

function post(call: Call) {
  const { sim, request } = call;
  const channel = findChannel(call);
  demand(channel, 'send');
  demandForBody(call, channel);
  if (channel.archived) {
    throw refuse('threadArchived');
  }
  const form = composition(call, channel);
  const composed = composeMessage({ ...form, previous: undefined, settableFlags: SETTABLE });
  const repliesTo = referenceOf(call, channel);
  const before = postedBefore(call, channel);
  if (before !== undefined) {
    return ok(renderMessage(before, sim));
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
  return ok(renderMessage(postMessage(sim, origin, composed, policy(request.json)), sim));
}

function change(call: Call) {
  const { sim, request } = call;
  const channel = findChannel(call);
  const message = findMessage(call, channel);
  if (message.authorId !== sim.world.bot.id) {
    throw refuse('notAuthor');
  }
  if (channel.archived) {
    throw refuse('threadArchived');
  }
  demandForBody(call, channel);
  const form = composition(call, channel);
  const previous = message.latest.state;
  const composed = composeMessage({ ...form, previous, settableFlags: SETTABLE_BY_EDIT });
  editMessage(sim, message, composed, policy(request.json));
  return ok(renderMessage(message, sim));
}

function read(call: Call) {
  const channel = findChannel(call);
  demand(channel, 'history');
  return ok(renderMessage(findMessage(call, channel), call.sim));
}

function remove(call: Call) {
  const channel = findChannel(call);
  const message = findMessage(call, channel);
  if (message.authorId !== call.sim.world.bot.id) {
    demand(channel, 'manageMessages');
  }
  deleteMessage(call.sim, message, 'channel');
  return NO_CONTENT;
}

function describe(call: Call) {
  return ok(renderChannel(findChannel(call), call.sim.world.bot.id));
}

/** What the bot can do with its own token in a channel it sees. */
export function channelRoutes(): Route[] {
  const pattern = '/channels/:channel/messages/:message';
  return [
    { method: 'GET', pattern: '/channels/:channel', auth: 'bot', handle: describe },
    { method: 'POST', pattern: '/channels/:channel/messages', auth: 'bot', handle: post },
    { method: 'GET', pattern, auth: 'bot', handle: read },
    { method: 'PATCH', pattern, auth: 'bot', handle: change },
    { method: 'DELETE', pattern, auth: 'bot', handle: remove },
  ];
}
