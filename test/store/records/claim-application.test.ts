import { expect, it } from 'vitest';
import {
  claimApplication,
  readApplicationOf,
} from '../../../src/store/records/claim-application.ts';
import { memoryRecords } from '../../fakes/memory-records.ts';

const [FIRST, OTHER] = ['110000000000000002', '110000000000000003'] as const;

it('is of the first bot that comes, and refuses another with what to do', async () => {
  const records = memoryRecords();
  await claimApplication(records, FIRST);
  const refused = claimApplication(records, OTHER);
  await expect(refused).rejects.toThrow(
    /DISCORD_TOKEN is of another application .* bot 110000000000000003, not 110000000000000002.*STORE_URL.*operators\.md/,
  );
  await expect(claimApplication(records, FIRST)).resolves.toBeUndefined();
  expect(await readApplicationOf(records)).toBe(FIRST);
});

it('is of another one on purpose, once the record is deleted', async () => {
  const records = memoryRecords();
  await claimApplication(records, FIRST);
  await records.remove(['meta:application']);
  await claimApplication(records, OTHER);
  expect(await readApplicationOf(records)).toBe(OTHER);
});
