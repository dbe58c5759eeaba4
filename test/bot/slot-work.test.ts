import { expect, it, onTestFinished } from 'vitest';
import { OWNS_ALL } from '../../src/app/owns-all.ts';
import { createSlotWork } from '../../src/bot/slot-work.ts';
import type { SlotParts } from '../../src/bot/slot-work.ts';
import { ALL_SLOTS } from '../../src/domain/slots.ts';
import { recordingLog } from '../fakes/log.ts';
import { openRealStore } from '../fakes/real-store.ts';
import { temporaryFolder } from '../fakes/temporary-folder.ts';

const NO_COMPANY = { hadCompany: false, learnRoutes: async () => undefined };

const NOT_ASKED = async () => ({ kind: 'not-held' }) as const;

/** Slots as they come, over a store whose reads are counted; `read` is each read of open tasks. */
async function slotWorkWith(
  read: (slots: ReadonlySet<number>) => Promise<void>,
  learning: Pick<SlotParts, 'learnRoutes'> & { readonly hadCompany: boolean } = NO_COMPANY,
) {
  const real = await openRealStore(temporaryFolder());
  onTestFinished(async () => real.close());
  const { stores } = real;
  const counts = { recent: 0, open: 0 };
  const work = createSlotWork({
    stores: {
      ...stores,
      hadCompany: () => learning.hadCompany,
      async loadRecentIds() {
        counts.recent += 1;
        await stores.loadRecentIds();
      },
    },
    store: stores.tasks,
    holds: { resumeAnswered: NOT_ASKED },
    notices: { heldAgain: async () => undefined },
    ownership: OWNS_ALL,
    worker: {
      async resume(slots) {
        counts.open += 1;
        await stores.tasks.openIds(slots);
        await read(slots);
        return { taskIds: new Set(), creates: 0 };
      },
      letGo: async () => undefined,
    },
    namedAssets: { resume: () => undefined, letGo: async () => undefined },
    unstarted: { notifyLeftOver: async () => undefined },
    log: recordingLog(),
    learnRoutes: learning.learnRoutes,
    onResumed: () => undefined,
  });
  return { work, counts };
}

it('slots that come one by one while others are read are read together after that', async () => {
  const read: number[] = [];
  const { work, counts } = await slotWorkWith(async (slots) => {
    read.push(...slots);
  });
  const ready: number[] = [];
  await Promise.all(
    [...ALL_SLOTS].map(async (slot) => {
      await work.resume(new Set([slot]));
      // Nothing is served before its own tasks were read.
      expect(read).toContain(slot);
      ready.push(slot);
    }),
  );
  expect(counts).toEqual({ recent: 2, open: 2 });
  expect(read.toSorted((a, b) => a - b)).toEqual([...ALL_SLOTS]);
  expect(ready).toHaveLength(64);
});

it('slots whose read fails are not served, and those that come after it are', async () => {
  const failures = [new Error('the database is away')];
  const { work, counts } = await slotWorkWith(async () => {
    const [failure] = failures.splice(0);
    if (failure !== undefined) throw failure;
  });
  await expect(work.resume(new Set([1]))).rejects.toThrow('is away');
  await work.resume(new Set([1, 2]));
  expect(counts).toEqual({ recent: 2, open: 2 });
});

it.each([
  ['other processes', true, ['learned', 'read']],
  ['no other process', false, ['read']],
] as const)(
  'what was read by %s of lists of routes is learned before tasks are read',
  async (_, hadCompany, expected) => {
    const did: string[] = [];
    const { work } = await slotWorkWith(async () => void did.push('read'), {
      hadCompany,
      learnRoutes: async () => void did.push('learned'),
    });
    await work.resume(new Set([1]));
    expect(did).toEqual(expected);
  },
);
