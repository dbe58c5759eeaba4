import { linkSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startBotProcess } from '../../src/sandbox/bot-process.ts';
import type { BotProcess } from '../../src/sandbox/bot-process.ts';
import { startBotTestbed } from './bot-testbed.ts';
import type { BotTestbed } from './bot-testbed.ts';
import { callVideo, hasClip, tasksOf } from './video-call.ts';

let testbed: BotTestbed;
let others: readonly BotProcess[] = [];

/** Each waits for half a minute: all of them at the same time. */
beforeAll(async () => {
  testbed = await startBotTestbed({ env: { SHUTDOWN_SECONDS: '0' } });
  const store = join(testbed.folder, 'clapper.sqlite');
  const other = join(testbed.folder, 'other');
  mkdirSync(other);
  symlinkSync(store, join(other, 'symbolic.sqlite'));
  linkSync(store, join(other, 'hard.sqlite'));
  symlinkSync(testbed.folder, join(other, 'folder'));
  const second = (storePath: string, cwd = testbed.folder): BotProcess =>
    startBotProcess({
      env: { ...testbed.env, STORE_URL: `sqlite://${storePath}`, DATA_DIR: other },
      cwd,
    });
  others = [
    second(store),
    second('./clapper.sqlite'),
    second('../clapper.sqlite', other),
    second(join(other, 'symbolic.sqlite')),
    second(join(other, 'hard.sqlite')),
    second(join(other, 'folder', 'clapper.sqlite')),
  ];
});
afterAll(async () => {
  for (const bot of others) bot.kill('SIGKILL');
  await testbed.close();
});

it('a second process on a store, by whatever path it is named, exits with 1', async () => {
  const codes = await Promise.all(others.map(async ({ exited }) => exited));
  expect(codes).toEqual(others.map(() => 1));
  for (const { errors } of others) {
    expect(errors.join('\n')).toMatch(/^Clapper could not start: .*another process/im);
  }
  const call = await callVideo(testbed, 'A twin who comes by the back door');
  await call.waitFor(hasClip);
  expect(tasksOf(testbed, 'A twin who comes by the back door')).toHaveLength(1);
});
