import type { MemberActor } from '../../simulators/discord/actors/api.ts';
import type { Testbed } from '../../sandbox/testbed.ts';
import type { Deed, Forget, Naming, SeenDeletion, SettingChange } from './deeds.ts';
import type { HoldControl } from './end-holds.ts';
import type { Restore } from './evidence.ts';
import type { Company } from './company.ts';
import type { RoundDatabase } from './round-database.ts';
import type { Dice } from './dice.ts';
import type { Incidents } from './incidents.ts';
import type { LibraryReader } from './library-reader.ts';
import type { SharedMedium } from './shared-media.ts';
import type { BusySpell } from './provider-storm.ts';
import type { StoreCopy } from './store-copies.ts';
import type { Supervisor } from './supervisor.ts';
import type { SentCommand } from './sent-command.ts';

/** What the steps of a round act on. */
export interface RoundContext {
  readonly testbed: Testbed;
  /** `undefined` where the store is on SQLite. */
  readonly database: RoundDatabase | undefined;
  readonly dice: Dice;
  readonly incidents: Incidents;
  readonly supervisor: Supervisor;
  readonly company: Company;
  /** Kills the process that works on the command with this label. */
  readonly kill: (label: string) => Promise<void>;
  /** Kills a process that does not; none where there is only one. */
  readonly killNeighbour: (label: string) => Promise<void>;
  /** Counts one more end of a process; returns whether the round still allows it. */
  readonly mayEnd: () => boolean;
  readonly members: readonly MemberActor[];
  /** Members whom the admins keep from `/video`. */
  readonly outsiders: readonly MemberActor[];
  readonly commands: SentCommand[];
  /** The interactions of reposted messages, by message id. */
  readonly posts: Map<string, string>;
  /** The ids of messages that a person deleted. */
  readonly deleted: Set<string>;
  /** What members did with videos through their menus. */
  readonly deeds: Deed[];
  readonly settingChanges: SettingChange[];
  readonly media: readonly SharedMedium[];
  readonly library: LibraryReader;
  readonly forgets: Forget[];
  readonly namings: Naming[];
  readonly deletions: SeenDeletion[];
  /** The beginning of every label in this round. */
  readonly labelStart: string;
  /** The root of the build that is played against. */
  readonly root: string;
  readonly busySpell: BusySpell;
  /** The copy of the store, and its restore, once there are any. */
  readonly past: { copy?: StoreCopy; restore?: Restore };
  readonly holds: HoldControl;
  /** The tasks whose creates were still searched for when nothing failed any more. */
  readonly searched: string[];
}
