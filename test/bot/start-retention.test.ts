import { expect, it } from 'vitest';
import { OWNS_ALL } from '../../src/app/owns-all.ts';
import { createResources } from '../../src/bot/resources.ts';
import { startOrphanedMediaCleanup } from '../../src/bot/start-retention.ts';
import { fakeClock, settle } from '../fakes/clock.ts';
import { recordingLog } from '../fakes/log.ts';
import { memoryMedia } from '../fakes/memory-media.ts';
import { memoryRecords } from '../fakes/memory-records.ts';
import { parts, picture } from '../media/kept/kept-media.ts';

/** A start that finds media of a task that is gone, and does not know the time yet. */
async function startedEarly() {
  const media = memoryMedia();
  await media.keep(picture(1), parts(Buffer.from('a picture')));
  const waiting: (() => void)[] = [];
  const clock = { ...fakeClock(), onceKnown: (then: () => void) => void waiting.push(then) };
  const log = recordingLog();
  const resources = createResources(log);
  const context = { log, resources, ownership: OWNS_ALL, clock };
  startOrphanedMediaCleanup(context, { records: memoryRecords(), media });
  await settle();
  const learnTime = async (): Promise<void> => {
    for (const then of waiting) then();
    await settle();
  };
  return { media, resources, learnTime };
}

it('media of tasks that are gone are deleted once the time is known, not before', async () => {
  const { media, learnTime } = await startedEarly();
  expect(media.byName.size).toBe(1);
  await learnTime();
  expect(media.byName.size).toBe(0);
});

it('nothing is deleted where a stop comes before the time', async () => {
  const { media, resources, learnTime } = await startedEarly();
  await resources.closeAll();
  await learnTime();
  expect(media.byName.size).toBe(1);
});
