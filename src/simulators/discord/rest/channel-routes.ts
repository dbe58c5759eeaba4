import { apiError } from '../errors.ts';
import { FLAGS } from '../limits.ts';
import { composeMessage } from '../world/compose.ts';
import { deleteMessage, editMessage } from '../world/posting.ts';
import { renderChannel } from '../world/render-guild.ts';
import { renderMessage } from '../world/render-message.ts';
import {
  compositionOf,
  findChannel,
  findMessage,
  mentionPolicy,
  requireBodyPermissions,
  requirePermissions,
} from './channel-access.ts';
import { post } from './channel-posts.ts';
import { canReadContent } from './forward.ts';
import { NO_CONTENT, ok, type Call, type Route } from './route.ts';

/** What a bot without the message content intent reads of others' messages. */
const UNREADABLE = { content: '', embeds: [], attachments: [], components: [] };
const SETTABLE_BY_EDIT = FLAGS.suppressEmbeds | FLAGS.componentsV2;

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
  const message = findMessage(call, channel);
  const rendered = renderMessage(message, call.sim);
  return ok(canReadContent(call.sim, message) ? rendered : { ...rendered, ...UNREADABLE });
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
