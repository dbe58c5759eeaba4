import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { PendingConfirmation } from '../../../src/app/ports/confirmation-port.ts';
import { createConfirmationStore } from '../../../src/store/confirmations/confirmation-store.ts';
import { createWaitingList } from '../../../src/store/confirmations/waiting-list.ts';
import { createCipher } from '../../../src/store/records/cipher.ts';
import { aRequest } from '../../fakes/a-request.ts';
import { GUILD_ID, MEMBER_ID } from '../../fakes/a-task.ts';
import { NOON, fakeClock } from '../../fakes/clock.ts';
import { HOUR_MS } from '../../../src/domain/time-units.ts';
import { memoryRecords } from '../../fakes/memory-records.ts';
import type { MemoryRecords } from '../../fakes/memory-records.ts';

const ID = '1300000000000000001';
const TOKEN = 'a-secret-token-of-an-answer';
const PENDING: PendingConfirmation = {
  id: ID,
  guildId: GUILD_ID,
  memberId: MEMBER_ID,
  route: 'jimmy/seedance2.0-sp',
  request: aRequest({ resolution: '1080p' }),
  shown: { kind: 'unknown' },
  cheaper: { resolution: '720p', shown: { kind: 'unknown' } },
  answer: { applicationId: '1', token: TOKEN },
  expiresAt: NOON,
};

const cipher = createCipher(randomBytes(32));

/** A process's store, and the list that it goes by. */
function aStore(records: MemoryRecords, waiting = createWaitingList(fakeClock())) {
  return createConfirmationStore(records, cipher, waiting);
}

describe('a pending confirmation', () => {
  it('keeps its offer and the key to its answer, also for a later process', async () => {
    const records = memoryRecords();
    await aStore(records).put(PENDING);
    const later = aStore(records);
    await expect(later.get(ID)).resolves.toEqual(PENDING);
  });

  it('has the token of its answer in it only encrypted', async () => {
    const records = memoryRecords();
    await aStore(records).put(PENDING);
    expect(JSON.stringify([...records.byKey])).not.toContain(TOKEN);
    expect(JSON.stringify([...records.byKey])).toContain('sealed');
  });

  it('keeps what was typed in place of a length, encrypted like the request', async () => {
    const records = memoryRecords();
    const offer = { ...PENDING, typedDuration: 'a secret' };
    await aStore(records).put(offer);
    expect(JSON.stringify([...records.byKey])).not.toContain('a secret');
    const later = aStore(records);
    await expect(later.get(ID)).resolves.toEqual(offer);
    const [kept] = await later.ofMember(MEMBER_ID);
    expect(kept).toMatchObject({ request: PENDING.request, typedDuration: 'a secret' });
  });

  it('gives away neither token nor offer once it is used', async () => {
    const records = memoryRecords();
    const confirmations = aStore(records);
    await confirmations.put(PENDING);
    await records.write([confirmations.used(ID)]);
    expect(records.byKey.get(`confirm:${ID}`)).toEqual({ isUsed: true });
    await expect(confirmations.get(ID)).resolves.toBeUndefined();
  });

  it('of an older version has no answer to edit', async () => {
    const records = memoryRecords();
    const { answer: _, cheaper: __, ...older } = PENDING;
    await aStore(records).put(older);
    await expect(aStore(records).get(ID)).resolves.toEqual(older);
  });

  it('shows a member no token', async () => {
    const records = memoryRecords();
    const confirmations = aStore(records);
    await confirmations.put(PENDING);
    const [kept] = await confirmations.ofMember(MEMBER_ID);
    expect(kept).toMatchObject({ id: ID });
    expect(kept).not.toHaveProperty('answer');
  });
});

describe('the waiting confirmations in the memory of a process that deletes no records', () => {
  it('are those of the last hour, and those opened again since', async () => {
    const [clock, records] = [fakeClock(), memoryRecords()];
    const waiting = createWaitingList(clock);
    const confirmations = aStore(records, waiting);
    for (let number = 0; number < 50; number += 1) {
      await confirmations.put({ ...PENDING, id: `1${number}`, memberId: `2${number}` });
    }
    await clock.advance(HOUR_MS / 2);
    await confirmations.extend({ ...PENDING, id: '17', memberId: '27' }, NOON + 2 * HOUR_MS);
    expect(waiting.size()).toBe(50);
    await clock.advance(HOUR_MS / 2 + 1);
    await confirmations.put(PENDING);
    expect(waiting.size()).toBe(2);
    await records.write([confirmations.used('17')]);
    expect(waiting.size()).toBe(1);
  });

  it('are a hundred of one member, of which the oldest makes room, opened again or not', async () => {
    const records = memoryRecords();
    const confirmations = aStore(records);
    for (let number = 100; number < 200; number += 1) {
      await confirmations.put({ ...PENDING, id: `1${number}` });
    }
    await confirmations.extend({ ...PENDING, id: '1100' }, NOON + HOUR_MS);
    await confirmations.put({ ...PENDING, id: '1', memberId: '2' });
    expect(records.byKey.size).toBe(101);
    await confirmations.put(PENDING);
    expect(records.byKey.size).toBe(101);
    await expect(confirmations.get('1100')).resolves.toBeUndefined();
    await expect(confirmations.get('1101')).resolves.toBeDefined();
  });
});
