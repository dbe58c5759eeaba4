import type { PageState } from './page-state.ts';

/** Opens a channel and shows one of its messages; unchanged if there is no such channel. */
export function goTo(state: PageState, channelId: string, messageId: string): PageState {
  const guild = state.snapshot?.guilds.find(({ channels }) =>
    channels.some(({ id }) => id === channelId),
  );
  if (guild === undefined) return state;
  const unread = new Map(state.unread);
  unread.delete(channelId);
  const location = { guildId: guild.id, channelId };
  return { ...state, location, unread, drawer: 'none', shownMessage: { messageId } };
}
