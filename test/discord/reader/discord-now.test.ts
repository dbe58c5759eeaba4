import { expect, it } from 'vitest';
import { discordNow } from '../../../src/discord/reader/discord-now.ts';
import { backupName } from '../../../src/store/backup/back-up.ts';
import { NOON } from '../../fakes/clock.ts';
import { startRestServer } from '../../fakes/rest-server.ts';

it.each([
  ['500 days ahead', 500],
  ['a year behind', -365],
  ['right', 0],
])('a copy made on a machine whose clock is %s has Discord’s time in its name', async (_, days) => {
  const server = await startRestServer();
  const headers = { date: new Date(NOON).toUTCString() };
  server.answers.push({ status: 200, body: { url: 'wss://gateway.test' }, headers });
  const now = (): number => NOON + days * 86_400_000;
  const nowMs = await discordNow({ apiUrl: server.url, token: 't', now });
  expect(backupName(Math.min(nowMs ?? 0, NOON))).toBe('clapper-20261120-120000.sqlite');
  expect(nowMs).toBeLessThanOrEqual(NOON + 1000);
});

it('the copy does not wait long if Discord cannot be reached', async () => {
  const options = { apiUrl: 'http://127.0.0.1:9', token: 't', now: () => NOON };
  await expect(discordNow(options)).resolves.toBeUndefined();
});
