import { taskIdOf } from './task-id-of.ts';
import { expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { taskKey } from '../../src/store/tasks/task-keys.ts';
import { WITH_ARK, openTestbed } from './bot-testbed.ts';
import { ANYFAST_MODEL, callVideo, createsOf, endedMessage, hasClip } from './video-call.ts';
import { openStoreOf } from './new-store.ts';

const HOUR = 3_600_000;
/** Time for the process to start before the hour is over. */
const START_MS = 10_000;

const endedSchema = z.looseObject({ stage: z.looseObject({ endedAt: z.number() }) });

it.each([
  ['anyfast', ANYFAST_MODEL],
  ['ark', 'ark/seedance-2.0'],
] as const)(
  'a task of %s that was given up is delivered by a later process when it is finished',
  async (provider, model) => {
    const testbed = await openTestbed({ env: { ...WITH_ARK, TASK_TIMEOUT_MINUTES: '0.01' } });
    onTestFinished(async () => testbed.close());
    const knobs = testbed.providers.knobs[provider];
    knobs.taskMs = Infinity;
    await testbed.start();
    const prompt = 'A snail on its way to the post office';
    const call = await callVideo(testbed, prompt, { model });
    expect((await endedMessage(testbed, call)).text).toContain('It still checks once an hour');
    const key = taskKey(await taskIdOf(testbed, call));
    await testbed.kill();

    // As if it had been given up almost an hour ago.
    const records = await openStoreOf(testbed);
    const task = endedSchema.parse(await records.get(key));
    const endedAt = Date.now() - HOUR + START_MS;
    await records.write([{ key, value: { ...task, stage: { ...task.stage, endedAt } } }]);
    await records.close();

    knobs.taskMs = 0;
    await testbed.start({ TASK_TIMEOUT_MINUTES: '60' });
    await call.waitFor(hasClip);
    expect(createsOf(testbed, prompt)).toHaveLength(1);
  },
);
