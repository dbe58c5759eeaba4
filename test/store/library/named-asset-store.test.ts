import { expect, it } from 'vitest';
import type { NamedAsset } from '../../../src/domain/library/named-asset.ts';
import { createNamedAssetStore } from '../../../src/store/library/named-asset-store.ts';
import { createCipher } from '../../../src/store/records/cipher.ts';
import { aNamedAsset } from '../../fakes/a-named-asset.ts';
import { aLedger } from '../../fakes/a-ledger.ts';
import { GUILD_ID } from '../../fakes/a-task.ts';
import { fakeClock } from '../../fakes/clock.ts';
import { recordingLog } from '../../fakes/log.ts';
import { memoryRecords } from '../../fakes/memory-records.ts';

it('brings back no name whose removal was reported as failed', async () => {
  const records = memoryRecords();
  const clock = fakeClock();
  const log = recordingLog();
  const ledger = aLedger(records, log, clock);
  const cipher = createCipher(new Uint8Array(32));
  const store = createNamedAssetStore({ records, ledger, cipher, clock, log });
  const add = async (asset: NamedAsset) =>
    store.decide(GUILD_ID, (assets) => ({ result: undefined, after: [...assets, asset] }));
  await add(aNamedAsset());
  records.lostAnswers = 1;
  const removal = store.decide(GUILD_ID, () => ({ result: undefined, after: [] }));
  await expect(removal).rejects.toThrow('after the fact');
  await add(aNamedAsset({ name: 'villain' }));
  expect((await store.of(GUILD_ID)).map(({ name }) => name)).toEqual(['villain']);
});
