/** The longest waits for the bot, enough for a busy machine, in milliseconds. */
export const READY_MS = 120_000;
export const LAST_MS = 120_000;
