import { describe, expect, it } from 'vitest';
import { asDoomed } from '../../../src/domain/library/asset-cleaning.ts';
import { assetKey } from '../../../src/domain/library/asset.ts';
import type { Asset } from '../../../src/domain/library/asset.ts';
import { withUse } from '../../../src/domain/library/asset-uses.ts';
import { createAssetRegistry } from '../../../src/store/library/asset-registry.ts';
import { forgetGuildAssets } from '../../../src/store/library/forget-assets.ts';
import { GUILD_ID } from '../../fakes/a-task.ts';
import { anAsset } from '../../fakes/an-asset.ts';
import { NOON, fakeClock } from '../../fakes/clock.ts';
import { recordingLog } from '../../fakes/log.ts';
import { memoryRecords } from '../../fakes/memory-records.ts';

const OTHER_GUILD = '1300000000000000011';
const ACTIVE = { name: 'active', id: 'a-1', seenAt: NOON } as const;

async function registryWith(...assets: readonly Asset[]) {
  const records = memoryRecords();
  const log = recordingLog();
  const registry = createAssetRegistry({ records, clock: fakeClock(), log });
  for (const asset of assets) await registry.change(assetKey(asset), () => asset);
  return { records, registry, log };
}

describe('the registry of assets', () => {
  it('loses no change of those made at one time', async () => {
    const { registry } = await registryWith(anAsset());
    const key = assetKey(anAsset());
    const ids = Array.from({ length: 20 }, (_, index) => String(index));
    await Promise.all(
      ids.map(async (id) =>
        registry.change(key, (asset) => asset && withUse(asset, { by: 'task', id })),
      ),
    );
    expect((await registry.get(key))?.uses.tasks).toEqual(ids);
  });

  it('goes on after a change that could not be written', async () => {
    const { registry, records } = await registryWith(anAsset());
    const key = assetKey(anAsset());
    records.failures = 1;
    const use = { by: 'task', id: '1' } as const;
    const change = async () => registry.change(key, (asset) => asset && withUse(asset, use));
    await expect(change()).rejects.toThrow('disk full');
    await expect(change()).resolves.toMatchObject({ uses: { tasks: ['1'] } });
  });

  it('quarantines a damaged record, so that its medium is uploaded anew', async () => {
    const { registry, records, log } = await registryWith();
    const key = assetKey(anAsset());
    records.byKey.set(`asset:${key}`, { state: 'odd' });
    await expect(registry.get(key)).resolves.toBeUndefined();
    expect([...records.byKey.keys()]).toEqual([`quarantine:asset:${key}`]);
    expect(log.lines.map(({ level }) => level)).toEqual(['error']);
  });

  it('knows which assets have an id, as long as they have it', async () => {
    const id = { library: anAsset().library, fingerprint: anAsset().fingerprint, id: 'a-1' };
    const other = anAsset({ guildId: OTHER_GUILD, state: ACTIVE });
    const { registry, records } = await registryWith(anAsset({ state: ACTIVE }), other);
    const holders = async (of = id) => registry.byId(of, async (keys) => keys);
    await expect(holders()).resolves.toEqual([assetKey(anAsset()), assetKey(other)]);
    await expect(holders({ ...id, fingerprint: 'another' })).resolves.toEqual([]);
    await expect(holders({ ...id, id: 'a' })).resolves.toEqual([]);
    await registry.change(assetKey(other), () => undefined);
    await registry.change(assetKey(anAsset()), (asset) => asset && asDoomed(asset));
    await expect(holders()).resolves.toEqual([]);
    expect([...records.byKey.keys()]).toEqual([`asset:${assetKey(anAsset())}`]);
  });

  it('finds those of one guild', async () => {
    const other = anAsset({ guildId: OTHER_GUILD });
    const { registry } = await registryWith(anAsset(), other);
    await expect(registry.keys(OTHER_GUILD)).resolves.toEqual([assetKey(other)]);
    await expect(registry.keys()).resolves.toHaveLength(2);
  });

  it('keeps the group of a library for each key', async () => {
    const { registry } = await registryWith();
    await registry.setGroup('anyfast/assets', 'key-1', 'group-1');
    await expect(registry.group('anyfast/assets', 'key-1')).resolves.toBe('group-1');
    await expect(registry.group('anyfast/assets', 'key-2')).resolves.toBeUndefined();
  });
});

describe('deleted data', () => {
  const used = { tasks: ['1'], names: ['cat'] };
  it('of a guild ends all uses of its assets', async () => {
    const elsewhere = anAsset({ guildId: OTHER_GUILD, uses: used });
    const { registry } = await registryWith(anAsset({ uses: used }), elsewhere);
    await forgetGuildAssets(registry, GUILD_ID, NOON);
    const left = await registry.get(assetKey(anAsset()));
    expect(left).toMatchObject({ uses: { tasks: [], names: [] }, unusedSince: NOON });
    expect(left?.memberId).toBeUndefined();
    await expect(registry.get(assetKey(elsewhere))).resolves.toEqual(elsewhere);
    expect(registry.takeForgotten()).toBe(true);
  });
});
