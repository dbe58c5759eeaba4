import type { MemberViews } from './member-views.ts';
import type { PostgresSession } from './session.ts';

/** Which member a process is; another one with each session. */
export interface Self {
  now: SelfNow | undefined;
  isLeaving: boolean;
  /** How many members it has been. */
  entries: number;
  /** How many dead members it has removed. */
  removals: number;
}

interface SelfNow {
  readonly session: PostgresSession;
  readonly views: MemberViews;
  /** Whether what was lost with the session before is dropped. */
  isInUse: boolean;
}

/** Whether that is still the session of this process, so that what it answered still counts. */
export function isNow(self: Self, session: PostgresSession): boolean {
  return self.now?.session === session && !session.isOver();
}
