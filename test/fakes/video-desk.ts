import { OWNS_ALL } from '../../src/app/owns-all.ts';
import { createTaskIds } from '../../src/domain/tasks/task-id.ts';
import { createAcceptVideo } from '../../src/app/accept/accept-video.ts';
import type { AcceptVideoDeps } from '../../src/app/accept/accept-deps.ts';
import type { Acknowledgement, VideoCall } from '../../src/app/accept/video-call.ts';
import { createActiveTasks } from '../../src/app/active-tasks.ts';
import { createCalendar } from '../../src/app/calendar.ts';
import { createGuildSettingsStore } from '../../src/store/guilds/guild-settings-store.ts';
import type { Intent } from '../../src/app/ports/intent-log-port.ts';
import type { Ledger } from '../../src/app/ports/ledger-port.ts';
import type { TaskStore } from '../../src/app/ports/core.ts';
import { createProviderPauses } from '../../src/app/provider-pauses.ts';
import type { RecordStore } from '../../src/app/ports/record-store-port.ts';
import type { OperatorAccounts } from '../../src/domain/ledger/account-key.ts';
import type { Task } from '../../src/domain/tasks/task.ts';
import { createCipher } from '../../src/store/records/cipher.ts';
import { createConfirmationStore } from '../../src/store/confirmations/confirmation-store.ts';
import { createWaitingList } from '../../src/store/confirmations/waiting-list.ts';
import { watchWrites } from '../../src/store/records/watch-writes.ts';
import { createClickClaims } from '../../src/store/tasks/click-claims.ts';
import { withDrafts } from '../../src/store/tasks/drafting-store.ts';
import { createTaskStore } from '../../src/store/tasks/task-store.ts';
import { aLedger } from './a-ledger.ts';
import { aRequest } from './a-request.ts';
import { APPLICATION_ID, CHANNEL_ID, GUILD_ID, MEMBER_ID, MESSAGE_ID, TASK_ID } from './a-task.ts';
import { NOON, fakeClock } from './clock.ts';
import { recordingLog } from './log.ts';
import { memoryIntents } from './memory-intents.ts';
import { memoryRecords } from './memory-records.ts';
import type { MemoryRecords } from './memory-records.ts';
import { routeOf, routesOf } from './catalogue.ts';

export interface VideoDeskOptions {
  /** A process that starts again keeps its records. */
  readonly records?: MemoryRecords;
  /** Wraps the disk, to make it slow or broken. */
  readonly disk?: (records: RecordStore) => RecordStore;
  /** Wraps the tasks in the store. */
  readonly tasks?: (store: TaskStore) => TaskStore;
  readonly operator?: OperatorAccounts;
  /** What is made with its ledger. */
  readonly withLedger?: (ledger: Ledger) => Partial<AcceptVideoDeps>;
  readonly deps?: Partial<AcceptVideoDeps>;
}

/** Where `/video` is decided, over records in memory; everything else is the real thing. */
export function videoDesk(options: VideoDeskOptions = {}) {
  const { records = memoryRecords(), disk = (given) => given, tasks = (given) => given } = options;
  const clock = fakeClock();
  const log = recordingLog();
  const { records: onDisk, areWritesFailing } = watchWrites(disk(records));
  const ledger = aLedger(onDisk, log, clock, options.operator);
  const cipher = createCipher(new Uint8Array(32));
  const stored = createTaskStore({ records: onDisk, ledger, cipher, clock, log });
  const store = withDrafts(tasks(stored), { clock, log });
  const intents = memoryIntents();
  const unstarted: Intent[] = [];
  const begun: Task[] = [];
  const acknowledged: string[] = [];
  /** The tasks whose media are to be copied. */
  const keptMediaOf: string[] = [];
  const deps: AcceptVideoDeps = {
    store,
    ledger,
    ownership: OWNS_ALL,
    calendar: createCalendar(),
    active: createActiveTasks(),
    guilds: createGuildSettingsStore({ records: onDisk, clock, log }),
    confirmations: createConfirmationStore(onDisk, cipher, createWaitingList(clock)),
    clicks: createClickClaims(onDisk),
    pauses: createProviderPauses(clock, log),
    routesOn: routesOf(new Set(['jimmy', 'anyfast'])),
    priceList: undefined,
    budgets: {},
    maxActivePerUser: 3,
    maxActivePerGuild: 50,
    newTaskId: createTaskIds(() => 0.5),
    clock,
    log,
    intents,
    areWritesFailing,
    unstarted: {
      notify(intent) {
        unstarted.push(intent);
      },
    },
    async begin(task, alongside) {
      const written = store.begin(task, alongside);
      await store.flush(task.id).catch(() => undefined);
      if (await written) begun.push(task);
      else deps.active.remove(task.id);
      return written;
    },
    handOver: (task) => {
      begun.push(task);
    },
    mediaKeeper: {
      keep(task) {
        keptMediaOf.push(task.id);
      },
    },
    ...options.withLedger?.(ledger),
    ...options.deps,
  };
  const call = (
    changes: Partial<VideoCall> = {},
    answer: Acknowledgement = { kind: 'acknowledged', messageId: MESSAGE_ID },
  ): VideoCall => {
    const interactionId = changes.interactionId ?? TASK_ID;
    return {
      interactionId,
      interactionToken: 'token',
      applicationId: APPLICATION_ID,
      receivedAt: NOON,
      threadOf: undefined,
      guildId: GUILD_ID,
      channelId: CHANNEL_ID,
      memberId: MEMBER_ID,
      roleIds: [],
      language: 'en',
      attachmentLimitBytes: 20 * 1_048_576,
      route: routeOf('jimmy/seedance2.0-sp'),
      request: aRequest(),
      acknowledge: async () => {
        acknowledged.push(interactionId);
        return answer;
      },
      ...changes,
    };
  };
  /** The task that an interaction was made into, as the store has it. */
  const madeFrom = async (interactionId: string): Promise<Task | undefined> => {
    const id = records.byKey.get(`claim:${interactionId}`);
    return typeof id === 'string' ? store.get(id) : undefined;
  };
  const accept = createAcceptVideo(deps);
  return {
    accept,
    keptMediaOf,
    call,
    madeFrom,
    deps,
    clock,
    log,
    records,
    begun,
    acknowledged,
    intents,
    unstarted,
  };
}
