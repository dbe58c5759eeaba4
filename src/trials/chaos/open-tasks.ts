import { setTimeout as wait } from 'node:timers/promises';
import type { z } from 'zod';
import { openRecordSchema } from '../../domain/tasks/task.ts';
import type { RecordReader } from '../../app/ports/record-store-port.ts';
import type { StoreAddress } from '../../store/store-address.ts';
import { patiently } from './patiently.ts';
import { openForReading } from './read-store.ts';
import { OPEN_PREFIX, taskKey } from '../../store/tasks/task-keys.ts';

const CHECK_EVERY_MS = 25;

/** Watches the bot's store until no task is open; resolves to false when the limit passes first. */
export async function waitUntilAllEnded(store: StoreAddress, limitMs: number): Promise<boolean> {
  return watchRecords(store, limitMs, async (records) => {
    return (await records.keysUnder(OPEN_PREFIX)).length === 0;
  });
}

/** Watches until a task waits to be sent again; resolves to false when the limit passes first. */
export async function waitUntilOneWaits(store: StoreAddress, limitMs: number): Promise<boolean> {
  return waitForOpen(store, limitMs, (tasks) =>
    tasks.some(({ stage }) => stage.name === 'queued' && stage.creates > 0),
  );
}

/** An open task without its secrets. */
export type OpenTask = z.output<typeof openRecordSchema>;

/** Watches until the open tasks are as wanted; resolves to false when the limit passes first. */
export async function waitForOpen(
  store: StoreAddress,
  limitMs: number,
  areAsWanted: (tasks: readonly OpenTask[]) => boolean,
): Promise<boolean> {
  return watchRecords(store, limitMs, async (records) => {
    const keys = await records.keysUnder(OPEN_PREFIX);
    const ids = keys.map((key) => key.slice(OPEN_PREFIX.length));
    const tasks = await records.getMany(ids.map(taskKey));
    return areAsWanted(tasks.flatMap((task) => openRecordSchema.safeParse(task).data ?? []));
  });
}

/** Watches the bot's store until it is as wanted; resolves to false when the limit passes first. */
export async function watchRecords(
  store: StoreAddress,
  limitMs: number,
  isMet: (records: RecordReader) => Promise<boolean>,
): Promise<boolean> {
  const until = Date.now() + limitMs;
  return store.kind === 'sqlite'
    ? watchUntil(store, until, isMet)
    : patiently(async () => watchUntil(store, until, isMet));
}

async function watchUntil(
  store: StoreAddress,
  until: number,
  isMet: (records: RecordReader) => Promise<boolean>,
): Promise<boolean> {
  const records = await openForReading(store);
  try {
    for (;;) {
      if (await isMet(records)) return true;
      if (Date.now() >= until) return false;
      await wait(CHECK_EVERY_MS);
    }
  } finally {
    await records.close();
  }
}
