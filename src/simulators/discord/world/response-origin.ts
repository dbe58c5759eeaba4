import { OPTION } from '../option-types.ts';
import { field, recordsOf, textOf } from '../values.ts';
import type { Simulation } from '../simulation.ts';
import type { InteractionRecord } from './interactions.ts';
import type { MessageOrigin } from './messages.ts';

const SLASH_MESSAGE = 20;
const MENU_MESSAGE = 23;
const REPLY = 19;

function typeOf(record: InteractionRecord): MessageOrigin['type'] {
  if (record.commandType === undefined) {
    return record.sourceMessageId === undefined ? 0 : REPLY;
  }
  return record.commandType === 1 ? SLASH_MESSAGE : MENU_MESSAGE;
}

/** Returns the command with its full name, including groups and sub-commands. */
function commandOf({ commandType, payload, userId }: InteractionRecord): MessageOrigin['command'] {
  if (commandType === undefined) {
    return undefined;
  }
  const data = payload['data'];
  const names = [textOf(field(data, 'name')) ?? ''];
  let options = recordsOf(field(data, 'options'));
  for (;;) {
    const step = options.find(({ type }) => type === OPTION.subcommand || type === OPTION.group);
    if (step === undefined) {
      return { type: commandType, name: names.join(' '), userId };
    }
    names.push(textOf(step['name']) ?? '');
    options = recordsOf(step['options']);
  }
}

/** Returns the origin of a response or follow-up of an interaction. */
export function responseOrigin(
  sim: Simulation,
  record: InteractionRecord,
  options: { readonly ephemeral: boolean; readonly isFollowUp: boolean },
): MessageOrigin {
  const first = record.originalMessageId;
  return {
    id: sim.newId(),
    channelId: record.channelId,
    guildId: record.guildId,
    authorId: sim.world.bot.id,
    type: options.isFollowUp ? REPLY : typeOf(record),
    interactionId: record.id,
    interactionMetadata: {
      ...record.metadata,
      ...(options.isFollowUp && first !== undefined ? { original_response_message_id: first } : {}),
    },
    command: options.isFollowUp ? undefined : commandOf(record),
    ephemeralFor: options.ephemeral ? record.userId : undefined,
    repliesTo: options.isFollowUp ? first : record.sourceMessageId,
    forward: undefined,
    nonce: undefined,
    createdAt: sim.clock.now(),
  };
}
