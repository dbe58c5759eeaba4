import type { Language } from '../domain/language.ts';
import type { Place } from './interaction.ts';

/** Context of an interaction in a server that the bot serves. */
export interface Served {
  readonly guildId: string;
  readonly channelId: string;
  readonly member: NonNullable<Place['member']>;
  /** The caller's language. */
  readonly language: Language;
  /** When it arrived, in milliseconds. */
  readonly receivedAt: number;
  /** The same on the monotonic clock. */
  readonly receivedElapsed?: number;
}
