import { isHeld } from '../domain/ledger/money-sides.ts';
import type { Task } from '../domain/tasks/task.ts';
import { SECOND_MS } from '../domain/time-units.ts';
import type { BotMessages, MessagePlace } from './ports/bot-messages-port.ts';
import type { Clock } from './ports/core.ts';
import type { MessageRemoval } from './ports/message-removal-port.ts';

/** Between two messages: Discord allows about one deletion a second of older messages. */
const PACE_MS = SECOND_MS;

/** So many messages of one member are deleted at most: it takes eight minutes. */
export const MAX_REMOVED = 500;

/** Creates the removal; `stop` ends it between two messages. */
export function createMessageRemoval(
  messages: Pick<BotMessages, 'remove'>,
  clock: Pick<Clock, 'after'>,
): MessageRemoval & { readonly stop: () => void } {
  const waits = new Set<() => void>();
  let isStopped = false;

  /** Never resolves once it is stopped. */
  async function pace(): Promise<void> {
    await new Promise<void>((resolve) => {
      if (isStopped) return;
      const cancel = clock.after(PACE_MS, () => {
        waits.delete(cancel);
        resolve();
      });
      waits.add(cancel);
    });
  }

  async function removeAll(places: readonly MessagePlace[]): Promise<number> {
    let gone = 0;
    for (const place of places) {
      await pace();
      if ((await messages.remove(place)) !== 'failed') gone += 1;
    }
    return gone;
  }

  return {
    start: (places, onEnd) => void removeAll(places.slice(0, MAX_REMOVED)).then(onEnd),
    stop() {
      isStopped = true;
      for (const cancel of waits) cancel();
      waits.clear();
    },
  };
}

/** The messages of a video that is over: its own, and its forward in the gallery. */
export function messagesOf(task: Task): MessagePlace[] {
  if (task.stage.name !== 'ended' || isHeld(task) || task.isErased === true) return [];
  const { channelId, messageId, repostId } = task.address;
  const own = repostId ?? messageId;
  const forward = task.gallery;
  return [
    ...(own === undefined ? [] : [{ channelId, messageId: own }]),
    ...(forward?.messageId === undefined
      ? []
      : [{ channelId: forward.channelId, messageId: forward.messageId }]),
  ];
}
