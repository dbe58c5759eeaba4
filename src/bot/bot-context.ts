import type { Clock, Log } from '../app/ports/core.ts';
import { GIVES_ALL } from '../app/owns-all.ts';
import { NO_LATE_ANSWERS } from '../app/ports/late-answers-port.ts';
import type { LateAnswers } from '../app/ports/late-answers-port.ts';
import type { Ownership, OwnershipSource } from '../app/ports/ownership-port.ts';
import type { OwnedSlots } from '../app/slots/owned-slots.ts';
import { ONE_OPERATOR_ACCOUNT } from '../domain/ledger/account-key.ts';
import type { OperatorAccounts } from '../domain/ledger/account-key.ts';
import type { RecordStore } from '../app/ports/record-store-port.ts';
import type { MetricsPort } from '../app/ports/metrics-port.ts';
import type { Catalogue } from '../domain/routes/catalogue.ts';
import type { Config } from '../config/config.ts';
import type { VideoRoomLimits } from '../media/video-room.ts';
import type { MembershipOptions } from '../store/postgres/membership.ts';
import type { ProviderDescriptor } from '../providers/descriptor.ts';
import type { Metrics } from '../metrics/create-metrics.ts';
import type { ClosableRecords } from './opened-records.ts';
import type { Resources } from './resources.ts';
import type { SharedSlots } from './shared-slots.ts';

/** How this process shares a store with others. */
export interface Sharing {
  readonly source: OwnershipSource;
  readonly lateAnswers: LateAnswers;
  /** The operator's accounts; one for each slot where several processes write them. */
  readonly operator: OperatorAccounts;
  /** The slots of one of several processes on a database; absent where this one has it alone. */
  readonly slots?: SharedSlots;
}

/** A process that is alone on its store. */
export const ALONE: Sharing = {
  source: GIVES_ALL,
  lateAnswers: NO_LATE_ANSWERS,
  operator: ONE_OPERATOR_ACCOUNT,
};

/** What the bot uses of the machine besides the network. Tests can replace it. */
export interface PlatformDeps {
  /** The machine's clock. Its time may be wrong, so only elapsed time is used. */
  readonly clock: Clock;
  readonly openRecords: (path: string) => Promise<ClosableRecords>;
  /** What a database on Postgres is used through; it itself if not given. */
  readonly aroundPostgres?: AroundPostgres | undefined;
  /** Other times of a membership of a database than the usual ones. */
  readonly leaseTimes?: LeaseTimes | undefined;
  /** Room for videos in memory; the usual one if not given. */
  readonly videoRoom?: VideoRoomLimits | undefined;
  /** Alone if nothing else is said. */
  readonly sharing?: Sharing;
}

type LeaseTimes = Required<Pick<MembershipOptions, 'limits' | 'pace'>>;

/** Puts something around the records of a database. */
type AroundPostgres = <R extends RecordStore>(records: R) => R;

/** Discord's time if known, else the machine's; for records dated before Discord has answered. */
export function bestKnownTime({
  clock,
  machine,
}: Pick<BotContext, 'clock' | 'machine'>): Pick<Clock, 'now'> {
  return { now: () => (clock.isKnown() ? clock.now() : machine.now()) };
}

/** What every part of the bot is built from. */
export interface BotContext {
  readonly config: Config;
  readonly log: Log;
  readonly resources: Resources;
  /** Discord's time. */
  readonly clock: Clock;
  /** The machine's time, used for file names and hints while Discord's time is unknown. */
  readonly machine: Pick<Clock, 'now'>;
  readonly openRecords: PlatformDeps['openRecords'];
  readonly aroundPostgres?: PlatformDeps['aroundPostgres'];
  readonly leaseTimes?: PlatformDeps['leaseTimes'];
  readonly videoRoom?: PlatformDeps['videoRoom'];
  readonly stopping: AbortSignal;
  /** Called if the process must not go on. */
  readonly onFatal: (reason: string) => void;
  readonly ownership: Ownership;
  readonly sharing: Sharing;
  /** Gives what tells the changes of ownership the work that they mean. */
  readonly changing: OwnedSlots['changing'];
  /** The providers that the catalogue is made of. */
  readonly descriptors: readonly ProviderDescriptor[];
  /** The routes as they are with the libraries that are on. */
  readonly catalogue: Catalogue;
  /** Adds to the catalogue what other processes have read of providers' lists since the start. */
  readonly learnRoutes: () => Promise<void>;
  /** `undefined` when metrics are disabled. */
  readonly metrics: Metrics | undefined;
  readonly counts: MetricsPort;
}

/** What the store is opened from; it needs no routes. */
export type StoreContext = Omit<
  BotContext,
  'descriptors' | 'catalogue' | 'learnRoutes' | 'changing'
>;
