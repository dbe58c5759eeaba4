/** Who can read a channel. */
export interface ChannelAudience {
  /**
   * Whether every member of the guild can read the channel; `undefined` if Discord does not say so
   * in time. Never rejects.
   */
  isReadByEveryone(guildId: string, channelId: string): Promise<boolean | undefined>;
}
