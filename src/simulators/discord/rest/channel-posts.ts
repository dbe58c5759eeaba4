import { apiError, invalidForm, rejectInvalid } from '../errors.ts';
import { FLAGS, TIME_LIMITS } from '../limits.ts';
import { isForward } from '../rules/forward-rules.ts';
import { issue } from '../rules/issue.ts';
import { checkMessageForm } from '../rules/message-rules.ts';
import { field, isAbsent, textOf } from '../values.ts';
import { composeMessage } from '../world/compose.ts';
import type { StoredMessage } from '../world/messages.ts';
import type { Channel } from '../world/model.ts';
import { plainOrigin, postForward } from '../world/plain-posts.ts';
import { postMessage } from '../world/posting.ts';
import { renderMessage } from '../world/render-message.ts';
import {
  compositionOf,
  findChannel,
  mentionPolicy,
  requireBodyPermissions,
  requirePermissions,
} from './channel-access.ts';
import { forwardedMessage } from './forward.ts';
import { ok, type Call } from './route.ts';

const SETTABLE = FLAGS.suppressEmbeds | FLAGS.silent | FLAGS.componentsV2;

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

function authorIn({ sim }: Call, { id, guildId }: Channel) {
  return { userId: sim.world.bot.id, channelId: id, guildId };
}

function forward(call: Call, channel: Channel) {
  const { sim, request } = call;
  const original = forwardedMessage(call);
  rejectInvalid(checkMessageForm(request.json, { path: [], isEdit: false, wasV2: false }));
  const nonce = nonceOf(request.json);
  const author = authorIn(call, channel);
  const message =
    findDuplicate(call, channel) ?? postForward(sim, author, original, { nonce, via: 'channel' });
  return ok(renderMessage(message, sim));
}

/** Posts a message, a reply or a forward with the bot's token. */
export function post(call: Call) {
  const { sim, request } = call;
  const channel = findChannel(call);
  requirePermissions(channel, 'send');
  requireBodyPermissions(call, channel);
  if (channel.archived) {
    throw apiError('threadArchived');
  }
  if (isForward(request.json)) {
    return forward(call, channel);
  }
  const form = compositionOf(call, channel);
  const composed = composeMessage({ ...form, previous: undefined, settableFlags: SETTABLE });
  const repliesTo = repliedMessageId(call, channel);
  const duplicate = findDuplicate(call, channel);
  if (duplicate !== undefined) {
    return ok(renderMessage(duplicate, sim));
  }
  const origin = {
    ...plainOrigin(sim, authorIn(call, channel)),
    type: repliesTo === undefined ? (0 as const) : (19 as const),
    repliesTo,
    nonce: nonceOf(request.json),
  };
  return ok(renderMessage(postMessage(sim, origin, composed, mentionPolicy(request.json)), sim));
}
