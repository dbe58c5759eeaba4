import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { PendingConfirmation } from '../../../src/app/ports/confirmation-port.ts';
import { createConfirmationStore } from '../../../src/store/confirmations/confirmation-store.ts';
import { createCipher } from '../../../src/store/records/cipher.ts';
import { aRequest } from '../../fakes/a-request.ts';
import { GUILD_ID, MEMBER_ID } from '../../fakes/a-task.ts';
import { NOON } from '../../fakes/clock.ts';
import { memoryRecords } from '../../fakes/memory-records.ts';

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

describe('a pending confirmation', () => {
  const cipher = createCipher(randomBytes(32));

  it('keeps its offer and the key to its answer, also for a later process', async () => {
    const records = memoryRecords();
    await createConfirmationStore(records, cipher).put(PENDING);
    const later = createConfirmationStore(records, cipher);
    await expect(later.get(ID)).resolves.toEqual(PENDING);
  });

  it('has the token of its answer in it only encrypted', async () => {
    const records = memoryRecords();
    await createConfirmationStore(records, cipher).put(PENDING);
    expect(JSON.stringify([...records.byKey])).not.toContain(TOKEN);
    expect(JSON.stringify([...records.byKey])).toContain('sealed');
  });

  it('keeps what was typed in place of a length, encrypted like the request', async () => {
    const records = memoryRecords();
    const offer = { ...PENDING, typedDuration: 'a secret' };
    await createConfirmationStore(records, cipher).put(offer);
    expect(JSON.stringify([...records.byKey])).not.toContain('a secret');
    const later = createConfirmationStore(records, cipher);
    await expect(later.get(ID)).resolves.toEqual(offer);
    const [kept] = await later.ofMember(MEMBER_ID);
    expect(kept).toMatchObject({ request: PENDING.request, typedDuration: 'a secret' });
  });

  it('gives away neither token nor offer once it is used', async () => {
    const records = memoryRecords();
    const confirmations = createConfirmationStore(records, cipher);
    await confirmations.put(PENDING);
    await records.write([confirmations.used(ID)]);
    expect(records.byKey.get(`confirm:${ID}`)).toEqual({ isUsed: true });
    await expect(confirmations.get(ID)).resolves.toBeUndefined();
  });

  it('of an older version has no answer to edit', async () => {
    const records = memoryRecords();
    const { answer: _, cheaper: __, ...older } = PENDING;
    await createConfirmationStore(records, cipher).put(older);
    await expect(createConfirmationStore(records, cipher).get(ID)).resolves.toEqual(older);
  });

  it('shows a member no token', async () => {
    const records = memoryRecords();
    const confirmations = createConfirmationStore(records, cipher);
    await confirmations.put(PENDING);
    const [kept] = await confirmations.ofMember(MEMBER_ID);
    expect(kept).toMatchObject({ id: ID });
    expect(kept).not.toHaveProperty('answer');
  });
});
