import { isHeld } from '../../domain/ledger/money-sides.ts';
import type { Plan, PlannedRoute } from '../../domain/tasks/plan.ts';
import { withoutUnknown } from '../../domain/tasks/task.ts';
import type { Task } from '../../domain/tasks/task.ts';
import type { BotMessages } from '../ports/bot-messages-port.ts';
import type { MediaStore } from '../ports/media-store-port.ts';
import { changeTask } from './task-changes.ts';
import type { TaskChangeDeps } from './task-changes.ts';

export interface EraseDeps extends TaskChangeDeps {
  readonly messages: Pick<BotMessages, 'remove'>;
  readonly media: Pick<MediaStore, 'delete'>;
}

/** What became of a wish to delete. `not-ended`: a task that has not ended is not deletable. */
export type Erased = 'erased' | 'not-ended' | 'message-stays';

/**
 * Deletes a task's message, its forward, media, prompt and settings. Its money and its line in the
 * journal stay. The prompt goes first, so that a crash leaves nothing that can be read.
 */
export async function eraseVideo(deps: EraseDeps, { id }: Pick<Task, 'id'>): Promise<Erased> {
  let before: Task | undefined;
  await changeTask(deps, id, (task) => {
    before = task;
    return task.stage.name === 'ended' ? erased(task) : undefined;
  });
  if (before === undefined) return 'erased';
  if (before.stage.name !== 'ended') return 'not-ended';
  await deps.media.delete([id]);
  const removals = await Promise.all(
    placesOf(before).map(async (place) => deps.messages.remove(place)),
  );
  return removals.includes('failed') ? 'message-stays' : 'erased';
}

/**
 * Deletes the media, prompt and settings of a task that is kept for its money alone, which is held:
 * it is too old, or its member deleted their data. Its message stays, so that it says how the hold was resolved. Resolves with whether there was
 * something to delete.
 */
export async function emptyHeld(
  deps: TaskChangeDeps & Pick<EraseDeps, 'media'>,
  { id }: Pick<Task, 'id'>,
): Promise<boolean> {
  let wasEmpty = true;
  const now = await changeTask(deps, id, (task) => {
    if (task.stage.name !== 'ended' || !isHeld(task) || task.isErased === true) return undefined;
    wasEmpty = false;
    return emptied(task);
  });
  // Also where a crash came between the two.
  if (now?.isErased === true) await deps.media.delete([id]);
  return !wasEmpty;
}

/** A result that is found later is booked, but there is no message to bring it to. */
function erased(task: Task): Task {
  return { ...emptied(task), address: { ...task.address, deliveryPath: 'lost' } };
}

/** What the books and the journal read stays: routes, lengths, resolutions, quotes. */
function emptied(whole: Task): Task {
  const { leftOut: _leftOut, isShared: _isShared, ...task } = withoutUnknown(whole);
  return {
    ...task,
    plan: withoutRatios(task.plan),
    secrets: {},
    isErased: true,
  };
}

function withoutRatios(plan: Plan): Plan {
  const [first, ...others] = plan.routes;
  return { ...plan, routes: [withoutRatio(first), ...others.map(withoutRatio)] };
}

function withoutRatio({ ratio: _ratio, ...planned }: PlannedRoute): PlannedRoute {
  return planned;
}

function placesOf({ address, gallery }: Task) {
  const { channelId, messageId, repostId } = address;
  return [
    ...[messageId, repostId].map((id) => ({ channelId, messageId: id })),
    { channelId: gallery?.channelId ?? '', messageId: gallery?.messageId },
  ].flatMap(({ channelId: where, messageId: id }) =>
    id === undefined ? [] : [{ channelId: where, messageId: id }],
  );
}
