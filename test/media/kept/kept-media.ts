import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Clock } from '../../../src/app/ports/core.ts';
import type { MediaToKeep } from '../../../src/app/ports/media-store-port.ts';
import { systemClock } from '../../../src/app/system-clock.ts';
import type { TaskId } from '../../../src/domain/tasks/task-id.ts';
import { taskIdSchema } from '../../../src/domain/tasks/task-id.ts';
import { openMediaStore } from '../../../src/media/kept/media-store.ts';
import { recordingLog } from '../../fakes/log.ts';
import { tempFolder } from '../media-fixture.ts';

const KEY = randomBytes(32);

/** Ids in the order of their numbers. */
export const idOf = (number: number): TaskId =>
  taskIdSchema.parse(String(1_300_000_000_000_000_000n + BigInt(number)));

export const picture = (number: number, option: MediaToKeep['option'] = 'image1'): MediaToKeep => ({
  taskId: idOf(number),
  option,
  filename: 'picture.png',
  mimeType: 'image/png',
  width: 1280,
  height: 720,
});

export async function* parts(...content: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* content;
}

interface StoreOptions {
  readonly folder?: string;
  readonly maxBytes?: number;
  readonly key?: Uint8Array;
  readonly isShared?: boolean;
  readonly clock?: Pick<Clock, 'now' | 'onceKnown'>;
}

/** A store of copies in a folder of this test's own. */
export async function aMediaStore({
  folder,
  maxBytes = 10_000_000,
  key = KEY,
  isShared = false,
  clock = systemClock,
}: StoreOptions = {}) {
  const log = recordingLog();
  const used = folder ?? join(await tempFolder(), 'media');
  const options = { folder: used, maxBytes, key, log, isShared, clock };
  return { store: openMediaStore(options), folder: used, log };
}
