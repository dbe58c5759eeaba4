import { describe, expect, it } from 'vitest';
import type { UnusableReason } from '../../../src/domain/tasks/outcome.ts';
import { taskIdSchema } from '../../../src/domain/tasks/task-id.ts';
import type { Task } from '../../../src/domain/tasks/task.ts';
import type { Quote } from '../../../src/domain/ledger/quote.ts';
import type { AssetFate } from '../../../src/simulators/providers/answers.ts';
import type { SimulatedAsset } from '../../../src/simulators/providers/library/simulated-asset.ts';
import type { RecordedRequest } from '../../../src/simulators/providers/recorded-request.ts';
import type { Evidence } from '../../../src/trials/chaos/evidence.ts';
import type { FindingKind } from '../../../src/trials/chaos/finding.ts';
import { judgeUploads } from '../../../src/trials/chaos/judge-uploads.ts';
import type { SeenCall } from '../../../src/trials/chaos/library-calls.ts';
import type { SharedMedium } from '../../../src/trials/chaos/shared-media.ts';
import { journalKey, journalLine } from '../../../src/store/tasks/journal.ts';
import { GUILD_ID, LIBRARY_SETTINGS, MEMBER_ID } from '../../fakes/a-task.ts';
import { NOON } from '../../fakes/clock.ts';
import {
  aCommand,
  aRun,
  cleanEvidence,
  deliveredTask,
  endedAs,
  findingsOf,
  ledgerRecordsOf,
  videoMessage,
} from './clean-evidence.ts';

const LIBRARY = 'jimmy/full';
const SUN: SharedMedium = {
  name: 'shared-1-sun',
  guildId: GUILD_ID,
  kind: 'image',
  sha256: 'a'.repeat(64),
  file: { filename: 'shared-1-sun.png' },
};
const MOON: SharedMedium = { ...SUN, name: 'shared-1-moon', sha256: 'b'.repeat(64) };
const assetKey = ({ sha256 }: SharedMedium): string =>
  `${GUILD_ID}:${LIBRARY}:image:file:${sha256}`;

/** Five seconds of Full, and one picture. */
const QUOTE = {
  kind: 'priced',
  micros: 130_000n,
  currency: 'USD',
  price: { amount: '0.02', currency: 'USD', per: 'second' },
  uploads: '30000',
} as const satisfies Quote;
const PRICES = { image: 30_000n, video: 50_000n, audio: 10_000n };

const SETTLED = {
  state: 'settled',
  amounts: { videos: 1n, seconds: 5n, cost: 130_000n },
} as const satisfies Task['money'];

function aFullTask({
  quote = QUOTE,
  ...changes
}: Parameters<typeof deliveredTask>[0] & { quote?: Quote } = {}): Task {
  const task = deliveredTask({ assets: [assetKey(SUN)], money: SETTLED, ...changes });
  return { ...task, plan: { routes: [{ ...LIBRARY_SETTINGS, quote }], current: 0 } };
}

const aCall = (changes: Partial<SeenCall>): SeenCall => ({
  library: LIBRARY,
  way: 'file',
  call: 'look',
  sha256: SUN.sha256,
  assetIds: ['asset-1'],
  name: undefined,
  atMs: NOON,
  answer: 'ok',
  isRight: true,
  isDisturbed: false,
  reply: JSON.stringify({ data: { items: [{ assetId: 'asset-1', status: 'Active' }] } }),
  ...changes,
});

const anUpload = (changes: Partial<SeenCall> = {}): SeenCall =>
  aCall({ call: 'upload', atMs: NOON - 10, ...changes });

const anAsset = (fate: AssetFate['kind'] = 'active', id = 'asset-1'): SimulatedAsset => ({
  id,
  provider: 'jimmy',
  name: '',
  kind: 'image',
  url: '',
  createdMs: NOON,
  fate: fate === 'vanishes' ? { kind: fate, afterMs: 0 } : { kind: fate },
});

const aCreate = (...ids: string[]): RecordedRequest => ({
  provider: 'jimmy',
  purpose: 'create',
  method: 'POST',
  path: '/',
  headers: {},
  body: { prompt: aCommand(null).prompt, images: ids.map((id) => `asset://${id}`) },
  atMs: NOON + 10,
});

/** One video with one picture, which lies in the library. */
function withLibrary(changes: Partial<Evidence> = {}, task: Task = aFullTask()): FindingKind[] {
  return findingsOf({
    commands: [{ ...aCommand(videoMessage()), media: [SUN.name] }],
    tasks: new Map([[task.id, task]]),
    records: ledgerRecordsOf([task]),
    media: [SUN, MOON],
    uploadPrices: PRICES,
    assets: [anAsset()],
    libraryCalls: [anUpload(), aCall({})],
    providerRequests: [aCreate('asset-1')],
    ...changes,
  });
}

const another = (assets = [assetKey(SUN)]): Task =>
  aFullTask({ id: taskIdSchema.parse('1300000000000000077'), assets });
const byId = (...tasks: readonly Task[]): Map<string, Task> =>
  new Map(tasks.map((one) => [one.id, one]));

/** A process that ended between two uploads. */
const KILL = [{ ...aRun(), endedAtMs: NOON - 7 }];
const again = (first: Partial<SeenCall> = {}): SeenCall[] => [
  anUpload(first),
  anUpload({ assetIds: ['asset-2'], atMs: NOON - 5 }),
];

describe('the verdict on media in a library', () => {
  it('finds nothing where each was uploaded once and was active before the create', () => {
    expect(withLibrary()).toEqual([]);
  });

  it.each<[string, Partial<Evidence>, FindingKind[]]>([
    [
      'an upload of what nobody attached',
      { libraryCalls: [anUpload({ sha256: undefined, assetIds: ['x'] }), anUpload(), aCall({})] },
      ['let-through'],
    ],
    [
      'an upload that no task uses',
      {
        libraryCalls: [
          anUpload({ sha256: MOON.sha256, assetIds: ['asset-2'] }),
          anUpload(),
          aCall({}),
        ],
      },
      ['let-through'],
    ],
    ['an id that was never active', { libraryCalls: [anUpload()] }, ['let-through']],
    [
      'an id of which nothing was said',
      { libraryCalls: [anUpload(), aCall({ isRight: false, answer: 'hang' })] },
      ['let-through'],
    ],
    [
      'an id that is in review',
      {
        libraryCalls: [anUpload(), aCall({ reply: '{"assetId":"asset-1","status":"Processing"}' })],
      },
      ['let-through'],
    ],
    [
      'an id that became active after the create',
      { libraryCalls: [anUpload(), aCall({ atMs: NOON + 20 })] },
      ['let-through'],
    ],
    [
      'a create with what was deleted before it',
      { libraryCalls: [anUpload(), aCall({}), aCall({ call: 'delete', atMs: NOON + 5 })] },
      ['lost'],
    ],
    [
      'a second upload although the answer came',
      { libraryCalls: [...again(), aCall({})] },
      ['doubled'],
    ],
    [
      'a second upload of what the bot had asked about, whatever was killed',
      { libraryCalls: [...again({ isDisturbed: true }), aCall({})], runs: KILL },
      ['doubled'],
    ],
    [
      'a second upload, for the same task, of what was rejected',
      {
        assets: [anAsset('rejected')],
        libraryCalls: [
          ...again(),
          aCall({ assetIds: ['asset-2'], reply: '{"a":"asset-2","status":"Active"}' }),
        ],
        providerRequests: [aCreate('asset-2')],
      },
      ['doubled'],
    ],
    [
      'a third upload without an answer, for one task',
      {
        libraryCalls: [
          ...[0, 1, 2].map((n) =>
            anUpload({ isRight: false, answer: 'cut', assetIds: [`lost-${n}`] }),
          ),
          anUpload({ atMs: NOON - 1 }),
          aCall({}),
        ],
      },
      ['doubled'],
    ],
  ])('finds %s', (_what, changes, findings) => {
    expect(withLibrary(changes)).toEqual(findings);
  });

  it.each<[string, Partial<Evidence>]>([
    [
      'its answer was lost',
      {
        libraryCalls: [
          ...again({ answer: 'cut', isRight: false }),
          aCall({ assetIds: ['asset-2'], reply: '{"a":"asset-2","status":"Active"}' }),
        ],
      },
    ],
    ['a kill may have come before its record', { runs: KILL }],
    ['all connections were cut', { incidents: [{ what: 'disturbance:flicker', atMs: NOON - 7 }] }],
    [
      'its connection was cut',
      {
        libraryCalls: [
          ...again({ isDisturbed: true }),
          aCall({ assetIds: ['asset-2'], reply: '{"a":"asset-2","status":"Active"}' }),
        ],
      },
    ],
    ['what it made has vanished', { assets: [anAsset('vanishes')] }],
    [
      'the data of a member were deleted',
      { forgets: [{ memberId: MEMBER_ID, guildId: GUILD_ID, atMs: NOON - 7 }] },
    ],
  ])('takes a second upload where %s', (_why, changes) => {
    const libraryCalls = [
      ...again(),
      aCall({ assetIds: ['asset-2'], reply: '{"a":"asset-2","status":"Active"}' }),
    ];
    expect(
      withLibrary({ libraryCalls, providerRequests: [aCreate('asset-2')], ...changes }),
    ).toEqual([]);
  });

  it('takes an upload for a route that auto has left since', () => {
    const task = deliveredTask();
    const [route] = task.plan.routes;
    const found = (routes: Task['plan']['routes']): number =>
      judgeUploads(
        cleanEvidence({
          commands: [{ ...aCommand(videoMessage()), media: [SUN.name] }],
          tasks: new Map([[task.id, { ...task, plan: { ...task.plan, routes } }]]),
          media: [SUN],
          assets: [anAsset()],
          libraryCalls: [anUpload()],
        }),
      ).length;
    expect([found([route]), found([route, route])]).toEqual([1, 0]);
  });

  it('takes a second upload for a task of another server, also where no record of it is left', () => {
    const found = (assets: string[]): FindingKind[] =>
      judgeUploads(
        cleanEvidence({
          tasks: byId(aFullTask(), another(assets)),
          media: [SUN],
          assets: [anAsset()],
          libraryCalls: again(),
        }),
      ).map(({ kind }) => kind);
    expect(found([assetKey(SUN).replace(GUILD_ID, '1300000000000000099')])).toEqual([]);
    expect(found([assetKey(SUN)])).toEqual(['doubled']);
  });

  it('takes a second upload, for another task, of what was rejected', () => {
    const evidence = cleanEvidence({
      tasks: byId(aFullTask(), another()),
      media: [SUN],
      assets: [anAsset('rejected')],
      libraryCalls: again(),
    });
    expect(judgeUploads(evidence)).toEqual([]);
  });

  it.each<[string, Task, Partial<Evidence>]>([
    ['no upload in its quote', aFullTask({ quote: { ...QUOTE, micros: 100_000n } }), {}],
    ['a price although uploads have none', aFullTask(), { uploadPrices: undefined }],
    [
      'a settlement without its uploads',
      aFullTask({ money: { ...SETTLED, amounts: { ...SETTLED.amounts, cost: 100_000n } } }),
      {},
    ],
  ])('finds %s', (_what, task, changes) => {
    expect(withLibrary(changes, task)).toEqual(['off']);
  });

  it('finds a create with another picture', () => {
    const task = aFullTask({ assets: [assetKey(SUN), assetKey(MOON)] });
    const { sha256 } = MOON;
    const libraryCalls = [anUpload({ sha256 }), aCall({ sha256 })];
    expect(withLibrary({ libraryCalls }, task)).toEqual(['lost']);
  });

  it('finds uploads in the quote of a model that has no library', () => {
    const task = deliveredTask({ money: SETTLED });
    const [route] = task.plan.routes;
    const plan = { routes: [{ ...route, quote: QUOTE }], current: 0 } satisfies Task['plan'];
    expect(withLibrary({ libraryCalls: [], providerRequests: [] }, { ...task, plan })).toEqual([
      'off',
    ]);
  });
});

function unusable(why: UnusableReason): Partial<Evidence> {
  const outcome = { kind: 'media-unusable', option: 'image1', why } as const;
  return { ...endedAs(outcome, false, { assets: [assetKey(SUN)] }), clips: [], messages: [] };
}
const met = (what: string) => ({ what, label: SUN.name });

describe('the verdict on a medium that could not be used', () => {
  /** Excuses the missing message alone. */
  const CLOSED = { what: 'disturbance:archive' };
  const REVIEW = { what: 'calm:review-time' };

  it.each([
    ['failed', [met('asset:rejected')]],
    ['refused', [met('asset-upload:refused')]],
    ['mixed-up', [met('asset-upload:anothers-id')]],
    ['too-slow', [met('asset:stuck'), REVIEW]],
    ['never-there', [met('asset:never-there'), REVIEW]],
    ['unanswered', [met('asset-upload:hang')]],
  ] as const)('takes "%s" with its cause alone', (why, causes) => {
    const found = (incidents: Evidence['incidents']): FindingKind[] =>
      findingsOf({ ...unusable(why), media: [SUN], incidents: [CLOSED, ...incidents] });
    expect(found(causes)).toEqual([]);
    expect(found(causes.slice(1))).toEqual(['lost']);
    expect(found(causes.map(({ what }) => ({ what, label: MOON.name })))).toEqual(['lost']);
  });

  it('never takes a library that was switched off', () => {
    expect(findingsOf({ ...unusable('off'), media: [SUN], incidents: [CLOSED] })).toEqual(['lost']);
  });
});

describe('the verdict after the data of a member were deleted', () => {
  const forget = { memberId: MEMBER_ID, guildId: GUILD_ID, atMs: NOON };

  it('takes a hash in place of the member in the journal, and of nobody else', () => {
    const task = deliveredTask();
    const line = { ...journalLine(task), member: 'deleted-abc' };
    const records = new Map([...ledgerRecordsOf([task]), [journalKey(task), line] as const]);
    expect(findingsOf({ records, forgets: [forget] })).toEqual([]);
    expect(findingsOf({ records, forgets: [{ ...forget, memberId: '5' }] })).toEqual(['off']);
    expect(findingsOf({ records })).toEqual(['off']);
  });
});
