import { expect, it } from 'vitest';
import { startBot } from '../../src/bot/start-bot.ts';
import type { ClosableRecords } from '../../src/bot/opened-records.ts';
import { configOf } from '../config/environment.ts';
import { fakeClock, settle } from '../fakes/clock.ts';
import { held } from '../fakes/held.ts';
import { recordingLog } from '../fakes/log.ts';
import { temporaryFolder } from '../fakes/temporary-folder.ts';

it('a start that is stopped and does not end is given up after the grace period', async () => {
  const clock = fakeClock();
  const stopping = new AbortController();
  const opening = held();
  const config = configOf({ DATA_DIR: temporaryFolder(), SHUTDOWN_SECONDS: '10' });
  const lifecycle = { stopping: stopping.signal, onFatal: () => undefined };
  const starting = startBot(config, recordingLog(), lifecycle, {
    clock,
    async openRecords() {
      opening.open();
      return new Promise<ClosableRecords>(() => undefined);
    },
  });
  const ended = starting.then(
    () => 'started',
    (cause: unknown) => String(cause),
  );
  const stillStarting = async () => Promise.race([ended, settle().then(() => 'still starting')]);
  await opening.opened;
  await clock.advance(60_000);
  stopping.abort();
  await clock.advance(9999);
  await expect(stillStarting()).resolves.toBe('still starting');
  await clock.advance(1);
  await expect(ended).resolves.toMatch(/did not end in time/);
});
