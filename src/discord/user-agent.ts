/** How the bot names itself to Discord in its own requests: `DiscordBot (name, version)`. */
export const USER_AGENT = 'DiscordBot (clapper, 1)';
