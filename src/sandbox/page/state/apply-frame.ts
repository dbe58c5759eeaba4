import type { LiveFrame, Snapshot } from '../../playground/protocol.ts';
import type { ChannelMessage } from '../../playground/protocol/messages.ts';
import type { PageState, ChannelLocation } from './page-state.ts';

const MAX_ITEMS = { requests: 200, edits: 300, lines: 300, tasks: 50 } as const;

/** Returns the state after a frame from the server. */
export function applyFrame(state: PageState, frame: LiveFrame): PageState {
  if (frame.kind === 'snapshot') return applySnapshot(state, frame.snapshot);
  if (state.snapshot === undefined) return state;
  const snapshot = nextSnapshot(state.snapshot, frame);
  const next = { ...state, snapshot };
  if (frame.kind === 'notification') return markUnread(next, frame.channelId, 'mention');
  if (frame.kind !== 'message') return next;
  return withoutAnswered(markUnread(next, frame.message.channelId, 'new'), frame.message);
}

function applySnapshot(state: PageState, snapshot: Snapshot): PageState {
  return {
    ...state,
    link: 'live',
    snapshot,
    you: snapshot.you,
    location: channelExists(snapshot, state.location) ? state.location : firstLocation(snapshot),
  };
}

function channelExists(snapshot: Snapshot, location: ChannelLocation | undefined): boolean {
  return snapshot.guilds.some(
    ({ id, channels }) =>
      id === location?.guildId && channels.some((channel) => channel.id === location.channelId),
  );
}

function firstLocation({ guilds }: Snapshot): ChannelLocation | undefined {
  const [guild] = guilds;
  const [channel] = guild?.channels ?? [];
  if (guild === undefined || channel === undefined) return undefined;
  return { guildId: guild.id, channelId: channel.id };
}

// oxlint-disable-next-line complexity -- one case per kind of frame; splitting the switch would not make it simpler
function nextSnapshot(
  snapshot: Snapshot,
  frame: Exclude<LiveFrame, { kind: 'snapshot' }>,
): Snapshot {
  const { panel } = snapshot;
  switch (frame.kind) {
    case 'message':
      return { ...snapshot, messages: put(snapshot.messages, frame.message, byId) };
    case 'message-deleted':
      return {
        ...snapshot,
        messages: snapshot.messages.filter(({ id }) => id !== frame.messageId),
      };
    case 'notification':
      return snapshot;
    case 'guilds':
      return { ...snapshot, guilds: frame.guilds };
    case 'commands':
      return { ...snapshot, commands: frame.commands };
    case 'clock':
      return { ...snapshot, aheadMs: frame.aheadMs };
    case 'bot':
      return { ...snapshot, bot: frame.bot };
    case 'knobs':
      return { ...snapshot, knobs: frame.knobs };
    case 'provider-request': {
      const providerRequests = put(panel.providerRequests, frame.request, byId, MAX_ITEMS.requests);
      return { ...snapshot, panel: { ...panel, providerRequests } };
    }
    case 'discord-request': {
      const discordRequests = put(panel.discordRequests, frame.request, byId, MAX_ITEMS.requests);
      return { ...snapshot, panel: { ...panel, discordRequests } };
    }
    case 'task':
      return {
        ...snapshot,
        panel: { ...panel, tasks: put(panel.tasks, frame.task, byId, MAX_ITEMS.tasks) },
      };
    case 'accounts':
      return { ...snapshot, panel: { ...panel, accounts: frame.accounts } };
    case 'edit':
      return {
        ...snapshot,
        panel: { ...panel, edits: put(panel.edits, frame.edit, byVersion, MAX_ITEMS.edits) },
      };
    case 'line':
      return {
        ...snapshot,
        panel: { ...panel, lines: put(panel.lines, frame.line, byId, MAX_ITEMS.lines) },
      };
  }
}

const byId = ({ id }: { readonly id: string | number }): string | number => id;

const byVersion = (edit: { readonly messageId: string; readonly version: number }): string =>
  `${edit.messageId} ${edit.version}`;

/** Replaces the item with the same key or appends it; keeps only the newest `max` items. */
function put<Item>(
  items: readonly Item[],
  item: Item,
  keyOf: (item: Item) => string | number,
  max = Number.POSITIVE_INFINITY,
): readonly Item[] {
  const key = keyOf(item);
  const at = items.findLastIndex((other) => keyOf(other) === key);
  if (at >= 0) return items.with(at, item);
  return items.length < max ? [...items, item] : [...items.slice(1), item];
}

function markUnread(state: PageState, channelId: string, how: 'new' | 'mention'): PageState {
  if (channelId === state.location?.channelId) return state;
  if (how === 'new' && state.unread.has(channelId)) return state;
  return { ...state, unread: new Map(state.unread).set(channelId, how) };
}

/** Removes the sent call that this message answers. */
function withoutAnswered(state: PageState, message: ChannelMessage): PageState {
  const { command } = message;
  if (command?.personId !== state.you.personId) return state;
  const at = state.sent.findIndex(
    (call) =>
      call.state === 'sending' &&
      call.channelId === message.channelId &&
      call.command === command?.label,
  );
  return at < 0 ? state : { ...state, sent: state.sent.toSpliced(at, 1) };
}
