import type { RejectionCategory } from '../../domain/tasks/provider-rejection.ts';
import type { Task } from '../../domain/tasks/task.ts';
import type { GuildSettings } from '../../domain/guild-settings.ts';
import type { Notice } from '../../domain/notice.ts';

/** Brings a notice to the channel that the admins chose. */
export interface NoticePort {
  /** Rejects where it cannot be posted. */
  post(channelId: string, notice: Notice, settings: GuildSettings): Promise<void>;
}

/** Notices never throw: what they tell of stands in the log and in the records as well. */
export interface Notices {
  held(task: Task): Promise<void>;
  lostAccess(task: Task): Promise<void>;
  /** To the guild whose task met it, and to every guild with a channel for notices. */
  providerPaused(guildId: string, provider: string, category: RejectionCategory): Promise<void>;
  /** The newest first. */
  list(guildId: string): Promise<Notice[]>;
}
