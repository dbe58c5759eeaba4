import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { PendingConfirmation } from '../../../src/app/ports/confirmation-port.ts';
import { personalJson } from '../../../src/discord/render/personal-file.ts';
import { createCipher } from '../../../src/store/records/cipher.ts';
import { createConfirmationStore } from '../../../src/store/confirmations/confirmation-store.ts';
import { createWaitingList } from '../../../src/store/confirmations/waiting-list.ts';
import { createPreferencesStore } from '../../../src/store/preferences/preferences-store.ts';
import { createPersonalDataStore } from '../../../src/store/privacy/personal-data-store.ts';
import { aRequest } from '../../fakes/a-request.ts';
import { GUILD_ID, MEMBER_ID, TASK_ID, aTask } from '../../fakes/a-task.ts';
import { aLedger } from '../../fakes/a-ledger.ts';
import { NOON, fakeClock } from '../../fakes/clock.ts';
import { recordingLog } from '../../fakes/log.ts';
import { DELETE_PREFIX } from '../../../src/store/tasks/task-keys.ts';
import { createTaskStore } from '../../../src/store/tasks/task-store.ts';
import type { Task } from '../../../src/domain/tasks/task.ts';
import { z } from 'zod';
import { joined } from '../../fakes/pages.ts';
import { memoryRecords } from '../../fakes/memory-records.ts';
import type { MemoryRecords } from '../../fakes/memory-records.ts';
import { memoryMedia } from '../../fakes/memory-media.ts';

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
  const confirmations = createConfirmationStore(records, cipher, createWaitingList(fakeClock()));
  const preferences = createPreferencesStore(records);
  const kept = { records, cipher, key, media: memoryMedia() };
  const personal = createPersonalDataStore(kept, confirmations, preferences);
  return { confirmations, personal, preferences };
}

describe('a request whose price was not confirmed', () => {
  it('is shown to its member with what was asked, expired or not, and to nobody else', async () => {
    const { confirmations, personal } = storeOver(memoryRecords());
    await confirmations.put(pending('1'));
    await confirmations.put(pending('2', OTHER_ID));
    const data = await personal.read(MEMBER_ID);
    expect(data.pending).toEqual([pending('1')]);
    const file = await joined(personalJson(data, MEMBER_ID));
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

it('a video that was deleted in its menu is not counted again, and its record goes too', async () => {
  const records = memoryRecords();
  const key = randomBytes(32);
  const { personal } = storeOver(records, key);
  const store = createTaskStore({
    records,
    ledger: aLedger(records, recordingLog()),
    cipher: createCipher(key),
    clock: fakeClock(),
    log: recordingLog(),
  });
  const outcome = { kind: 'delivered', how: 'attachment' } as const;
  const stage = { name: 'ended', outcome, endedAt: NOON, notified: true } as const;
  const whole = aTask({ id: TASK_ID, interactionId: TASK_ID, stage });
  const id = String(BigInt(TASK_ID) + 1n);
  const erased = aTask({ id, interactionId: id, stage, isErased: true, secrets: {} });
  for (const task of [whole, erased]) await store.create(task);
  await expect(personal.delete(MEMBER_ID)).resolves.toMatchObject({ tasks: 1, later: 0 });
  await expect(store.get(erased.id)).resolves.toBeUndefined();
});

describe('what a member prefers', () => {
  it('is in their file, and deleted with their data', async () => {
    const records = memoryRecords();
    const { personal, preferences } = storeOver(records);
    await preferences.change(MEMBER_ID, () => ({ durationSeconds: 7, reuse: 'me' }));
    await preferences.change(OTHER_ID, () => ({ ratio: '1:1' }));
    const text = await joined(personalJson(await personal.read(MEMBER_ID), MEMBER_ID));
    expect(JSON.parse(text)).toMatchObject({ preferences: { durationSeconds: 7, reuse: 'me' } });
    expect(text).toBe(`${JSON.stringify(JSON.parse(text), null, 2)}\n`);
    await expect(personal.delete(MEMBER_ID)).resolves.toMatchObject({ preferences: true });
    await expect(preferences.get(MEMBER_ID)).resolves.toEqual({});
    await expect(preferences.get(OTHER_ID)).resolves.toMatchObject({ ratio: '1:1' });
    expect(records.byKey.size).toBe(1);
  });
});

describe('the file of a member', () => {
  it('is the JSON of all their data, however many pages that is', async () => {
    const records = memoryRecords();
    const key = randomBytes(32);
    const { personal } = storeOver(records, key);
    const empty = await joined(personalJson(await personal.read(MEMBER_ID), MEMBER_ID));
    expect(empty).toBe(`${JSON.stringify(fileOf([], []), null, 2)}\n`);

    const store = createTaskStore({
      records,
      ledger: aLedger(records, recordingLog()),
      cipher: createCipher(key),
      clock: fakeClock(),
      log: recordingLog(),
    });
    const ids = Array.from({ length: 120 }, (_, index) => String(BigInt(TASK_ID) + BigInt(index)));
    for (const id of ids) {
      await store.create(aTask({ id, interactionId: id, money: RESERVED }));
    }
    const text = await joined(personalJson(await personal.read(MEMBER_ID), MEMBER_ID));
    const file = fileSchema.parse(JSON.parse(text));
    expect(file.tasks.map(({ task }) => task)).toEqual(ids);
    expect(file.journal.map(({ task }) => task)).toEqual(ids);
    expect(text).toBe(`${JSON.stringify(JSON.parse(text), null, 2)}\n`);
    // Unfinished ones are deleted when they have ended.
    await expect(personal.delete(MEMBER_ID)).resolves.toEqual({
      tasks: 0,
      later: 120,
      lines: 0,
      pending: 0,
      preferences: false,
    });
    await expect(records.keysUnder(DELETE_PREFIX)).resolves.toHaveLength(120);
  });
});

const RESERVED: Task['money'] = { state: 'reserved', amounts: { videos: 1n, seconds: 5n } };
const named = z.array(z.looseObject({ task: z.string() }));
const fileSchema = z.object({
  tasks: named,
  unconfirmed: z.array(z.unknown()),
  libraries: z.array(z.unknown()),
  names: z.array(z.unknown()),
  journal: named,
});
const fileOf = (tasks: readonly object[], journal: readonly object[]) => ({
  member: MEMBER_ID,
  preferences: {},
  tasks,
  unconfirmed: [],
  libraries: [],
  names: [],
  journal,
});
