/** What the doctor says of interactions by HTTP, with or without them. */
export const endpointTexts = {
  about: 'endpoint',
  unexpected: {
    text: 'Discord sends them to an Interactions Endpoint URL instead of the bot',
    advice:
      'Clear that field in the developer portal (General Information), or set DISCORD_PUBLIC_KEY if it leads here',
  },
  set: (url: string) =>
    `Discord sends every command and click to ${url}, and nothing over the gateway`,
  notSet: {
    text: 'no Interactions Endpoint URL is set, so Discord sends nothing to this bot',
    advice:
      'Start the bot, then set it in the developer portal (General Information) to https://…/interactions, the public address of this bot; the gateway gets nothing from then on',
  },
  keyAbout: 'DISCORD_PUBLIC_KEY',
  rightKey: 'is the key of this application',
  wrongKey: {
    text: 'is not the key of the application that DISCORD_TOKEN belongs to',
    advice: 'Copy the Public Key from the developer portal (General Information)',
  },
} as const;
