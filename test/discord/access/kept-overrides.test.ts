import { expect, it } from 'vitest';
import { createKeptOverrides } from '../../../src/discord/access/kept-overrides.ts';
import { APPLICATION_ID } from '../../fakes/a-task.ts';
import { fakeClock } from '../../fakes/clock.ts';
import { recordingLog } from '../../fakes/log.ts';

it('forgets the server that was used least recently', async () => {
  const reads: string[] = [];
  const kept = createKeptOverrides({
    clock: fakeClock(),
    log: recordingLog(),
    renewMs: 60_000,
    maxGuilds: 2,
    async read(guildId) {
      reads.push(guildId);
      return new Map();
    },
  });
  for (const guildId of ['1', '2', '1', '3', '1', '2']) await kept.renew(guildId, APPLICATION_ID);
  expect(reads).toEqual(['1', '2', '3', '2']);
  expect(kept.last('3')).toBeUndefined();
  expect(kept.last('1')).toEqual(new Map());
});
