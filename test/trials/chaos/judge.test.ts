import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../../src/trials/chaos/evidence.ts';
import type { Fault } from '../../../src/trials/chaos/finding.ts';
import { judge } from '../../../src/trials/chaos/judge.ts';
import type { RecordedRequest } from '../../../src/simulators/providers/recorded-request.ts';
import { journalKey } from '../../../src/store/tasks/journal.ts';
import { TASK_ID } from '../../fakes/a-task.ts';
import {
  aClip,
  aLife,
  aRepost,
  aTake,
  booksOf,
  cleanEvidence,
  deliveredTask,
  endedAs,
  faultsOf,
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

describe('the verdict on a round', () => {
  it('finds nothing where everything is as it was promised', () => {
    expect(judge(cleanEvidence())).toEqual([]);
  });

  it.each<[string, Partial<Evidence>, Fault[]]>([
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
      'a video that nobody sees, called done',
      { messages: [videoMessage({ attachments: [] })] },
      ['lost', 'lost'],
    ],
    ['the video of another task', { digests: new Map([['file', 'other']]) }, ['lost']],
    ['a task that did not end', { hasEnded: false }, ['lost']],
    [
      'a message that does not say how it ended',
      { messages: [videoMessage({ content: 'Being made' })] },
      ['lost'],
    ],
    [
      'a message that thinks for ever',
      { takes: [aTake(videoMessage({ loading: true }))] },
      ['lost'],
    ],
    [
      'an acknowledged interaction without a record',
      { tasks: new Map(), records: new Map(), clips: [], messages: [] },
      ['lost'],
    ],
    [
      'a create without an acknowledgement',
      { takes: [aTake(videoMessage(), false)] },
      ['let-through'],
    ],
    ['a create nobody asked for', { takes: [], clips: [aClip()] }, ['let-through']],
    [
      'a wrong request that became a task',
      { takes: [{ ...aTake(videoMessage()), isWrong: true }] },
      ['let-through'],
    ],
    ['a call of the trap', { trapHits: 1 }, ['let-through']],
    ['an account that is not there', { records: without(OPERATOR_ACCOUNT_KEY) }, ['off']],
    [
      'an account of nobody',
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
    ['an exit code other than 0', { lives: [aLife([], 1)] }, ['broken']],
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
    expect(faultsOf(changes)).toEqual(faults);
  });

  it('finds an account that counts something else than its tasks', () => {
    const { records } = cleanEvidence({
      records: booksOf([
        deliveredTask({ money: { state: 'settled', amounts: { videos: 2n, seconds: 5n } } }),
      ]),
    });
    expect(faultsOf({ records })).toEqual(['off', 'off', 'off']);
  });

  it('takes an end without a video only where the round has a cause for it', () => {
    const unknown = { ...endedAs({ kind: 'outcome-unknown' }), messages: [] };
    const notified = { ...unknown, ...endedAs({ kind: 'outcome-unknown' }, false) };
    const incidents = [{ what: 'gust:kill' }];
    expect(faultsOf({ ...notified })).toEqual(['lost', 'lost']);
    expect(faultsOf({ ...notified, incidents })).toEqual(['lost']);
    expect(
      faultsOf({ ...notified, incidents: [...incidents, { what: 'gust:take-view' }] }),
    ).toEqual([]);
  });

  it('takes no kill for the cause where the bot knew the task well enough to look at it', () => {
    const unknown = { ...endedAs({ kind: 'outcome-unknown' }, false), messages: [] };
    const incidents = [{ what: 'gust:kill' }, { what: 'gust:take-view' }];
    const asked = (purpose: 'create' | 'query'): Fault[] =>
      faultsOf({ ...unknown, incidents, providerRequests: [aRequestFor(aClip().id, purpose)] });
    expect([asked('create'), asked('query')]).toEqual([[], ['lost']]);
  });

  it('takes what a failing disk and Discord’s clock going on explain, and nothing else', () => {
    const { disk, clock } = {
      disk: '{"msg":"the machine misbehaves","did":"store:write-fail"}',
      clock: { incidents: [{ what: 'gust:pass-time' }] },
    };
    const broken = '{"err":{"code":"SQLITE_IOERR"},"msg":"step of a task broke; trying again"}';
    expect(faultsOf({ lines: [broken] })).toEqual([]);
    const start = [disk, '{"msg":"could not start"}'];
    expect(faultsOf({ lives: [aLife(start, 1), aLife()] })).toEqual([]);
    expect(faultsOf({ lives: [aLife(start.slice(1), 1), aLife()] })).toEqual(['broken']);
    const late = { ...endedAs({ kind: 'queue-expired' }, false), clips: [], messages: [] };
    expect(faultsOf(late)).toEqual(['lost', 'lost']);
    expect(faultsOf({ ...late, ...clock })).toEqual([]);
  });

  it('finds a video that was taken back by nobody, or that the provider has all the same', () => {
    const cancelled = { ...endedAs({ kind: 'cancelled' }, false), messages: [] };
    const closed = { what: 'gust:archive' };
    const clicked = { what: 'cancel:clicked', take: 'take-s1x0-z' };
    expect(faultsOf({ ...cancelled, clips: [], incidents: [closed] })).toEqual(['lost']);
    expect(faultsOf({ ...cancelled, clips: [], incidents: [closed, clicked] })).toEqual([]);
    expect(faultsOf({ ...cancelled, incidents: [closed, clicked] })).toEqual(['off']);
  });

  it('finds money that was given back for a task that the provider has', () => {
    const incidents = [{ what: 'create:refused', take: 'take-s1x0-z' }];
    const refusal = { category: 'unknown', message: 'no' } as const;
    const changes = endedAs({ kind: 'refused', refusal }, false);
    const excused = { incidents: [...incidents, { what: 'gust:archive' }], messages: [] };
    expect(faultsOf({ ...changes, ...excused })).toEqual(['off']);
    expect(faultsOf({ ...changes, ...excused, clips: [] })).toEqual([]);
  });
});
