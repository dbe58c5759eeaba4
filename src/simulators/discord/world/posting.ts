import { keepNewest } from '../keep-newest.ts';
import { FLAGS } from '../limits.ts';
import { field, isAbsent } from '../values.ts';
import type { Simulation } from '../simulation.ts';
import type { NewAttachment } from './attachments.ts';
import type { Composed, MessageState } from './compose.ts';
import { mentionableText, mentionsIn, type Mentions } from './mentions.ts';
import type { Notification, Via } from './message-view.ts';
import type { MessageOrigin, StoredMessage } from './messages.ts';
import { viewMessage } from './view-message.ts';

/** Which mentions of a text notify. */
export interface MentionPolicy {
  readonly allowed: unknown;
  readonly defaultParse: readonly string[];
}

const LOADING: MessageState = {
  content: '',
  embeds: [],
  components: [],
  attachments: [],
  flags: FLAGS.loading,
};

function storeFiles(
  sim: Simulation,
  message: MessageOrigin,
  added: readonly NewAttachment[],
): void {
  const folder =
    message.ephemeralFor === undefined
      ? `attachments/${message.channelId}`
      : `ephemeral-attachments/${sim.world.application.id}`;
  for (const { attachment, bytes } of added) {
    sim.cdn.put({ folder, ...attachment, bytes });
  }
}

function applyMentions(sim: Simulation, message: StoredMessage, policy: MentionPolicy): Mentions {
  const text = mentionableText(message.latest.state);
  const mentions = mentionsIn(text, policy.allowed, policy.defaultParse);
  message.mentionedUsers = mentions.users.filter((id) => sim.world.user(id) !== undefined);
  message.mentionedRoles = mentions.roles;
  message.mentionsEveryone = mentions.everyone;
  return mentions;
}

/** Returns who is notified: members and roles; for an ephemeral message only its reader. */
function recipientsOf(
  sim: Simulation,
  message: StoredMessage,
  mentions: Mentions,
): Pick<Notification, 'kind' | 'id'>[] {
  const guild = sim.world.guild(message.guildId ?? '');
  const users = mentions.users.filter((id) => guild?.members.has(id) ?? false);
  if (message.ephemeralFor !== undefined) {
    return users.filter((id) => id === message.ephemeralFor).map((id) => ({ kind: 'user', id }));
  }
  const roles = mentions.roles.filter((id) => guild?.roles.has(id) ?? false);
  const mayMentionEveryone = sim.world.channel(message.channelId)?.bot.mentionEveryone ?? false;
  return [
    ...users.map((id) => ({ kind: 'user' as const, id })),
    ...roles.map((id) => ({ kind: 'role' as const, id })),
    ...(mentions.everyone && mayMentionEveryone && guild !== undefined
      ? [{ kind: 'everyone' as const, id: guild.id }]
      : []),
  ];
}

/** Adds the replied author, unless `allowed_mentions` is given without `replied_user: true`. */
function withRepliedUser(
  sim: Simulation,
  message: StoredMessage,
  mentions: Mentions,
  allowed: unknown,
): Mentions {
  const author = sim.messages.get(message.repliesTo ?? '')?.authorId;
  const wanted = isAbsent(allowed) || field(allowed, 'replied_user') === true;
  return author === undefined || !wanted || mentions.users.includes(author)
    ? mentions
    : { ...mentions, users: [...mentions.users, author] };
}

function notify(sim: Simulation, message: StoredMessage, mentions: Mentions): void {
  if ((message.latest.state.flags & FLAGS.silent) !== 0) {
    return;
  }
  for (const recipient of recipientsOf(sim, message, mentions)) {
    const { id: messageId, channelId } = message;
    const notification = { messageId, channelId, at: sim.clock.now(), ...recipient };
    sim.notifications.push(notification);
    keepNewest(sim.notifications, sim.keep.items);
    sim.events.emit('notification', notification);
  }
}

/** Posts a message and sends its notifications. */
export function postMessage(
  sim: Simulation,
  origin: MessageOrigin,
  composed: Composed,
  options: MentionPolicy & { readonly via: Via },
): StoredMessage {
  const { via } = options;
  storeFiles(sim, origin, composed.added);
  const version = { state: composed.state, at: sim.clock.now(), via, deleted: false };
  const message = sim.messages.add(origin, version);
  const mentions = applyMentions(sim, message, options);
  notify(sim, message, withRepliedUser(sim, message, mentions, options.allowed));
  sim.events.emit('message-created', viewMessage(message, sim.cdn));
  return message;
}

/** Posts the loading message of a deferral. */
export function postLoading(sim: Simulation, origin: MessageOrigin): StoredMessage {
  const ephemeral = origin.ephemeralFor === undefined ? 0 : FLAGS.ephemeral;
  const state = { ...LOADING, flags: LOADING.flags | ephemeral };
  const version = { state, at: sim.clock.now(), via: 'callback' as const, deleted: false };
  const message = sim.messages.add(origin, version);
  sim.events.emit('message-created', viewMessage(message, sim.cdn));
  return message;
}

/** Edits a message without notifications; removes dropped files from the CDN. */
export function editMessage(
  sim: Simulation,
  message: StoredMessage,
  composed: Composed,
  options: MentionPolicy & { readonly via: Via },
): void {
  const before = message.latest.state;
  const kept = new Set(composed.state.attachments.map(({ id }) => id));
  const { via } = options;
  storeFiles(sim, message, composed.added);
  sim.messages.addVersion(message, {
    state: composed.state,
    at: sim.clock.now(),
    via,
    deleted: false,
  });
  before.attachments.filter(({ id }) => !kept.has(id)).forEach(({ id }) => sim.cdn.remove(id));
  if ((before.flags & FLAGS.loading) === 0) {
    message.editedAt = sim.clock.now();
  }
  applyMentions(sim, message, options);
  sim.events.emit('message-edited', viewMessage(message, sim.cdn));
}

export function deleteMessage(sim: Simulation, message: StoredMessage, via: Via): void {
  const { state } = message.latest;
  sim.messages.addVersion(message, { state, at: sim.clock.now(), via, deleted: true });
  const forwarded = message.forward?.snapshot.state.attachments ?? [];
  [...state.attachments, ...forwarded].forEach(({ id }) => sim.cdn.remove(id));
  sim.events.emit('message-deleted', viewMessage(message, sim.cdn));
}
