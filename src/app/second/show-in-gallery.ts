import type { Task } from '../../domain/tasks/task.ts';
import type { ChannelAudience } from '../ports/channel-audience-port.ts';
import type { Log } from '../ports/core.ts';
import { forwardToGallery } from './forward-to-gallery.ts';
import type { GalleryDeps } from './forward-to-gallery.ts';

/** Shows finished videos in the gallery of guilds that want all of them there. */
export interface Gallery {
  /**
   * Does not wait, and never throws: the gallery is no concern of the task. `hasSmaller`: whether a
   * smaller copy is on its message.
   */
  delivered(task: Task, hasSmaller?: boolean): void;
  /** Resolves when nothing is being forwarded. */
  settled(): Promise<void>;
}

export function createGallery(
  deps: GalleryDeps & { readonly audience: ChannelAudience; readonly log: Log },
): Gallery {
  const forwarding = new Set<Promise<void>>();
  return {
    delivered(task, hasSmaller = false) {
      if (task.restored === true || !(hasSmaller || isOnMessage(task))) return;
      const tenure = deps.ownership.tenureOf(task.guildId);
      if (tenure === undefined) return;
      const shown = tenure
        .during(async () => showIfWanted(deps, task))
        .catch((cause: unknown) => {
          deps.log.warn({ err: cause, taskId: task.id }, 'video not shown in the gallery');
        })
        .finally(() => {
          forwarding.delete(shown);
        });
      forwarding.add(shown);
    },
    async settled() {
      await Promise.all(forwarding);
    },
  };
}

async function showIfWanted(
  deps: GalleryDeps & { readonly audience: ChannelAudience },
  task: Task,
): Promise<void> {
  const { gallery, galleryMode } = await deps.guilds.get(task.guildId);
  if (gallery === undefined) return;
  // Shared while its smaller copy was made.
  const isWanted =
    task.isShared === true ||
    (galleryMode === 'all' && (await isForAll(deps.audience, task, gallery)));
  if (isWanted) await forwardToGallery(deps, task, gallery);
}

/** Whether the message has the video or its link, so that a forward shows it. */
function isOnMessage({ stage, secrets }: Task): boolean {
  if (stage.name !== 'ended' || stage.outcome.kind !== 'delivered') return false;
  const { how } = stage.outcome;
  return how === 'attachment' || (how === 'link' && secrets.resultNeedsKey !== true);
}

/**
 * Whether everyone may see the video there: its channel is read by every member, and is no more
 * age-restricted than the gallery. What Discord does not say is no.
 */
async function isForAll(
  audience: ChannelAudience,
  { guildId, address: { channelId } }: Task,
  gallery: string,
): Promise<boolean> {
  const [isOpen, isRestricted, isGalleryRestricted] = await Promise.all([
    audience.isReadByEveryone(guildId, channelId),
    audience.isAgeRestricted(guildId, channelId),
    audience.isAgeRestricted(guildId, gallery),
  ]);
  if (isOpen !== true) return false;
  return isRestricted === false || isGalleryRestricted === true;
}
