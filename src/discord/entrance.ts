import type { REST } from 'discord.js';

/** How interactions reach the bot: over the gateway or by HTTP. */
export interface Entrance {
  /** REST with the bot token; used only to register commands. */
  readonly rest: REST;
  /**
   * Resolves when interactions can arrive; rejects if Discord refuses the token, or with a
   * MisplacedKey.
   */
  login(): Promise<{ readonly applicationId: string; readonly guildIds: readonly string[] }>;
  /** Whether the bot can receive interactions now. */
  isReady(): boolean;
  /** Stops accepting interactions immediately; resolves when what it used is closed. */
  close(): Promise<void>;
}

/** Another application's key is set, so that nothing that Discord sends could be read. */
export class MisplacedKey extends Error {
  override readonly name = 'MisplacedKey';
  constructor() {
    super(
      'DISCORD_PUBLIC_KEY is not the key of the application that DISCORD_TOKEN belongs to. Copy it from https://discord.com/developers/applications (General Information, Public Key) and start again',
    );
  }
}
