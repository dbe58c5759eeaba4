import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../../src/trials/chaos/evidence.ts';
import type { FindingKind } from '../../../src/trials/chaos/finding.ts';
import { judge } from '../../../src/trials/chaos/judge.ts';
import { judgeEnds } from '../../../src/trials/chaos/judge-ends.ts';
import type { SeenCall } from '../../../src/trials/chaos/library-calls.ts';
import type { RecordedRequest } from '../../../src/simulators/providers/recorded-request.ts';
import { messagesFor } from '../../../src/discord/messages/messages-for.ts';
import { journalKey } from '../../../src/store/tasks/journal.ts';
import { originSchema } from '../../../src/domain/tasks/origin.ts';
import { CHANNEL_ID, MESSAGE_ID, TASK_ID } from '../../fakes/a-task.ts';
import { NOON } from '../../fakes/clock.ts';
import { taskText } from '../../fakes/task-texts.ts';
import {
  aClip,
  aRun,
  aRepost,
  aCommand,
  ledgerRecordsOf,
  cleanEvidence,
  deliveredTask,
  endedAs,
  findingsOf,
  videoMessage,
} from './clean-evidence.ts';
import { OPERATOR_ACCOUNT_KEY } from '../../../src/domain/ledger/account-key.ts';

const aRequestFor = (taskId: string, purpose: 'create' | 'query'): RecordedRequest => ({
  provider: 'jimmy',
  purpose,
  method: 'GET',
  path: '/',
  headers: {},
  body: undefined,
  atMs: 0,
  taskId,
});

function without(key: string): Map<string, unknown> {
  const records = new Map(cleanEvidence().records);
  records.delete(key);
  return records;
}

/** A killed process, after whose public reply nothing is left. */
const UNSTARTED: Partial<Evidence> = {
  tasks: new Map(),
  records: new Map(),
  clips: [],
  messages: [],
  incidents: [{ what: 'disturbance:kill' }],
};

/** A video that was made from another one. */
const second = deliveredTask({
  origin: { action: 'edit', channelId: CHANNEL_ID, messageId: MESSAGE_ID },
});
const SECOND: Partial<Evidence> = { tasks: new Map([[second.id, second]]) };
const SECOND_TEXT = taskText({
  task: second,
  outcome: { kind: 'delivered', how: 'attachment' },
});

describe('the verdict on a round', () => {
  it.each(['en', 'zh-CN'] as const)(
    'takes a reply without a task where a kill left it and its message says so in %s',
    (language) => {
      const content = messagesFor(language).task.notStarted;
      const message = videoMessage({ content, attachments: [] });
      const commands = [aCommand(message)];
      expect(judge({ ...cleanEvidence(), ...UNSTARTED, commands })).toEqual([]);
    },
  );

  it('finds nothing where every promise was kept', () => {
    expect(judge(cleanEvidence())).toEqual([]);
    const messages = [videoMessage({ content: SECOND_TEXT })];
    expect(judge(cleanEvidence({ ...SECOND, messages }))).toEqual([]);
  });

  it.each<[string, Partial<Evidence>, FindingKind[]]>([
    ['a second accepted create', { clips: [aClip(), aClip({ id: 'p-2' })] }, ['doubled']],
    [
      'a second message with the video',
      { messages: [videoMessage(), videoMessage({ id: '1300000000000000041' })] },
      ['doubled'],
    ],
    [
      'a message with the video twice',
      {
        messages: [
          videoMessage({
            attachments: [...videoMessage().attachments, ...videoMessage().attachments],
          }),
        ],
      },
      ['doubled'],
    ],
    [
      'a delivery without a visible video',
      { messages: [videoMessage({ attachments: [] })] },
      ['lost', 'lost'],
    ],
    ['the video of another task', { digests: new Map([['file', 'other']]) }, ['lost']],
    ['a task that did not end', { hasEnded: false }, ['lost']],
    [
      'a message that does not say how it ended',
      { messages: [videoMessage({ content: 'Generating' })] },
      ['lost'],
    ],
    [
      'a message that says what it was made from, and not how it ended',
      { ...SECOND, messages: [videoMessage({ content: SECOND_TEXT.replace('\nDone', '') })] },
      ['lost'],
    ],
    [
      'a message that stays on "thinking"',
      { commands: [aCommand(videoMessage({ loading: true }))] },
      ['lost'],
    ],
    [
      'an acknowledged interaction without a record',
      { tasks: new Map(), records: new Map(), clips: [], messages: [] },
      ['lost'],
    ],
    [
      'a reply that a kill left without a task, and whose message does not say so',
      { ...UNSTARTED, commands: [aCommand(videoMessage({ content: '', attachments: [] }))] },
      ['lost'],
    ],
    [
      'a create without an acknowledgement',
      { commands: [aCommand(videoMessage(), false)] },
      ['let-through'],
    ],
    ['a denied task', { denied: new Set([deliveredTask().interactionId]) }, ['broken']],
    ['a lost file', { lines: ['{"msg":"downloaded video is gone"}'] }, ['broken']],
    ['a create without a command', { commands: [], clips: [aClip()] }, ['let-through']],
    [
      'an invalid request that became a task',
      { commands: [{ ...aCommand(videoMessage()), isInvalid: true }] },
      ['let-through'],
    ],
    ['a call of the trap', { trapHits: 1 }, ['let-through']],
    ['an account that is not there', { records: without(OPERATOR_ACCOUNT_KEY) }, ['off']],
    [
      'an account of no task',
      { records: new Map([...cleanEvidence().records, ['account:guild:1', {}]]) },
      ['off'],
    ],
    ['a missing journal line', { records: without(journalKey(deliveredTask())) }, ['off']],
    [
      'a journal line of no task',
      { records: new Map([...cleanEvidence().records, ['journal:2026-11:1:2', {}]]) },
      ['off'],
    ],
    [
      'a marker that was left',
      { records: new Map([...cleanEvidence().records, [`open:${TASK_ID}`, 1]]) },
      ['off'],
    ],
    ['a token in a log line', { lines: ['{"url":"interaction-token"}'] }, ['leaked']],
    ['an unhandled rejection', { lines: ['{"msg":"unhandled rejection"}'] }, ['broken']],
    ['an exit code other than 0', { runs: [aRun([], 1)] }, ['broken']],
    [
      'a member over the quota',
      { quota: { guildId: deliveredTask().guildId, limit: 0 } },
      ['let-through'],
    ],
    [
      'a second new message of one task',
      {
        messages: [videoMessage(), aRepost('1300000000000000051'), aRepost('1300000000000000052')],
      },
      ['doubled'],
    ],
    [
      'a step that broke, but not by the disk',
      { lines: ['{"err":{"code":"ERR"},"msg":"step of a task broke; trying again"}'] },
      ['broken'],
    ],
  ])('finds %s', (_what, changes, faults) => {
    expect(findingsOf(changes)).toEqual(faults);
  });

  it('finds an account that differs from its tasks', () => {
    const { records } = cleanEvidence({
      records: ledgerRecordsOf([
        deliveredTask({ money: { state: 'settled', amounts: { videos: 2n, seconds: 5n } } }),
      ]),
    });
    expect(findingsOf({ records })).toEqual(['off', 'off', 'off']);
  });

  it('accepts an end without a video only if the round has a cause for it', () => {
    const unknown = { ...endedAs({ kind: 'outcome-unknown' }), messages: [] };
    const notified = { ...unknown, ...endedAs({ kind: 'outcome-unknown' }, false) };
    const incidents = [{ what: 'disturbance:kill' }];
    expect(findingsOf({ ...notified })).toEqual(['lost', 'lost']);
    expect(findingsOf({ ...notified, incidents })).toEqual(['lost']);
    expect(
      findingsOf({ ...notified, incidents: [...incidents, { what: 'disturbance:deny-view' }] }),
    ).toEqual([]);
  });

  it('accepts that a medium is gone if the member of the video it is made from was forgotten', () => {
    const source = deliveredTask();
    const origin = {
      action: 'continue',
      channelId: CHANNEL_ID,
      messageId: MESSAGE_ID,
      taskId: source.id,
    };
    const gone = endedAs({ kind: 'media-gone' }, true, {
      origin: originSchema.parse(origin),
    });
    const evidence = { ...gone, clips: [], messages: [] };
    const forgets = [{ memberId: source.memberId, guildId: source.guildId, atMs: NOON }];
    const incidents = [{ what: 'disturbance:deny-view' }];
    const withoutCause = (changes: Partial<Evidence>): number =>
      judge(cleanEvidence({ ...evidence, incidents, ...changes })).filter(({ what }) =>
        what.includes('without a cause'),
      ).length;
    expect([withoutCause({}), withoutCause({ forgets })]).toEqual([1, 0]);
  });

  it('accepts that a named medium is gone if it was deleted', () => {
    const sha256 = 'a'.repeat(64);
    const gone = endedAs({ kind: 'media-gone', option: 'image1' }, false);
    const { guildId, memberId, handle } = aCommand(null);
    const naming = { guildId, memberId, name: 'hero', sha256, kind: 'image', handle } as const;
    const deletion: SeenCall = {
      library: 'anyfast/assets',
      way: 'file',
      call: 'delete',
      sha256,
      assetIds: [],
      name: undefined,
      atMs: NOON,
      answer: 'ok',
      isRight: true,
      isDisturbed: false,
      reply: undefined,
    };
    const withoutCause = (libraryCalls: SeenCall[]): number =>
      judgeEnds(
        cleanEvidence({
          ...gone,
          commands: [{ ...aCommand(null), named: 'hero' }],
          libraryCalls,
          namings: [naming],
        }),
      ).length;
    expect([withoutCause([]), withoutCause([deletion])]).toEqual([1, 0]);
  });

  it('does not accept a kill as the cause if the bot had polled the task', () => {
    const unknown = { ...endedAs({ kind: 'outcome-unknown' }, false), messages: [] };
    const incidents = [{ what: 'disturbance:kill' }, { what: 'disturbance:deny-view' }];
    const findingsAfter = (purpose: 'create' | 'query'): FindingKind[] =>
      findingsOf({ ...unknown, incidents, providerRequests: [aRequestFor(aClip().id, purpose)] });
    expect([findingsAfter('create'), findingsAfter('query')]).toEqual([[], ['lost']]);
  });

  it('accepts what a failing disk or an advanced Discord clock explains, and nothing else', () => {
    const { disk, clock } = {
      disk: '{"msg":"the machine misbehaves","did":"store:write-fail"}',
      clock: { incidents: [{ what: 'disturbance:pass-time' }] },
    };
    const broken = '{"err":{"code":"SQLITE_IOERR"},"msg":"step of a task broke; trying again"}';
    expect(findingsOf({ lines: [broken] })).toEqual([]);
    const start = [disk, '{"msg":"could not start"}'];
    expect(findingsOf({ runs: [aRun(start, 1), aRun()] })).toEqual([]);
    expect(findingsOf({ runs: [aRun(start.slice(1), 1), aRun()] })).toEqual(['broken']);
    const late = { ...endedAs({ kind: 'queue-expired' }, false), clips: [], messages: [] };
    expect(findingsOf(late)).toEqual(['lost', 'lost']);
    expect(findingsOf({ ...late, ...clock })).toEqual([]);
  });

  it('finds a cancelled video that nobody cancelled, or that the provider has', () => {
    const cancelled = { ...endedAs({ kind: 'cancelled' }, false), messages: [] };
    const closed = { what: 'disturbance:archive' };
    const clicked = { what: 'cancel:clicked', label: 'take-s1x0-z' };
    expect(findingsOf({ ...cancelled, clips: [], incidents: [closed] })).toEqual(['lost']);
    expect(findingsOf({ ...cancelled, clips: [], incidents: [closed, clicked] })).toEqual([]);
    expect(findingsOf({ ...cancelled, incidents: [closed, clicked] })).toEqual(['off']);
  });

  it('finds released money of a task that the provider has', () => {
    const incidents = [{ what: 'create:refused', label: 'take-s1x0-z' }];
    const refusal = { category: 'unknown', message: 'no' } as const;
    const changes = endedAs({ kind: 'refused', refusal }, false);
    const excused = { incidents: [...incidents, { what: 'disturbance:archive' }], messages: [] };
    expect(findingsOf({ ...changes, ...excused })).toEqual(['off']);
    expect(findingsOf({ ...changes, ...excused, clips: [] })).toEqual([]);
  });
});
