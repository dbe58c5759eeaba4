import { FLAGS } from '../limits.ts';
import type { Simulation } from '../simulation.ts';
import type { NewAttachment } from './attachments.ts';
import type { MessageState } from './compose.ts';
import { takeSnapshot } from './forward.ts';
import type { MessageOrigin, StoredMessage } from './messages.ts';
import { postMessage } from './posting.ts';

/** Who posts where. */
interface Author {
  readonly userId: string;
  readonly channelId: string;
  readonly guildId: string | undefined;
}

/** Returns the origin of a message that answers no interaction. */
export function plainOrigin(sim: Simulation, author: Author): MessageOrigin {
  return {
    id: sim.newId(),
    channelId: author.channelId,
    guildId: author.guildId,
    authorId: author.userId,
    type: 0,
    interactionId: undefined,
    interactionMetadata: undefined,
    command: undefined,
    ephemeralFor: undefined,
    repliesTo: undefined,
    forward: undefined,
    nonce: undefined,
    createdAt: sim.clock.now(),
  };
}

const EMPTY: MessageState = {
  content: '',
  embeds: [],
  components: [],
  attachments: [],
  flags: 0,
};
const MEMBERS_WORDS = { allowed: undefined, defaultParse: ['users'], via: 'member' } as const;

/** Posts what a member writes, with the files that the member attached. */
export function postWords(
  sim: Simulation,
  author: Author,
  content: string,
  added: readonly NewAttachment[],
): StoredMessage {
  const attachments = added.map(({ attachment }) => attachment);
  const composed = { state: { ...EMPTY, content, attachments }, added };
  return postMessage(sim, plainOrigin(sim, author), composed, MEMBERS_WORDS);
}

/** Posts a forward of a message; `changes` are to its origin, such as a nonce. */
export function postForward(
  sim: Simulation,
  author: Author,
  original: StoredMessage,
  changes: Partial<Pick<MessageOrigin, 'nonce'>> & { readonly via: 'channel' | 'member' },
): StoredMessage {
  const { via, ...given } = changes;
  const forward = takeSnapshot(original, author.channelId, sim);
  const origin = { ...plainOrigin(sim, author), ...given, forward };
  const composed = { state: { ...EMPTY, flags: FLAGS.hasSnapshot }, added: [] };
  return postMessage(sim, origin, composed, { allowed: { parse: [] }, defaultParse: [], via });
}
