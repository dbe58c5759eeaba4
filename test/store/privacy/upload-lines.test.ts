import { expect, it } from 'vitest';
import { createCipher } from '../../../src/store/records/cipher.ts';
import { createUploadLines } from '../../../src/store/privacy/upload-lines.ts';
import { memberHash } from '../../../src/store/privacy/member-hash.ts';
import { journalKeyOf } from '../../../src/store/tasks/journal.ts';
import { memberKey, taskKey } from '../../../src/store/tasks/task-keys.ts';
import { toRecord } from '../../../src/store/tasks/task-record.ts';
import { GUILD_ID, MEMBER_ID, TASK_ID, aTask } from '../../fakes/a-task.ts';
import { NOON } from '../../fakes/clock.ts';
import { memoryMedia } from '../../fakes/memory-media.ts';
import { memoryRecords } from '../../fakes/memory-records.ts';

const OTHER_GUILD = '1300000000000000011';
const MONTH = '2026-11';
const KEY = new Uint8Array(32);

const lineOf = (task: string, { member = MEMBER_ID, at = NOON, isUpload = true } = {}) => ({
  at,
  task,
  member,
  route: 'jimmy/full',
  ...(isUpload && { isUpload }),
  seconds: 0,
  resolution: '',
  state: 'settled',
});

it('takes a member out of the lines of uploads in one server, and nothing else', async () => {
  const records = memoryRecords();
  const cipher = createCipher(KEY);
  const [upload, elsewhere, later] = [
    '1300000000000000101',
    '1300000000000000102',
    '1300000000000000103',
  ];
  const places = [
    [GUILD_ID, upload, {}],
    [OTHER_GUILD, elsewhere, {}],
    [GUILD_ID, later, { at: NOON + 1 }],
    [GUILD_ID, TASK_ID, { isUpload: false }],
  ] as const;
  await records.write([
    toRecord(cipher, aTask()),
    ...places.flatMap(([guildId, id, line]) => [
      { key: journalKeyOf(guildId, MONTH, id), value: lineOf(id, line) },
      { key: memberKey({ memberId: MEMBER_ID, id }), value: { guildId, month: MONTH } },
    ]),
  ]);
  const before = new Map(records.byKey);
  const lines = createUploadLines({ records, cipher, key: KEY, media: memoryMedia() });
  expect(await lines.countOf(MEMBER_ID)).toEqual(
    new Map([
      [GUILD_ID, 2],
      [OTHER_GUILD, 1],
    ]),
  );
  await lines.forget(MEMBER_ID, { guildId: GUILD_ID, until: NOON });
  const changed = new Map([
    ...before,
    [journalKeyOf(GUILD_ID, MONTH, upload), lineOf(upload, { member: memberHash(KEY, MEMBER_ID) })],
  ]);
  changed.delete(memberKey({ memberId: MEMBER_ID, id: upload }));
  expect(records.byKey).toEqual(changed);
  // As if it had been killed before the marks were removed.
  const mark = memberKey({ memberId: MEMBER_ID, id: upload });
  records.byKey.set(mark, before.get(mark));
  await lines.forget(MEMBER_ID, { guildId: GUILD_ID, until: NOON });
  expect(records.byKey).toEqual(changed);
  expect(records.byKey.has(taskKey(TASK_ID))).toBe(true);
});
