import { expect, it } from 'vitest';
import type { Letters } from '../../src/bot/letters.ts';
import { hearsEachChange, passOnPermissions } from '../../src/bot/pass-on-permissions.ts';
import { recordingLog } from '../fakes/log.ts';

const OWN = '1300000000000000010';
const STRANGE = '1300000000000000011';

const changeIn = (guildId: string) => ({
  id: '1300000000000000070',
  application_id: '1300000000000000001',
  guild_id: guildId,
  permissions: [{ id: guildId, type: 1, permission: false }],
});

/** A process that has one of two servers, and what becomes of the letters that it sends. */
function passing(send: () => Promise<'taken' | 'not-taken'> = async () => 'taken') {
  const sent: unknown[] = [];
  const taken: unknown[] = [];
  const arriving: ((raw: unknown) => void)[] = [];
  const log = recordingLog();
  const letters: Pick<Letters, 'send' | 'onPermissions'> = {
    async send(guildId, letter) {
      sent.push({ guildId, letter });
      return send();
    },
    onPermissions: (then) => void arriving.push(then),
  };
  const ownership = { owns: (guildId: string): boolean => guildId === OWN };
  const take = (raw: unknown): void => void taken.push(raw);
  const hear = passOnPermissions({ ownership, log }, letters, take);
  const arrive = (raw: unknown): void => {
    for (const then of arriving) then(raw);
  };
  return { hear, arrive, sent, taken, log };
}

it('takes each change, and passes on those of servers that another process has', () => {
  const { hear, sent, taken } = passing();
  const changes = [changeIn(OWN), changeIn(STRANGE)];
  for (const change of changes) hear(change);
  expect(taken).toEqual(changes);
  const letter = { kind: 'permissions', raw: changes[1] };
  expect(sent).toEqual([{ guildId: STRANGE, letter }]);
});

it('takes what arrives by letter, and does not pass that on', () => {
  const { arrive, sent, taken } = passing();
  arrive(changeIn(STRANGE));
  expect(taken).toEqual([changeIn(STRANGE)]);
  expect(sent).toEqual([]);
});

it('passes on nothing that it does not understand', () => {
  const { hear, sent, taken } = passing();
  for (const raw of [undefined, {}, { ...changeIn(STRANGE), permissions: 1 }]) hear(raw);
  expect(taken).toHaveLength(3);
  expect(sent).toEqual([]);
});

it.each<[string, () => Promise<'taken' | 'not-taken'>]>([
  ['no process has taken', async () => 'not-taken'],
  ['could not be sent', async () => Promise.reject(new Error('the database is away'))],
])('sends a letter once that %s', async (_what, send) => {
  const { hear, sent, log } = passing(send);
  hear(changeIn(STRANGE));
  await expect.poll(() => log.lines.length).toBe(1);
  expect(sent).toHaveLength(1);
});

it.each([
  [true, 'with the gateway and the store alone', undefined, undefined],
  [false, 'beside other processes', undefined, { onPermissions: () => undefined }],
  [false, 'without the gateway', 'a key', undefined],
])('hears of each change: %s, %s', (expected, _where, publicKey, letters) => {
  expect(hearsEachChange({ publicKey }, letters)).toBe(expected);
});

it('takes every change itself where no other process shares the store', () => {
  const taken: unknown[] = [];
  const deps = { ownership: { owns: () => false }, log: recordingLog() };
  const hear = passOnPermissions(deps, undefined, (raw) => void taken.push(raw));
  hear(changeIn(STRANGE));
  expect(taken).toEqual([changeIn(STRANGE)]);
});
