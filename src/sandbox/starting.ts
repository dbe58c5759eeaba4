/** The first line of the sandbox, before the bot has started. */
export const STARTING =
  'Starting the bot against a simulated Discord and simulated providers on this machine …';
