import { apiError, invalidForm, rejectInvalid } from '../errors.ts';
import { checkForward } from '../rules/forward-rules.ts';
import { issue } from '../rules/issue.ts';
import type { Simulation } from '../simulation.ts';
import { field, textOf } from '../values.ts';
import type { StoredMessage } from '../world/messages.ts';
import type { Call } from './route.ts';

/** Whether a bot without the message content intent can read a message. */
export function canReadContent({ world }: Simulation, message: StoredMessage): boolean {
  const { authorId, mentionedUsers } = message;
  return authorId === world.bot.id || mentionedUsers.includes(world.bot.id);
}

/** Whether the bot can read the messages of a channel. */
function canReadChannel({ world }: Simulation, channelId: string): boolean {
  const channel = world.channel(channelId);
  const isMember = world.guild(channel?.guildId ?? '')?.botIsMember === true;
  return isMember && channel?.bot.view === true && channel.bot.history;
}

function findOriginal(sim: Simulation, channelId: string, id: string): StoredMessage {
  const message = sim.messages.get(id);
  const exists =
    message?.channelId === channelId &&
    message.ephemeralFor === undefined &&
    !message.latest.deleted;
  if (!exists) {
    const code = 'MESSAGE_REFERENCE_UNKNOWN_MESSAGE';
    throw invalidForm([issue(['message_reference'], code, 'Unknown message')]);
  }
  return message;
}

/** Finds the message that the request forwards; the bot must be able to read its content. */
export function forwardedMessage({ sim, request }: Call): StoredMessage {
  rejectInvalid(checkForward(request.json, request.files.length));
  const reference = field(request.json, 'message_reference');
  const channelId = textOf(field(reference, 'channel_id')) ?? '';
  if (!canReadChannel(sim, channelId)) {
    throw apiError('forwardUnreadable');
  }
  const message = findOriginal(sim, channelId, textOf(field(reference, 'message_id')) ?? '');
  if (!canReadContent(sim, message)) {
    throw apiError('forwardUnreadable');
  }
  return message;
}
