import type { Place } from '../interaction.ts';
import type { Served } from '../served.ts';

/** `unknown`: Discord does not say what admins restricted, and never did since the start. */
export type Access = 'allowed' | 'denied' | 'unknown';

/** Whether admins let a member use a command, for what Discord does not check itself. */
export interface CommandAccess {
  /** `command`: its name, e.g. `video`. Never rejects. */
  readonly check: (caller: Place & Served, command: string) => Promise<Access>;
}
