import { taskIdOf } from './task-id-of.ts';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { openSqliteRecords } from '../../src/store/records/sqlite-records.ts';
import { taskKey } from '../../src/store/tasks/task-keys.ts';
import { openStage } from './bot-stage.ts';
import { ANYFAST_MODEL, callVideo, createsOf, endedMessage, hasClip } from './video-call.ts';

const HOUR = 3_600_000;
/** Time for the process to start before the hour is over. */
const START_MS = 10_000;

const endedSchema = z.looseObject({ stage: z.looseObject({ endedAt: z.number() }) });

it('a task that was given up is delivered by a later process when it is finished', async () => {
  const stage = await openStage({ env: { TASK_TIMEOUT_MINUTES: '0.01' } });
  onTestFinished(async () => stage.close());
  stage.providers.knobs.anyfast.taskMs = Infinity;
  await stage.start();
  const prompt = 'A snail on its way to the post office';
  const call = await callVideo(stage, prompt, { model: ANYFAST_MODEL });
  expect((await endedMessage(stage, call)).text).toContain('It still asks once an hour');
  const key = taskKey(await taskIdOf(stage, call));
  await stage.kill();

  // As if it had been given up almost an hour ago.
  const records = await openSqliteRecords(join(stage.folder, 'clapper.sqlite'));
  const task = endedSchema.parse(await records.get(key));
  const endedAt = Date.now() - HOUR + START_MS;
  await records.write([{ key, value: { ...task, stage: { ...task.stage, endedAt } } }]);
  await records.close();

  stage.providers.knobs.anyfast.taskMs = 0;
  await stage.start({ TASK_TIMEOUT_MINUTES: '60' });
  await call.waitFor(hasClip);
  expect(createsOf(stage, prompt)).toHaveLength(1);
});
