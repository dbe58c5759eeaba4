import { expect, it } from 'vitest';
import { createMemberErasure } from '../../src/app/library/erase-member.ts';
import { OWNS_ALL } from '../../src/app/owns-all.ts';
import { NotOurs } from '../../src/app/slots/not-ours.ts';
import type { Ownership } from '../../src/app/ports/ownership-port.ts';
import { assetKey } from '../../src/domain/library/asset.ts';
import type { OwnNamed } from '../../src/app/ports/named-assets-port.ts';
import type { RecordStore } from '../../src/app/ports/record-store-port.ts';
import { createAssetRegistry } from '../../src/store/library/asset-registry.ts';
import { withAssets } from '../../src/store/library/forget-assets.ts';
import { createErasureMarks } from '../../src/store/privacy/erasure-marks.ts';
import { GUILD_ID, MEMBER_ID } from '../fakes/a-task.ts';
import { aNamedAsset } from '../fakes/a-named-asset.ts';
import { anAsset } from '../fakes/an-asset.ts';
import { NOON, fakeClock } from '../fakes/clock.ts';
import { recordingLog } from '../fakes/log.ts';
import { memoryRecords } from '../fakes/memory-records.ts';

const OTHER_GUILD = '1300000000000000011';
/** Where a member has no more than lines of uploads. */
const THIRD_GUILD = '1300000000000000012';
const OTHER_MEMBER = '1300000000000000021';
const USED = { tasks: ['1'], names: ['cat'] };
const ACTIVE = { name: 'active', id: 'a-1', seenAt: NOON } as const;
/** What a newer version may have added of a member. */
const ADDED = { addedLater: 'of the member' };

const ours = anAsset({ state: ACTIVE, uses: USED });
const theirs = anAsset({ guildId: OTHER_GUILD, uses: USED });
const ofOther = anAsset({ memberId: OTHER_MEMBER, sha256: 'b'.repeat(64) });

/** A name that a member gave in a guild. */
const named = (guildId: string, memberId: string, addedAt = NOON): OwnNamed => ({
  guildId,
  asset: aNamedAsset({ memberId, addedAt }),
});

/** The process of some guilds, on records that others write as well. */
function processOf(
  records: RecordStore,
  names: OwnNamed[],
  owns: (guildId: string) => boolean,
  isLost: (guildId: string) => boolean = () => false,
) {
  const ownership: Ownership = {
    ...OWNS_ALL,
    owns,
    tenureOf: (guildId) => (owns(guildId) ? OWNS_ALL.tenureOf(guildId) : undefined),
  };
  const log = recordingLog();
  const clock = fakeClock();
  const registry = createAssetRegistry({ records, clock, log, ownership });
  const unnamedLines: string[] = [];
  const marks = createErasureMarks(records);
  const erasure = createMemberErasure({
    marks,
    registry,
    ownership,
    clock,
    log,
    uploadLines: {
      countOf: async (memberId) =>
        new Map(memberId === MEMBER_ID ? [[THIRD_GUILD, 3] as const] : []),
      async forget(_memberId, { guildId }) {
        unnamedLines.push(guildId);
      },
    },
    namedAssets: {
      ofMember: async (memberId) => names.filter(({ asset }) => asset.memberId === memberId),
      async forgetMember(memberId, { guildId, until }) {
        if (!owns(guildId) || isLost(guildId)) throw new NotOurs();
        const left = names.filter(
          (one) =>
            one.guildId !== guildId || one.asset.memberId !== memberId || one.asset.addedAt > until,
        );
        names.splice(0, names.length, ...left);
      },
    },
  });
  const goOn = async (): Promise<boolean> => erasure.goOn(new AbortController().signal);
  return { erasure, goOn, marks, registry, log, clock, unnamedLines };
}

/** What three assets and names of two members are on, written as if by a single process. */
async function aWorld() {
  const records = memoryRecords();
  const names = [
    named(GUILD_ID, MEMBER_ID),
    named(OTHER_GUILD, MEMBER_ID),
    named(GUILD_ID, OTHER_MEMBER),
  ];
  const registry = createAssetRegistry({ records, clock: fakeClock(), log: recordingLog() });
  for (const asset of [ours, theirs, ofOther]) {
    await registry.change(assetKey(asset), () => ({ ...asset, ...ADDED }));
  }
  return { records, names, registry };
}

const isOurs = (guildId: string): boolean => guildId === GUILD_ID;
const isTheirs = (guildId: string): boolean => guildId !== GUILD_ID;

it('erases in the servers of this process, and has the others erase in theirs', async () => {
  const { records, names, registry } = await aWorld();
  const [here, there] = [processOf(records, names, isOurs), processOf(records, names, isTheirs)];
  expect(await here.erasure.erase(MEMBER_ID)).toEqual({ named: 2, lines: 3 });
  expect(names).toEqual([named(OTHER_GUILD, MEMBER_ID), named(GUILD_ID, OTHER_MEMBER)]);
  const { memberId: _, ...erased } = ours;
  expect(await registry.get(assetKey(ours))).toEqual(erased);
  expect(here.registry.takeForgotten()).toBe(true);
  const left = [OTHER_GUILD, THIRD_GUILD];
  expect(await here.marks.all()).toEqual(
    left.map((guildId) => ({ guildId, memberId: MEMBER_ID, at: NOON })),
  );
  expect(here.unnamedLines).toEqual([GUILD_ID]);

  await here.goOn();
  expect(await registry.get(assetKey(theirs))).toMatchObject({ memberId: MEMBER_ID });
  await there.goOn();
  expect(names).toEqual([named(GUILD_ID, OTHER_MEMBER)]);
  expect((await registry.get(assetKey(theirs)))?.memberId).toBeUndefined();
  expect(await registry.get(assetKey(ofOther))).toEqual({ ...ofOther, ...ADDED });
  expect(there.unnamedLines).toEqual([OTHER_GUILD, THIRD_GUILD]);
  expect(await there.marks.all()).toEqual([]);
});

it('leaves what goes to another process in the midst to that one', async () => {
  const { records, names } = await aWorld();
  const losing = processOf(records, names, isOurs, () => true);
  await losing.erasure.erase(MEMBER_ID);
  expect(await losing.marks.all()).toHaveLength(3);
  const next = processOf(records, names, () => true);
  await next.goOn();
  expect(names).toEqual([named(GUILD_ID, OTHER_MEMBER)]);
  expect(await next.marks.all()).toEqual([]);
});

it('is done by the next pass where the store did not answer, or the process was killed', async () => {
  const { records, names } = await aWorld();
  const { goOn, marks, log } = processOf(records, names, () => true);
  await marks.add([{ guildId: GUILD_ID, memberId: MEMBER_ID, at: NOON }]);
  records.failures = 1;
  expect(await goOn()).toBe(false);
  expect(log.lines.map(({ message }) => message)).toEqual([
    'what members deleted is not all gone yet; trying again',
  ]);
  expect(await goOn()).toBe(true);
  expect(names).not.toContainEqual(named(GUILD_ID, MEMBER_ID));
  expect(await marks.all()).toEqual([]);
});

it('keeps what is named after it was asked for, and the mark of a second time', async () => {
  const { records, names } = await aWorld();
  const [here, there] = [processOf(records, names, isOurs), processOf(records, names, isTheirs)];
  await here.erasure.erase(MEMBER_ID);
  names.push(named(OTHER_GUILD, MEMBER_ID, NOON + 1));
  const [first] = await there.marks.all();
  if (first === undefined) throw new Error('it is marked');
  await there.goOn();
  expect(names).toContainEqual(named(OTHER_GUILD, MEMBER_ID, NOON + 1));

  await here.clock.advance(1000);
  await here.erasure.erase(MEMBER_ID);
  // The end of a pass that began before.
  await there.marks.remove(first);
  await there.goOn();
  expect(names).toEqual([named(GUILD_ID, OTHER_MEMBER)]);
});

it('does the others where one cannot be done', async () => {
  const { records, names } = await aWorld();
  const { goOn, marks, log } = processOf(records, names, () => true);
  const at = NOON;
  await marks.add([GUILD_ID, OTHER_GUILD].map((guildId) => ({ guildId, memberId: MEMBER_ID, at })));
  const read = records.get.bind(records);
  records.get = async (key) => {
    if (key === `asset:${assetKey(ours)}`) throw new Error('a bad sector');
    return read(key);
  };
  expect(await goOn()).toBe(false);
  expect(log.lines).toHaveLength(1);
  expect(await marks.all()).toEqual([{ guildId: GUILD_ID, memberId: MEMBER_ID, at }]);
});

it('writes nothing for a member who has nothing', async () => {
  const { records, names } = await aWorld();
  const before = new Map(records.byKey);
  const { erasure } = processOf(records, names, () => true);
  expect(await erasure.erase('1300000000000000099')).toEqual({ named: 0, lines: 0 });
  expect(records.byKey).toEqual(before);
});

it('shows what lies in libraries among the data of a member', async () => {
  const { records, names } = await aWorld();
  const { registry } = processOf(records, names, () => true);
  const none = { tasks: 0, later: 0, lines: 0, pending: 0, preferences: false };
  const store = withAssets(
    {
      read: async () => ({ tasks: noPages(), lines: noPages(), pending: [], preferences: {} }),
      delete: async () => none,
    },
    registry,
  );
  // The other one is not there yet.
  expect((await store.read(MEMBER_ID)).assets).toEqual([{ ...ours, ...ADDED }]);
});

async function* noPages(): AsyncGenerator<never[]> {
  // Nothing.
}
