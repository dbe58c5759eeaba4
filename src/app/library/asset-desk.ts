import { withinBounds } from '../../domain/durations/poll-plan.ts';
import type { PollBounds } from '../../domain/durations/poll-plan.ts';
import { lookWaitMs } from '../../domain/library/asset-timing.ts';
import { afterLook, nextStep, underKey } from '../../domain/library/asset-transitions.ts';
import type { AssetStep, Look } from '../../domain/library/asset-transitions.ts';
import type { Asset, AssetFault } from '../../domain/library/asset.ts';
import { backoffMs } from '../../domain/tasks/policy.ts';
import { SECOND_MS } from '../../domain/time-units.ts';
import type { AssetRegistry } from '../ports/asset-registry-port.ts';
import type { Clock, Log } from '../ports/core.ts';
import type { LibraryPort } from '../ports/library-port.ts';
import type { AssetProgress } from '../ports/task-assets-port.ts';
import type { Ownership, Tenure } from '../ports/ownership-port.ts';
import { SEND_MS } from '../slots/may-send.ts';
import { remember } from '../remember.ts';
import { toFault } from './asset-fault.ts';
import { recordFound } from './claim-id.ts';
import { uploadAsset } from './upload-asset.ts';
import type { AssetAsker, UploadDeps, UploadResult } from './upload-asset.ts';

/**
 * Brings media into libraries: one call at a time for each asset, in the background, so that who
 * waits for one can be cancelled and holds up no other.
 */
export interface AssetDesk {
  /**
   * How far an asset is that the asker has recorded a use of. Begins the next call if one is due; never
   * waits for one.
   */
  progress(key: string, library: LibraryPort, asker: AssetAsker): Promise<AssetProgress>;
  /** Whether a call for it is in flight. */
  isBusy(key: string): boolean;
  /** Resolves when no call is in flight. */
  settled(): Promise<void>;
}

export interface AssetDeskDeps extends UploadDeps {
  readonly registry: AssetRegistry;
  readonly clock: Clock;
  readonly log: Log;
  readonly ownership: Pick<Ownership, 'tenureOf'>;
  /** Bounds of the time between two looks. */
  readonly bounds: PollBounds;
  /** Cuts the calls that a stop finds. */
  readonly signal: AbortSignal;
}

/** Calls of one library in flight at one time, and how many of them may be of one guild. */
const CALLS_AT_ONCE = 8;
const CALLS_OF_GUILD = 4;
/** Who waits for a call asks again after this, in milliseconds. */
const ASK_AGAIN_MS = 250;
/** Assets whose pace is remembered: those of cancelled tasks are never asked for again. */
const MAX_PACES = 10_000;
const BACKOFF = { firstMs: SECOND_MS, maxMs: 30 * SECOND_MS };

/** What is known of an asset in memory alone. */
interface Pace {
  /** When the next call is due, in milliseconds of the monotonic clock. */
  dueElapsed: number;
  looks: number;
  faults: number;
  /** The asker whose medium is not there any more; another one's may be. */
  goneFor?: string;
  /** A refusal of the whole account, for the next caller: it says nothing about the asset. */
  account?: AssetFault;
}

interface Call {
  readonly library: string;
  readonly guildId: string;
  readonly ended: Promise<void>;
}

/** Creates the desk. */
export function createAssetDesk(deps: AssetDeskDeps): AssetDesk {
  const { registry, clock } = deps;
  const paces = new Map<string, Pace>();
  const calls = new Map<string, Call>();

  const paceOf = (key: string): Pace => {
    const pace = paces.get(key) ?? { dueElapsed: 0, looks: 0, faults: 0 };
    remember(paces, [key, pace], MAX_PACES);
    return pace;
  };
  const begin = (key: string, of: Omit<Call, 'ended'>, work: () => Promise<void>): void => {
    const ended = work().finally(() => calls.delete(key));
    calls.set(key, { ...of, ended });
  };
  const soon = (isAsking: boolean): AssetProgress => ({
    kind: 'waits',
    untilMs: clock.now() + ASK_AGAIN_MS,
    isAsking,
  });
  const hasRoom = ({ library, guildId }: Omit<Call, 'ended'>): boolean => {
    const busy = [...calls.values()].filter((one) => one.library === library);
    const ofGuild = busy.filter((one) => one.guildId === guildId);
    return busy.length < CALLS_AT_ONCE && ofGuild.length < CALLS_OF_GUILD;
  };

  return {
    async progress(key, library, asker) {
      if (calls.has(key)) return soon(true);
      const asset = await registry.change(
        key,
        (found) => found && underKey(found, library.fingerprint),
      );
      // Another caller has begun its next call meanwhile.
      if (calls.has(key)) return soon(true);
      if (asset === undefined) return { kind: 'unknown' };
      const next = nextStep(asset, clock.now(), library.canFind);
      const pace = paceOf(key);
      const settled = settledProgress(next) ?? failedProgress(pace, asker);
      if (settled !== undefined) {
        paces.delete(key);
        return settled;
      }
      const waitMs = pace.dueElapsed - clock.elapsed();
      if (waitMs > 0) return { kind: 'waits', untilMs: clock.now() + waitMs, isAsking: false };
      if (asker.isLate === true && wasAnswered(pace)) return soon(false);
      const of = { library: library.id, guildId: asset.guildId };
      const tenure = deps.ownership.tenureOf(asset.guildId);
      if (!hasRoom(of) || tenure?.mayAct(SEND_MS) !== true) return soon(false);
      const work = { key, asset, library, asker, next, tenure };
      begin(key, of, async () => carryOutInTenure(deps, pace, work));
      return soon(true);
    },
    isBusy: (key) => calls.has(key),
    async settled() {
      await Promise.all([...calls.values()].map(async ({ ended }) => ended));
    },
  };
}

/** Whether a call since its last upload has ended in this process. */
function wasAnswered({ looks, faults }: Pace): boolean {
  return looks + faults > 0;
}

/** The progress of an asset that needs no call; `undefined` if it needs one. */
function settledProgress(next: AssetStep): AssetProgress | undefined {
  switch (next.do) {
    case 'use':
      return { kind: 'ready', id: next.id };
    case 'refuse':
      return { kind: 'unusable', fault: next.fault };
    case 'give-up':
      return { kind: 'unanswered' };
    case 'upload':
    case 'find':
    case 'look':
      return undefined;
  }
}

/** What the last call showed for this asker alone; `undefined` if another call may help. */
function failedProgress(
  { goneFor, account }: Pace,
  { askerId }: AssetAsker,
): AssetProgress | undefined {
  if (account !== undefined) return { kind: 'unusable', fault: account };
  return goneFor === askerId ? { kind: 'gone' } : undefined;
}

interface Work {
  readonly key: string;
  readonly asset: Asset;
  readonly library: LibraryPort;
  readonly asker: AssetAsker;
  readonly next: AssetStep;
  readonly tenure: Tenure;
}

/**
 * A hand-over waits for an upload, because the next owner makes one without an answer on record once more.
 * It can look again by itself.
 */
async function carryOutInTenure(deps: AssetDeskDeps, pace: Pace, work: Work): Promise<void> {
  const run = async (): Promise<void> => carryOut(deps, pace, work);
  await (work.next.do === 'upload' ? work.tenure.during(run) : run());
}

/** Makes one call and records its answer. Never rejects. */
async function carryOut(deps: AssetDeskDeps, pace: Pace, work: Work): Promise<void> {
  const { clock, log, random } = deps;
  let result: UploadResult | Looked = { kind: 'again' };
  try {
    result = await call(deps, work);
  } catch (cause) {
    log.error({ err: cause, library: work.library.id }, 'call to a library broke; trying again');
  }
  if (result.kind === 'uploaded') pace.looks = 0;
  if (result.kind === 'looked') pace.looks += 1;
  if (result.kind === 'gone') pace.goneFor = work.asker.askerId;
  if (result.kind === 'account') pace.account = result.fault;
  if (result.kind === 'again') {
    const waitMs = result.retryAfterMs ?? backoffMs(BACKOFF, pace.faults, random);
    pace.dueElapsed = clock.elapsed() + waitMs;
    pace.faults += 1;
  } else {
    pace.dueElapsed = clock.elapsed() + withinBounds(deps.bounds, lookWaitMs(pace.looks));
    pace.faults = 0;
  }
}

interface Looked {
  readonly kind: 'looked';
}

async function call(deps: AssetDeskDeps, work: Work): Promise<UploadResult | Looked> {
  const { next } = work;
  switch (next.do) {
    case 'upload':
      return uploadAsset(deps, work);
    case 'find':
      return find(deps, work, next.name);
    case 'look':
      return look(deps, work, next.id);
    case 'use':
    case 'refuse':
    case 'give-up':
      return { kind: 'looked' };
  }
}

/** Looks for an upload by its name. */
async function find(
  deps: AssetDeskDeps,
  { key, library, tenure }: Work,
  name: string,
): Promise<UploadResult> {
  const { registry, clock, signal, log } = deps;
  const groupId = await registry.group(library.id, library.fingerprint);
  const found = await library.find({ name, groupId }, signal);
  log.info({ library: library.id, found: found.kind }, 'looked for an upload without an answer');
  if (found.kind === 'no-answer') return again(found);
  if (tenure.isOver()) return again({});
  await recordFound({ registry, clock }, { key, library, found });
  return { kind: 'uploaded' };
}

async function look(
  { registry, clock, signal, log }: AssetDeskDeps,
  { key, asset: { way }, library, tenure }: Work,
  id: string,
): Promise<UploadResult | Looked> {
  const found = await library.look({ id, way }, signal);
  if (found.kind === 'no-answer') {
    log.warn({ library: library.id, detail: found.detail }, 'asset could not be looked at');
  }
  // What was asked for is the next owner's, and may have been uploaded anew.
  if (tenure.isOver()) return again({});
  const seen: Look =
    found.kind === 'failed' ? { kind: 'failed', fault: toFault('failed', found.refusal) } : found;
  await registry.change(key, (asset) => asset && afterLook(asset, seen, clock.now()));
  return found.kind === 'no-answer' ? again(found) : { kind: 'looked' };
}

function again({ retryAfterMs }: { readonly retryAfterMs?: number }): UploadResult {
  return { kind: 'again', ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}
