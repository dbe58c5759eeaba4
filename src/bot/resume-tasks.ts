import { endUnknownUploads } from '../app/library/named-charges.ts';
import type { Log } from '../app/ports/core.ts';
import type { Notices } from '../app/ports/notice-port.ts';
import type { LateAnswer } from '../app/ports/late-answers-port.ts';
import type { OwnershipChanges } from '../app/ports/ownership-port.ts';
import type { ProviderPauses } from '../app/ports/provider-pauses-port.ts';
import type { Restore } from '../app/ports/store-origin-port.ts';
import { holdIfRestored } from '../app/restored-store.ts';
import type { UnstartedCalls } from '../app/unstarted-calls.ts';
import { offerLateAnswers } from '../store/postgres/postgres-late-answers.ts';
import type { Membership } from '../store/postgres/membership.ts';
import type { VideoFiles } from '../media/file-space.ts';
import { bestKnownTime } from './bot-context.ts';
import type { BotContext } from './bot-context.ts';
import type { Stores } from './open-store.ts';
import { notifyingOfPauses } from './notifying-of-pauses.ts';
import { createSlotWork } from './slot-work.ts';
import type { SlotParts } from './slot-work.ts';

interface ResumeParts extends Pick<
  SlotParts,
  'store' | 'holds' | 'ownership' | 'worker' | 'namedAssets'
> {
  readonly unstarted: UnstartedCalls;
  readonly files: VideoFiles;
  readonly notices: Notices;
  readonly pauses: Pick<ProviderPauses, 'running'>;
}

/**
 * Holds what a restore left unclear, goes on with the work of the slots that this process gets, and
 * notifies callers whose call began nothing. Gives the last restore.
 */
export async function resumeTasks(
  context: BotContext,
  stores: Stores,
  { unstarted, files, notices, pauses, ...parts }: ResumeParts,
): Promise<Restore | undefined> {
  const { shared } = stores;
  const { restore } = await checkRestored(context, stores, notices);
  const unfinished = new Set<string>();
  const onResumed = (ids: ReadonlySet<string>): void => {
    for (const id of ids) unfinished.add(id);
  };
  const { log, changing, sharing, learnRoutes } = context;
  const also = { unstarted, notices, stores, log, learnRoutes, onResumed };
  const work = createSlotWork({ ...parts, ...also });
  const changes = notifyingOfPauses(changing(work), { notices, pauses });
  await sharing.source.begin(changes);
  await shared?.started?.();
  if (shared?.membership === undefined) await unstarted.notifyLeftOver();
  else offerAnswersFor(shared.membership, changes, log);
  await removeOrphans(files, unfinished, context);
  return restore;
}

/** Offers late answers to this process for as long as it is a member. */
function offerAnswersFor(
  { sessions, onMail }: Membership,
  changes: Pick<OwnershipChanges, 'onLateAnswer'>,
  log: Log,
): void {
  let offering: Promise<void> | undefined;
  const take = async (answer: LateAnswer): Promise<boolean> => changes.onLateAnswer(answer);
  onMail((slot) => {
    if (slot !== undefined) return;
    offering ??= offerLateAnswers(sessions, take, log).finally(() => {
      offering = undefined;
    });
  });
}

/**
 * Holds what may have been sent before a restore, and notifies admins of each hold without waiting.
 */
async function checkRestored(context: BotContext, stores: Stores, notices: Notices) {
  return holdIfRestored({
    ...stores,
    hasCompany: stores.shared?.hasCompany,
    store: stores.tasks,
    endUploads: async () => endUnknownUploads({ ...stores, store: stores.namedAssetStore }),
    clock: {
      ...bestKnownTime(context),
      isKnown: () => context.clock.isKnown(),
      onceKnown(then) {
        context.clock.onceKnown(then);
      },
    },
    log: context.log,
    onHeld(before, after) {
      if (after.money.state === 'held' && before.money.state !== 'held') void notices.held(after);
    },
  });
}

/** Removes video files that belong to no task, once the time is known. */
async function removeOrphans(
  files: VideoFiles,
  unfinished: ReadonlySet<string>,
  { clock, log }: BotContext,
): Promise<void> {
  const orphans = await files.findOrphans(unfinished);
  clock.onceKnown(() => {
    files.removeOrphanFiles(orphans).catch((cause: unknown) => {
      log.warn({ err: cause }, 'orphaned video files could not be removed');
    });
  });
}
