import { expect, it } from 'vitest';
import { createFillIn } from '../../../src/app/fill-in.ts';
import { createPreferencesStore } from '../../../src/store/preferences/preferences-store.ts';
import { aRequest } from '../../fakes/a-request.ts';
import { MEMBER_ID } from '../../fakes/a-task.ts';
import { routeOf } from '../../fakes/catalogue.ts';
import { recordingLog } from '../../fakes/log.ts';
import { memoryRecords } from '../../fakes/memory-records.ts';

it('keeps what a member prefers over a restart, and nothing of one who prefers nothing', async () => {
  const records = memoryRecords();
  const store = createPreferencesStore(records);
  expect(store.cached(MEMBER_ID)).toBeUndefined();
  await store.change(MEMBER_ID, () => ({ ratio: '1:1' }));
  await store.change(MEMBER_ID, (before) => ({ ...before, durationSeconds: 7 }));
  expect(store.cached(MEMBER_ID)).toEqual({ ratio: '1:1', durationSeconds: 7 });
  const again = createPreferencesStore(records);
  expect(await again.get(MEMBER_ID)).toEqual({ ratio: '1:1', durationSeconds: 7 });
  await again.change(MEMBER_ID, () => ({}));
  expect(records.byKey.size).toBe(0);
  expect(await again.delete(MEMBER_ID)).toBe(false);
});

it('loses no change of two at once', async () => {
  const store = createPreferencesStore(memoryRecords());
  await Promise.all([
    store.change(MEMBER_ID, (before) => ({ ...before, ratio: '1:1' })),
    store.change(MEMBER_ID, (before) => ({ ...before, reuse: 'me' })),
    store.get(MEMBER_ID),
  ]);
  expect(store.cached(MEMBER_ID)).toEqual({ ratio: '1:1', reuse: 'me' });
});

it('says nothing else than what is on the disk where a write failed', async () => {
  const records = memoryRecords();
  const store = createPreferencesStore(records);
  await store.change(MEMBER_ID, () => ({ ratio: '1:1' }));
  records.failures = 1;
  await expect(store.change(MEMBER_ID, () => ({ ratio: '9:16' }))).rejects.toThrow('disk full');
  expect(await store.get(MEMBER_ID)).toEqual({ ratio: '1:1' });
});

it('says what is on the disk where a write was reported as failed', async () => {
  const records = memoryRecords();
  const store = createPreferencesStore(records);
  await store.change(MEMBER_ID, () => ({ ratio: '1:1' }));
  records.lostAnswers = 1;
  await expect(store.change(MEMBER_ID, () => ({ ratio: '9:16' }))).rejects.toThrow(
    'after the fact',
  );
  expect(await store.get(MEMBER_ID)).toEqual({ ratio: '9:16' });
});

it('says what another process has written since, and writes on top of that', async () => {
  const records = memoryRecords();
  const [one, other] = [
    createPreferencesStore(records, { isShared: true }),
    createPreferencesStore(records, { isShared: true }),
  ];
  await one.change(MEMBER_ID, () => ({ ratio: '1:1' }));
  expect(await other.get(MEMBER_ID)).toEqual({ ratio: '1:1' });
  await one.change(MEMBER_ID, (before) => ({ ...before, reuse: 'me' }));
  expect(await other.get(MEMBER_ID)).toEqual({ ratio: '1:1', reuse: 'me' });
  await one.delete(MEMBER_ID);
  expect(other.cached(MEMBER_ID)).toEqual({ ratio: '1:1', reuse: 'me' });
  await other.change(MEMBER_ID, (before) => ({ ...before, ratio: '9:16' }));
  expect(await one.get(MEMBER_ID)).toEqual({ ratio: '9:16' });
});

it('treats a record that is none as the wish to share nothing', async () => {
  const records = memoryRecords();
  await records.write([{ key: `preferences:${MEMBER_ID}`, value: 'damaged' }]);
  expect(await createPreferencesStore(records).get(MEMBER_ID)).toEqual({ reuse: 'me' });
});

it('has the members in memory that were used last', async () => {
  const store = createPreferencesStore(memoryRecords(), { maxMembers: 2 });
  for (const id of ['1', '2', '1', '3']) await store.get(id);
  expect(['1', '2', '3'].map((id) => store.cached(id))).toEqual([{}, undefined, {}]);
});

it('makes no video without the preferences where the store does not answer', async () => {
  const records = memoryRecords();
  const log = recordingLog();
  const fillIn = createFillIn({ preferences: createPreferencesStore(records), log });
  const route = routeOf('jimmy/seedance2.0-sp');
  records.failures = 1;
  expect(await fillIn(MEMBER_ID, route, aRequest())).toMatchObject({ kind: 'store-down' });
  expect(log.lines).toMatchObject([{ level: 'error' }]);
  expect(await fillIn(MEMBER_ID, route, aRequest())).toEqual({ request: aRequest(), leftOut: [] });
});
