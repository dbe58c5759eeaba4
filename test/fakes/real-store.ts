import { ALONE } from '../../src/bot/bot-context.ts';
import { OWNS_ALL } from '../../src/app/owns-all.ts';
import { createTaskIds } from '../../src/domain/tasks/task-id.ts';
import { join } from 'node:path';
import { NO_METRICS } from '../../src/app/ports/metrics-port.ts';
import { createActiveTasks } from '../../src/app/active-tasks.ts';
import { createAcceptVideo } from '../../src/app/accept/accept-video.ts';
import { createCalendar } from '../../src/app/calendar.ts';
import type { Acceptance, VideoCall } from '../../src/app/accept/video-call.ts';
import { createProviderPauses } from '../../src/app/provider-pauses.ts';
import { systemClock } from '../../src/app/system-clock.ts';
import { openStore } from '../../src/bot/open-store.ts';
import type { Stores } from '../../src/bot/open-store.ts';
import { createResources } from '../../src/bot/resources.ts';
import type { Task } from '../../src/domain/tasks/task.ts';
import { openSqliteRecords } from '../../src/store/records/sqlite-records.ts';
import { configOf } from '../config/environment.ts';
import { aRequest } from './a-request.ts';
import { APPLICATION_ID, CHANNEL_ID, GUILD_ID, MEMBER_ID, MESSAGE_ID } from './a-task.ts';
import { recordingLog } from './log.ts';
import type { LogLine } from './log.ts';
import { routeOf, routesOf } from './catalogue.ts';

export interface RealStore {
  readonly stores: Stores;
  readonly lines: readonly LogLine[];
  /** Decides a `/video` by the store as it stands, acknowledged wherever it is accepted. */
  ask(call: Partial<VideoCall> & { readonly interactionId: string }): Promise<Acceptance>;
  /** Tasks that were accepted. */
  readonly begun: readonly Task[];
  close(): Promise<void>;
}

const PRICES = JSON.stringify({
  currency: 'USD',
  prices: { 'jimmy/seedance2.0-sp-720p': { amount: '0.35', per: 'second' } },
});

/** The store in this folder with everything that stands on it, put together as the bot does it. */
export async function openRealStore(folder: string): Promise<RealStore> {
  const log = recordingLog();
  const env = { DATA_DIR: folder, STORE_URL: `sqlite://${storePath(folder)}`, PRICES_FILE: 'p' };
  const config = configOf(
    { ...env, SHUTDOWN_SECONDS: '0' },
    {
      readText: (path) => (path === 'p' ? PRICES : undefined),
      isTerminal: false,
    },
  );
  const resources = createResources(log);
  const stopping = new AbortController().signal;
  const stores = await openStore({
    config,
    log,
    resources,
    stopping,
    onFatal: () => undefined,
    ownership: OWNS_ALL,
    sharing: ALONE,
    metrics: undefined,
    counts: NO_METRICS,
    clock: systemClock,
    machine: systemClock,
    openRecords: openSqliteRecords,
  }).catch(async (cause: unknown) => {
    await resources.closeAll();
    throw cause;
  });
  const begun: Task[] = [];
  const accept = createAcceptVideo({
    ...config,
    ...stores,
    store: stores.tasks,
    priceList: config.priceList,
    calendar: createCalendar(),
    active: createActiveTasks(),
    ownership: OWNS_ALL,
    pauses: createProviderPauses(systemClock, log),
    routesOn: routesOf(new Set(['jimmy'])),
    clock: systemClock,
    newTaskId: createTaskIds(Math.random),
    log,
    unstarted: { notify: () => undefined },
    mediaKeeper: { keep: () => undefined },
    async begin(task, alongside) {
      void stores.tasks.begin(task, alongside);
      await stores.tasks.flush(task.id);
      begun.push(task);
      return true;
    },
    handOver: (task) => {
      begun.push(task);
    },
  });
  return {
    stores,
    begun,
    lines: log.lines,
    ask: async (call) =>
      accept({
        interactionToken: 'token',
        applicationId: APPLICATION_ID,
        receivedAt: systemClock.now(),
        threadOf: undefined,
        guildId: GUILD_ID,
        channelId: CHANNEL_ID,
        memberId: MEMBER_ID,
        roleIds: [],
        language: 'en',
        attachmentLimitBytes: 20 * 1_048_576,
        route: routeOf('jimmy/seedance2.0-sp'),
        request: aRequest(),
        acknowledge: async () => ({ kind: 'acknowledged', messageId: MESSAGE_ID }),
        ...call,
      }),
    close: async () => resources.closeAll(),
  };
}

export const storePath = (folder: string): string => join(folder, 'clapper.sqlite');
