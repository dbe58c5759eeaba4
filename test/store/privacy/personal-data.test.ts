import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { PendingConfirmation } from '../../../src/app/ports/confirmation-port.ts';
import { personalFile } from '../../../src/discord/render/personal-file.ts';
import { createCipher } from '../../../src/store/records/cipher.ts';
import { createConfirmationStore } from '../../../src/store/confirmations/confirmation-store.ts';
import { createPersonalDataStore } from '../../../src/store/privacy/retention-store.ts';
import { aRequest } from '../../fakes/a-request.ts';
import { GUILD_ID, MEMBER_ID } from '../../fakes/a-task.ts';
import { NOON } from '../../fakes/clock.ts';
import { memoryRecords } from '../../fakes/memory-records.ts';
import type { MemoryRecords } from '../../fakes/memory-records.ts';

const OTHER_ID = '1300000000000000021';
const pending = (id: string, memberId = MEMBER_ID): PendingConfirmation => ({
  id,
  guildId: GUILD_ID,
  memberId,
  route: 'jimmy/seedance2.0-sp',
  request: aRequest({ prompt: `a kite of ${id}` }),
  shown: {
    kind: 'priced',
    micros: 2n ** 60n,
    currency: 'USD',
    price: { amount: '1', currency: 'USD', per: 'task' },
  },
  expiresAt: NOON,
});

function storeOver(records: MemoryRecords, key = randomBytes(32)) {
  const cipher = createCipher(key);
  const confirmations = createConfirmationStore(records, cipher);
  const personal = createPersonalDataStore({ records, cipher, key }, confirmations);
  return { confirmations, personal };
}

describe('a request whose price was not confirmed', () => {
  it('is shown to its member with what was asked, expired or not, and to nobody else', async () => {
    const { confirmations, personal } = storeOver(memoryRecords());
    await confirmations.put(pending('1'));
    await confirmations.put(pending('2', OTHER_ID));
    const data = await personal.read(MEMBER_ID);
    expect(data.pending).toEqual([pending('1')]);
    const file = Buffer.from(personalFile(data, MEMBER_ID).bytes).toString('utf8');
    expect(file).toContain('a kite of 1');
    expect(file).not.toContain('a kite of 2');
    expect(file).toContain(`"micros": "${2n ** 60n}"`);
  });

  it('is deleted with the member’s data, so that its button does nothing any more', async () => {
    const records = memoryRecords();
    const { confirmations, personal } = storeOver(records);
    await confirmations.put(pending('1'));
    await confirmations.put(pending('2', OTHER_ID));
    await expect(personal.delete(MEMBER_ID)).resolves.toMatchObject({ pending: 1, tasks: 0 });
    await expect(confirmations.get('1')).resolves.toBeUndefined();
    await expect(confirmations.get('2')).resolves.toEqual(pending('2', OTHER_ID));
  });

  it('is counted, and deleted, where the key that sealed it was lost', async () => {
    const records = memoryRecords();
    await storeOver(records).confirmations.put(pending('1'));
    const { personal } = storeOver(records);
    const [kept] = (await personal.read(MEMBER_ID)).pending;
    expect(kept).toMatchObject({ id: '1', guildId: GUILD_ID });
    expect(kept).not.toHaveProperty('request');
    await expect(personal.delete(MEMBER_ID)).resolves.toMatchObject({ pending: 1 });
    expect(records.byKey.size).toBe(0);
  });

  it('that was confirmed is the task’s alone: nothing of it is left here', async () => {
    const records = memoryRecords();
    const { confirmations, personal } = storeOver(records);
    await confirmations.put(pending('1'));
    await records.write([confirmations.used('1')]);
    expect((await personal.read(MEMBER_ID)).pending).toEqual([]);
    await expect(personal.delete(MEMBER_ID)).resolves.toMatchObject({ pending: 0 });
    // It still says that the button was used.
    expect(records.byKey.size).toBe(1);
  });
});

describe('a member who asks for prices and never clicks', () => {
  it('has a hundred requests waiting at most, the newest, and takes nobody else’s place', async () => {
    const records = memoryRecords();
    const { confirmations, personal } = storeOver(records);
    await confirmations.put(pending('other', OTHER_ID));
    for (let number = 1; number <= 120; number += 1) {
      await confirmations.put(pending(String(number)));
      if (number === 3) await records.write([confirmations.used('3')]);
    }
    const waiting = (await personal.read(MEMBER_ID)).pending.map(({ id }) => Number(id));
    expect(waiting.toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 100 }, (_, index) => 21 + index),
    );
    // What was clicked still says so.
    expect(records.byKey.get('confirm:3')).toEqual({ isUsed: true });
    await expect(confirmations.get('other')).resolves.toBeDefined();
    await confirmations.sweep(NOON + 1);
    expect(records.byKey.size).toBe(0);
  });
});
