import { z } from 'zod';
import { describe, expect, it } from 'vitest';
import { newAsset } from '../../../src/domain/library/asset.ts';
import type { Asset } from '../../../src/domain/library/asset.ts';
import { withUse } from '../../../src/domain/library/asset-uses.ts';
import { journalLineSchema } from '../../../src/domain/ledger/journal-line.ts';
import type { JournalLine } from '../../../src/domain/ledger/journal-line.ts';
import type { TaskMoney } from '../../../src/domain/ledger/task-money.ts';
import { openRecordSchema } from '../../../src/domain/tasks/task.ts';
import type { RecordedRequest } from '../../../src/simulators/providers/recorded-request.ts';
import type { SimulatedAsset } from '../../../src/simulators/providers/library/simulated-asset.ts';
import { journalKeyOf } from '../../../src/store/tasks/journal.ts';
import type { Naming } from '../../../src/trials/chaos/deeds.ts';
import type { Evidence, Restore } from '../../../src/trials/chaos/evidence.ts';
import type { FindingKind } from '../../../src/trials/chaos/finding.ts';
import type { SeenCall } from '../../../src/trials/chaos/library-calls.ts';
import { chargesIn, erasedTasksIn } from '../../../src/trials/chaos/reported-records.ts';
import type { ReportedCharge } from '../../../src/trials/chaos/reported-records.ts';
import { GUILD_ID, MEMBER_ID } from '../../fakes/a-task.ts';
import { NOON } from '../../fakes/clock.ts';
import {
  aCommand,
  deliveredTask,
  findingsOf,
  ledgerRecordsOf,
  videoMessage,
} from './clean-evidence.ts';

const SHA = 'a'.repeat(64);
const CHARGE_ID = '1300000000000000009';
const LIBRARY = 'anyfast/assets';
const KEY = `${GUILD_ID}:${LIBRARY}:image:file:${SHA}`;
const PRICES = { image: 30_000n, video: 50_000n, audio: 10_000n };

const NAMING: Naming = {
  guildId: GUILD_ID,
  memberId: MEMBER_ID,
  name: 'hero',
  sha256: SHA,
  kind: 'image',
  handle: aCommand(null).handle,
};

const CHARGE: ReportedCharge = {
  id: CHARGE_ID,
  guildId: GUILD_ID,
  memberId: MEMBER_ID,
  name: 'hero',
  kind: 'image',
  sha256: SHA,
  library: LIBRARY,
  priceKey: 'anyfast/upload',
  windows: deliveredTask().windows,
};

const SETTLED: TaskMoney = {
  state: 'settled',
  amounts: { videos: 0n, seconds: 0n, cost: 30_000n },
};

const LINE: JournalLine = {
  at: NOON,
  task: CHARGE_ID,
  member: MEMBER_ID,
  route: 'anyfast/upload',
  isUpload: true,
  seconds: 0,
  resolution: '',
  quoted: 30_000n,
  settled: 30_000n,
  currency: 'USD',
  state: 'settled',
};

const ASSET: SimulatedAsset = {
  id: 'asset-1',
  provider: 'anyfast',
  name: 'clapper-1',
  kind: 'image',
  url: '',
  createdMs: NOON,
  fate: { kind: 'active' },
};

const aCall = (changes: Partial<SeenCall> = {}): SeenCall => ({
  library: LIBRARY,
  way: 'file',
  call: 'upload',
  sha256: SHA,
  assetIds: ['asset-1'],
  name: 'clapper-1',
  atMs: NOON - 10,
  answer: 'ok',
  isRight: true,
  isDisturbed: false,
  reply: '{"Id":"asset-1"}',
  ...changes,
});

/** The asset of the name as the bot has it. */
const known = (changes: Partial<Asset> = {}): Asset => ({
  ...withUse(
    newAsset(
      { guildId: GUILD_ID, library: LIBRARY, kind: 'image', way: 'file', sha256: SHA },
      { memberId: MEMBER_ID, fingerprint: 'f' },
    ),
    { by: 'name', name: 'hero' },
  ),
  state: { name: 'active', id: 'asset-1', seenAt: NOON },
  ...changes,
});

const UNUSED = { uses: { tasks: [], names: [] }, unusedSince: NOON };

/** A copy that was put in place at once. */
const RESTORE: Restore = {
  kind: 'hand',
  copied: new Map(),
  copiedAtMs: NOON,
  restoredAtMs: NOON,
  forgotten: new Set(),
  posted: new Set(),
  isDetectable: true,
};

/** One named picture, uploaded once and paid for. */
function withName(
  changes: Partial<Evidence> = {},
  {
    line = LINE,
    money = SETTLED,
    asset = known(),
  }: { line?: JournalLine; money?: TaskMoney; asset?: Asset } = {},
): FindingKind[] {
  const records = ledgerRecordsOf([deliveredTask()], [money]);
  const written: unknown = z.encode(journalLineSchema, line);
  records.set(journalKeyOf(GUILD_ID, '2026-11', CHARGE_ID), written);
  records.set(`asset:${KEY}`, asset);
  return findingsOf({
    records,
    namings: [NAMING],
    charges: new Map([[CHARGE_ID, CHARGE]]),
    uploadPrices: PRICES,
    assets: [ASSET],
    libraryCalls: [aCall(), aCall({ call: 'look' })],
    ...changes,
  });
}

describe('the verdict on named media', () => {
  it('finds nothing where each was uploaded once and is paid for', () => {
    expect(withName()).toEqual([]);
  });

  it.each<[string, Partial<Evidence>, FindingKind[]]>([
    ['a charge that no admin caused', { namings: [] }, ['let-through', 'let-through']],
    [
      'a line of which no charge is known',
      { charges: new Map() },
      // With it the three accounts, and what was answered is in no book.
      ['off', 'off', 'off', 'off', 'off'],
    ],
    ['another price than the list has', { uploadPrices: { ...PRICES, image: 1n } }, ['off']],
    [
      'an upload without a price although there is a budget',
      { uploadPrices: undefined, budget: 1_000_000n },
      ['off', 'let-through'],
    ],
    ['uploads beyond the budget', { budget: 1n }, ['let-through']],
    [
      'an answered upload that is in no book',
      {
        libraryCalls: [
          aCall(),
          aCall({ call: 'look' }),
          aCall({ library: 'jimmy/sp', assetIds: ['asset_2'] }),
        ],
      },
      ['off'],
    ],
    [
      'a second upload without a search for the first one',
      {
        libraryCalls: [
          aCall({ name: 'clapper-0', assetIds: ['lost'], isRight: false, answer: 'cut' }),
          aCall({ atMs: NOON - 5 }),
          aCall({ call: 'look' }),
        ],
      },
      ['doubled'],
    ],
    [
      'a deletion under a task',
      { deletions: [{ assetId: 'asset-0', under: [deliveredTask().id] }] },
      ['lost'],
    ],
    ['a deletion of what a name stands for', { assets: [{ ...ASSET, isGone: true }] }, ['lost']],
    [
      'what lies there and nothing knows',
      { assets: [ASSET, { ...ASSET, id: 'asset-2' }] },
      ['off'],
    ],
  ])('finds %s', (_what, changes, findings) => {
    expect(withName(changes)).toEqual(findings);
  });

  it('takes a second upload after a search, and what a copy does not know', () => {
    const libraryCalls = [
      aCall({ name: 'clapper-0', assetIds: ['lost'], isRight: false, answer: 'cut' }),
      aCall({ call: 'list', name: 'clapper-0', assetIds: [], atMs: NOON - 7 }),
      aCall({ atMs: NOON - 5 }),
      aCall({ call: 'look' }),
    ];
    expect(withName({ libraryCalls })).toEqual([]);
    const restore = { ...RESTORE, restoredAtMs: NOON + 5 };
    const assets = [ASSET, { ...ASSET, id: 'asset-2' }];
    expect(withName({ assets, restore })).toEqual([]);
    expect(withName({ assets, restore: { ...restore, restoredAtMs: NOON - 1 } })).toEqual(['off']);
  });

  it('takes what lies there under the id of another', () => {
    const other: SimulatedAsset = { ...ASSET, id: 'asset-2', fate: { kind: 'anothers' } };
    expect(withName({ assets: [ASSET, other] })).toEqual([]);
  });

  it('takes what an upload without an answer left there for a name', () => {
    const uploads = [{ name: 'clapper-2', at: NOON }];
    const assets: SimulatedAsset[] = [{ ...ASSET, name: 'clapper-2' }];
    const asset = known({ state: { name: 'new' }, uploads });
    expect(withName({ assets }, { asset })).toEqual([]);
    expect(withName({ assets }, { asset: { ...asset, ...UNUSED } })).toEqual(['off']);
  });

  it('finds what is not used any more and still lies there', () => {
    expect(withName({}, { asset: known(UNUSED) })).toEqual(['off']);
  });

  it('finds an upload whose money was not moved at its end', () => {
    const money: TaskMoney = {
      state: 'reserved',
      amounts: { videos: 0n, seconds: 0n, cost: 30_000n },
    };
    const { settled: _, ...rest } = LINE;
    const line: JournalLine = { ...rest, state: 'reserved' };
    // It was answered, so it is in no book as settled either.
    expect(withName({}, { line, money })).toEqual(['off', 'off']);
  });

  it('takes an upload that waits for a review without an end', () => {
    const money: TaskMoney = {
      state: 'reserved',
      amounts: { videos: 0n, seconds: 0n, cost: 30_000n },
    };
    const { settled: _, ...rest } = LINE;
    const line: JournalLine = { ...rest, state: 'reserved' };
    const asset = known({ state: { name: 'submitted', id: 'asset-1', at: NOON } });
    const libraryCalls: SeenCall[] = [];
    const found = (fate: 'stuck' | 'active' | 'never-there' | 'anothers') =>
      withName(
        { libraryCalls, assets: [{ ...ASSET, fate: { kind: fate } }] },
        { line, money, asset },
      );
    expect(found('stuck')).toEqual([]);
    expect(found('anothers')).toEqual([]);
    expect(found('active')).toEqual(['off']);
    expect(found('never-there')).toEqual(['off']);
  });

  it('takes in a copy what was deleted before it was put in place', () => {
    const deletion = aCall({ call: 'delete', atMs: NOON });
    const evidence = {
      assets: [{ ...ASSET, isGone: true as const }],
      libraryCalls: [aCall(), aCall({ call: 'look' }), deletion],
    };
    const restore = { ...RESTORE, restoredAtMs: NOON + 5 };
    expect(withName({ ...evidence, restore })).toEqual([]);
    expect(withName({ ...evidence, restore: { ...restore, restoredAtMs: NOON - 5 } })).toEqual([
      'lost',
    ]);
  });

  it('takes a second upload of what was marked for its deletion', () => {
    const libraryCalls = [
      aCall({ assetIds: ['asset-0'], name: 'clapper-0', atMs: NOON - 20 }),
      aCall(),
      aCall({ call: 'look' }),
    ];
    const deletion = aCall({ call: 'delete', assetIds: ['asset-0'] });
    // One charge is in the books of this test, for two uploads.
    expect(withName({ libraryCalls: [...libraryCalls, deletion] })).toEqual(['off']);
    expect(withName({ libraryCalls })).toEqual(['off', 'doubled']);
  });

  it('takes a hash in place of the admin whose data were deleted', () => {
    const line = { ...LINE, member: 'deleted-abc' };
    const forgets = [{ memberId: MEMBER_ID, guildId: GUILD_ID, atMs: NOON }];
    expect(withName({ forgets }, { line })).toEqual([]);
    expect(withName({}, { line })).toEqual(['off']);
  });

  it('takes a create with what the name of its prompt was given to, and with nothing else', () => {
    const create: RecordedRequest = {
      provider: 'anyfast',
      purpose: 'create',
      method: 'POST',
      path: '/',
      headers: {},
      body: { prompt: aCommand(null).prompt, image: 'asset://asset-1' },
      atMs: NOON + 10,
    };
    const found = (named: string): FindingKind[] =>
      withName({
        commands: [{ ...aCommand(videoMessage()), media: [], named }],
        providerRequests: [create],
        libraryCalls: [
          aCall(),
          aCall({ call: 'look', reply: '{"Id":"asset-1","Status":"Active"}' }),
        ],
      });
    expect(found('hero')).toEqual([]);
    expect(found('villain')).toEqual(['lost']);
  });
});

describe('what the bot reports to the harness', () => {
  it('has each task that is erased and each charge', () => {
    const task = deliveredTask();
    const { secrets: _, ...open } = task;
    const record: unknown = z.encode(openRecordSchema, open);
    const lines = [
      '{"msg":"ready"}',
      JSON.stringify({ msg: 'a task is about to be erased', atMs: 5, record }),
      // Of two processes, the later one first.
      JSON.stringify({ msg: 'charges are about to be written', atMs: 2, charges: [CHARGE] }),
      JSON.stringify({
        msg: 'charges are about to be written',
        atMs: 1,
        charges: [{ ...CHARGE, sha256: undefined }],
      }),
    ];
    expect([...erasedTasksIn(lines, undefined).values()]).toEqual([task]);
    expect([...chargesIn(lines).values()]).toEqual([CHARGE]);
  });
});
