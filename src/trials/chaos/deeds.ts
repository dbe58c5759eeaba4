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

/** A file that an admin gave a name, or tried to. */
export interface Naming {
  readonly guildId: string;
  readonly memberId: string;
  readonly name: string;
  /** The hash of the file. */
  readonly sha256: string;
  readonly kind: 'image' | 'video' | 'audio';
  readonly handle: InteractionHandle;
}

/** An asset that the bot deleted in a library, and what its store said at that moment. */
export interface SeenDeletion {
  readonly assetId: string;
  /** The tasks that had the asset and were not finished. */
  readonly under: readonly string[];
}
