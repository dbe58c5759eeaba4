import { ALL_SLOTS } from '../../../domain/slots.ts';
import { TRIAL_CATALOGUE } from '../../known-route.ts';
import { once } from 'node:events';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { NO_LATE_ANSWERS } from '../../../app/ports/late-answers-port.ts';
import { NO_LATE_EDITS } from '../../../app/ports/late-edits-port.ts';
import { OWNS_ALL } from '../../../app/owns-all.ts';
import { createActiveTasks } from '../../../app/active-tasks.ts';
import type { MessagePort } from '../../../app/ports/message-port.ts';
import type { ProviderPort } from '../../../app/ports/provider-port.ts';
import type { TaskAssets } from '../../../app/ports/task-assets-port.ts';
import type { VideoPort } from '../../../app/ports/video-port.ts';
import { createDurationStore } from '../../../store/durations/duration-store.ts';
import { createLedger } from '../../../store/accounts/ledger.ts';
import { createProviderPauses } from '../../../app/provider-pauses.ts';
import { progressLine } from '../../../discord/render/task-text.ts';
import { DEFAULT_TASK_POLICY } from '../../../domain/tasks/policy.ts';
import { createCipher } from '../../../store/records/cipher.ts';
import { openSqliteRecords } from '../../../store/records/sqlite-records.ts';
import type { SqliteRecords } from '../../../store/records/sqlite-records.ts';
import { withDrafts } from '../../../store/tasks/drafting-store.ts';
import { createTaskStore } from '../../../store/tasks/task-store.ts';
import { createProgressEditor } from '../../../worker/progress-editor.ts';
import { createProviderQueues } from '../../../worker/scheduling/provider-queues.ts';
import { createLiveTaskState } from '../../../worker/live-task-state.ts';
import { createWorker } from '../../../worker/worker.ts';
import type { Worker } from '../../../worker/worker.ts';
import { KEY } from '../past-tasks.ts';
import { createVirtualClock } from './virtual-clock.ts';
import type { VirtualClock } from './virtual-clock.ts';
import { DAY_MS, MINUTE_MS } from '../../../domain/time-units.ts';

/** What one process measures with its unfinished tasks. */
export interface InFlightFigures {
  /** The time to read the records of all unfinished tasks once, in milliseconds. */
  readonly readMs: number;
  /** The time from the worker's start to its first poll, in milliseconds. */
  readonly firstPollMs: number;
  /** The live heap at the end, with all needed code loaded, in bytes. */
  readonly memoryBytes: number;
  /** Of a pass in which every task is due and every message already shows its task's state. */
  readonly cpuMsPerPoll: number;
}

const POLL_MS = MINUTE_MS;
/** No task times out, however many passes there are. */
const NEVER_MS = 365 * DAY_MS;
const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

/** Runs the real worker on the real store; its provider says "still running", and edits cost nothing. */
async function measureInFlight(folder: string, passes: number): Promise<InFlightFigures> {
  const records = await openSqliteRecords(join(folder, 'clapper.sqlite'));
  const { readMs, tasks } = await readOnce(records);
  const clock = createVirtualClock(Date.now());
  const polls = createCounter();
  const worker = workerOver(records, clock, async () => {
    polls.count();
    return { kind: 'pending' };
  });
  const startedAt = performance.now();
  const firstPoll = polls.reached(1).then(() => performance.now() - startedAt);
  await worker.resume(ALL_SLOTS);
  await polls.reached(tasks);
  const cpu: number[] = [];
  for (let pass = 1; pass <= passes + 1; pass += 1) {
    // The steps that polled last have to end first: only then is their next poll in the clock.
    await nextTurn();
    const before = process.cpuUsage();
    clock.advance(POLL_MS);
    await polls.reached(tasks * (pass + 1));
    const { user, system } = process.cpuUsage(before);
    // The first pass may include edits that are still in flight.
    if (pass > 1) cpu.push((user + system) / 1000 / tasks);
  }
  const memoryBytes = usedMemory();
  const firstPollMs = await firstPoll;
  await worker.stop();
  await records.close();
  return { readMs, firstPollMs, memoryBytes, cpuMsPerPoll: Math.min(...cpu) };
}

async function readOnce(records: SqliteRecords): Promise<{ readMs: number; tasks: number }> {
  const startedAt = performance.now();
  const marks = await records.keysUnder('open:');
  const values = await records.getMany(marks.map((key) => key.replace('open:', 'task:')));
  return { readMs: performance.now() - startedAt, tasks: values.length };
}

function createCounter() {
  let counted = 0;
  const waiting: { readonly at: number; readonly resolve: () => void }[] = [];
  return {
    count() {
      counted += 1;
      while (waiting[0] !== undefined && waiting[0].at <= counted) waiting.shift()?.resolve();
    },
    async reached(at: number): Promise<void> {
      if (counted >= at) return;
      return new Promise((resolve) => {
        waiting.push({ at, resolve });
      });
    },
  };
}

/** The live heap after a garbage collection; needs `--expose-gc`. */
function usedMemory(): number {
  if (globalThis.gc === undefined) throw new Error('run this with --expose-gc');
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}

/** Progress edits as often as by default, and never too many refused. */
const EDITS = {
  ownership: OWNS_ALL,
  lateEdits: NO_LATE_EDITS,
  editEveryMs: 5000,
  refusalsLeft: () => Infinity,
};

const ROUTES = { catalogue: TRIAL_CATALOGUE, mayLackRoutes: () => false };

function workerOver(
  records: SqliteRecords,
  clock: VirtualClock,
  query: ProviderPort['query'],
): Worker {
  const log = SILENT;
  const base = { records, clock, log };
  const ledger = createLedger({ ...base, recover: unreachable });
  const stored = createTaskStore({ ...base, ledger, cipher: createCipher(KEY) });
  const store = withDrafts(stored, { clock, log });
  const pauses = createProviderPauses(clock, log);
  const queues = createProviderQueues(clock, () => 8);
  const liveState = createLiveTaskState({ store, queues, pauses, clock });
  const messages = FREE_MESSAGES;
  const loadView = async (taskId: string) => liveState.loadView(taskId);
  const never = new AbortController().signal;
  return createWorker({
    store,
    attempts: { attempt: unreachable },
    pauses,
    queues,
    liveState,
    messages,
    clock,
    log,
    active: createActiveTasks(),
    assets: NO_ASSETS,
    ...ROUTES,
    nextRoute: unreachable,
    ownership: OWNS_ALL,
    lateAnswers: NO_LATE_ANSWERS,
    lateEdits: NO_LATE_EDITS,
    providers: new Map([['jimmy', { query, create: unreachable, giveCopies: unreachable }]]),
    progress: createProgressEditor({ messages, loadView, clock, log, ...EDITS }),
    after: {
      notices: {
        held: unreachable,
        lostAccess: unreachable,
        otherModel: unreachable,
        providerPaused: unreachable,
      },
      guilds: NO_GUILDS,
      finishPing: { ping: unreachable },
      gallery: { delivered: () => undefined },
      log,
    },
    video: NO_VIDEO,
    lengths: { lengthOf: unreachable },
    clips: { delivered: unreachable, linked: () => undefined },
    durations: createDurationStore({
      ...base,
      catalogue: TRIAL_CATALOGUE,
      bounds: { minMs: POLL_MS, maxMs: POLL_MS },
      isShared: () => false,
    }),
    policy: { ...DEFAULT_TASK_POLICY, taskTimeoutMs: NEVER_MS },
    random: Math.random,
    signals: { polls: never, sends: never },
  });
}

async function unreachable(): Promise<never> {
  throw new Error('no task gets this far here');
}

const NO_GUILDS = {
  get: unreachable,
  peek: () => undefined,
  letGo: () => undefined,
  change: unreachable,
  decide: unreachable,
  guildsWithNotices: unreachable,
  audit: unreachable,
  forget: unreachable,
};

const NO_ASSETS: TaskAssets = {
  isOn: () => false,
  identify: unreachable,
  progress: unreachable,
  ids: unreachable,
  doubt: unreachable,
  release: () => undefined,
};

const NO_VIDEO: VideoPort = {
  fetch: unreachable,
  find: async () => undefined,
  moveOut: unreachable,
  discard: unreachable,
  isShowable: () => false,
};

async function done() {
  return { kind: 'done', messageId: '1' } as const;
}

const FREE_MESSAGES: MessagePort = {
  editByToken: done,
  editInChannel: done,
  post: done,
  sayNotStarted: done,
  describe: (view) => progressLine(view, TRIAL_CATALOGUE),
};

// The process gets a folder and a number of passes, and sends back the figures.
const [, , folder = '', passes = '1'] = process.argv;
if (process.send !== undefined) {
  process.send(await measureInFlight(folder, Number(passes)));
  await once(process, 'disconnect');
}
