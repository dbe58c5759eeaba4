import type { InteractionHandle } from '../../simulators/discord/actors/api.ts';

/** What a member did with a video through its menu ⋯, allowed or not. */
export interface Deed {
  readonly kind: 'share' | 'report' | 'delete';
  readonly taskId: string;
  readonly memberId: string;
  readonly handle: InteractionHandle;
}

/** An admin's change of a setting, and the clicks that undo it. */
export interface SettingChange {
  readonly guildId: string;
  readonly undos: readonly InteractionHandle[];
}

/** A member who wanted their data to be deleted. */
export interface Forget {
  readonly memberId: string;
  readonly guildId: string;
  /** Real time, in milliseconds, before the deletion began. */
  readonly atMs: number;
}
