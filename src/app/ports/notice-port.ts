import type { Task } from '../../domain/tasks/task.ts';
import type { GuildSettings } from '../../domain/guild-settings.ts';
import type { Notice } from '../../domain/notice.ts';
import type { ProviderPause } from './provider-pauses-port.ts';

/** Posts a notice to the channel that the admins chose. */
export interface NoticePort {
  /** Rejects if it cannot be posted. */
  post(channelId: string, notice: Notice, settings: GuildSettings): Promise<void>;
}

/**
 * Notices to admins. These calls never reject: the log and the records have the same information.
 */
export interface Notices {
  held(task: Task): Promise<void>;
  /** Its hold was resolved, and then its create was answered: it runs, and its cost counts again. */
  heldAgain(task: Task): Promise<void>;
  lostAccess(task: Task): Promise<void>;
  /** Notifies the guild in which it was found; a guild is notified of each pause once. */
  providerPaused(guildId: string, pause: ProviderPause): Promise<void>;
  /** Notifies the guilds that this process serves and that have a channel; in these slots, if given. */
  pauseHeardOf(pause: ProviderPause, slots?: ReadonlySet<number>): Promise<void>;
  /** The answer to the create of this task named another model; once a day for each model. */
  otherModel(task: Task, named: string): Promise<void>;
  /** A member reported the video of this message. */
  report(task: Task, reporterId: string, messageId: string): Promise<void>;
  /** Videos cannot be forwarded to this channel; once for each channel. */
  galleryUnreachable(guildId: string, channelId: string): Promise<void>;
  /** The notices of a guild, newest first. */
  list(guildId: string): Promise<Notice[]>;
}
