import type { MessagePlace } from './bot-messages-port.ts';

/** Deletes many of the bot's messages, slowly. */
export interface MessageRemoval {
  /**
   * Deletes them one after the other in the background; `onEnd` gets how many are gone. Not taken
   * up again after a restart, and not called back by a stop.
   */
  start(places: readonly MessagePlace[], onEnd: (gone: number) => void): void;
}
