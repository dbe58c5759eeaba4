import { createHash } from 'node:crypto';
import type { MediaToKeep } from '../../app/ports/media-store-port.ts';
import type { KeptMedia, KeptReference } from '../../domain/routes/kept-media.ts';

/** Last frames in memory, of clips whose media are not kept: from a click until the create is sent. */
export interface HeldFrames {
  /** Holds a frame, for which the oldest make room; `undefined` if it is larger than all of it. */
  hold(about: MediaToKeep, content: Buffer): KeptMedia | undefined;
  find(taskId: string): KeptMedia | undefined;
  read(reference: KeptReference): Buffer | undefined;
}

interface HeldFrame {
  readonly kept: KeptMedia;
  readonly content: Buffer;
}

export function createHeldFrames(maxBytes: number): HeldFrames {
  const byTask = new Map<string, HeldFrame>();
  let total = 0;

  function drop(taskId: string): void {
    total -= byTask.get(taskId)?.content.length ?? 0;
    byTask.delete(taskId);
  }

  return {
    hold(about, content) {
      drop(about.taskId);
      if (content.length > maxBytes) return undefined;
      for (const taskId of byTask.keys()) {
        if (total + content.length <= maxBytes) break;
        drop(taskId);
      }
      const sha256 = createHash('sha256').update(content).digest('hex');
      const kept = { ...about, sha256, bytes: content.length };
      byTask.set(about.taskId, { kept, content });
      total += content.length;
      return kept;
    },
    find: (taskId) => byTask.get(taskId)?.kept,
    read({ taskId, sha256 }) {
      const held = byTask.get(taskId);
      return held?.kept.sha256 === sha256 ? held.content : undefined;
    },
  };
}
