/** Who sees what is written in a channel. Neither call ever rejects. */
export interface ChannelAudience {
  /**
   * Whether every member of the server can read a channel; `undefined` if Discord does not say so in
   * time. A thread is read by whom its channel is read, a private one by invited members.
   */
  isReadByEveryone(guildId: string, channelId: string): Promise<boolean | undefined>;
  /** Whether a channel, or that of a thread, is age-restricted; `undefined` as above. */
  isAgeRestricted(guildId: string, channelId: string): Promise<boolean | undefined>;
}
