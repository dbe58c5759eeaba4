import { takeLateAnswer } from '../app/late-answers.ts';
import type { LateAnswerDeps } from '../app/late-answers.ts';
import type { NamedAssets } from '../app/ports/named-assets-port.ts';
import type { HowLetGo, SlotWork } from '../app/slots/owned-slots.ts';
import type { Log } from '../app/ports/core.ts';
import type { UnstartedCalls } from '../app/unstarted-calls.ts';
import { createGroupCommit } from '../store/records/group-commit.ts';
import type { Worker } from '../worker/worker.ts';
import type { Stores } from './open-store.ts';

export interface SlotParts extends LateAnswerDeps {
  readonly stores: Stores;
  readonly worker: Pick<Worker, 'resume' | 'letGo'>;
  readonly namedAssets: Pick<NamedAssets, 'resume' | 'letGo'>;
  readonly unstarted: Pick<UnstartedCalls, 'notifyLeftOver'>;
  readonly log: Log;
  /** Learns the routes that other processes know, which tasks of theirs may be for. */
  readonly learnRoutes: () => Promise<void>;
  /** Called with the ids of the unfinished tasks that go on here. */
  readonly onResumed: (taskIds: ReadonlySet<string>) => void;
}

/** What taking up and letting go of slots means for all that keeps something of guilds in memory. */
export function createSlotWork(parts: SlotParts): SlotWork {
  const { stores, worker, namedAssets, log } = parts;
  // Slots come a few at a time, and each read is of the marks of all guilds.
  const resumeTogether = createGroupCommit<number>(async (slots) => resume(parts, new Set(slots)));
  return {
    resume: async (slots) => resumeTogether([...slots]),
    lose(slots) {
      stores.tasks.drop(slots);
      // Rejects what waits at once; what else it does is waited for by `letGo`.
      void stores.ledger.letGo(slots, 'lost');
    },
    endSteps: async (slots) => worker.letGo(slots, 'handed-over'),
    async letGo(slots, how) {
      await Promise.all([worker.letGo(slots, how), namedAssets.letGo(slots)]);
      await forget(stores, slots, how);
      log.debug({ slots: [...slots], how }, 'servers let go');
    },
    takeLateAnswer: async (answer) => takeLateAnswer(parts, answer),
  };
}

/** Goes on with what slots have; those that come while it reads are read together after that. */
async function resume(
  { stores, worker, namedAssets, unstarted, log, learnRoutes, onResumed }: SlotParts,
  slots: ReadonlySet<number>,
): Promise<void> {
  // Read while another process had them.
  await forget(stores, slots, 'handed-over');
  await stores.loadRecentIds();
  if (stores.hadCompany()) await learnRoutes();
  const { taskIds, creates } = await worker.resume(slots);
  stores.share.foundCreates(slots, creates);
  namedAssets.resume(slots);
  onResumed(taskIds);
  // In the background: the guilds of a process that died are not to wait for it.
  if (stores.shared?.membership !== undefined) {
    unstarted.notifyLeftOver(slots).catch((cause: unknown) => {
      log.warn({ err: cause }, 'calls that began nothing could not be looked for');
    });
  }
  log.info({ tasks: taskIds.size, slots: slots.size }, 'unfinished tasks resumed');
}

async function forget(
  { ledger, grants, guilds, namedAssetStore }: Stores,
  slots: ReadonlySet<number>,
  how: HowLetGo,
): Promise<void> {
  await ledger.letGo(slots, how);
  grants?.forget(slots);
  guilds.letGo(slots);
  namedAssetStore.letGo(slots);
}
