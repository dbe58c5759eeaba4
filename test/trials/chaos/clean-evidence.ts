import {
  OPERATOR_ACCOUNT_KEY,
  guildAccountKey,
  memberAccountKey,
} from '../../../src/domain/ledger/account-key.ts';
import { z } from 'zod';
import type { FindingKind } from '../../../src/trials/chaos/finding.ts';
import { judge } from '../../../src/trials/chaos/judge.ts';
import { keysOf, operatorWindows } from '../../../src/domain/ledger/windows.ts';
import { operatorMoneyOf } from '../../../src/domain/ledger/money-sides.ts';
import { snowflakeTime } from '../../../src/domain/tasks/snowflake.ts';
import { MONEY_AT_END } from '../../../src/domain/tasks/outcome.ts';
import type { Outcome } from '../../../src/domain/tasks/outcome.ts';
import { digestOf } from '../../../src/trials/chaos/digest.ts';
import type { Evidence } from '../../../src/trials/chaos/evidence.ts';
import { NOTHING_NOTED } from '../../../src/trials/chaos/watch-database.ts';
import type { BotRun } from '../../../src/trials/chaos/supervisor.ts';
import type { SentCommand } from '../../../src/trials/chaos/sent-command.ts';
import { taskText } from '../../fakes/task-texts.ts';
import { accountSchema, rebuildAccount } from '../../../src/domain/ledger/account.ts';
import { journalLineSchema } from '../../../src/domain/ledger/journal-line.ts';
import type { TaskMoney } from '../../../src/domain/ledger/task-money.ts';
import type { Task } from '../../../src/domain/tasks/task.ts';
import type { InteractionHandle } from '../../../src/simulators/discord/actors/api.ts';
import type { MessageView } from '../../../src/simulators/discord/world/message-view.ts';
import type { RecordedRequest } from '../../../src/simulators/providers/recorded-request.ts';
import type { SimulatedTask } from '../../../src/simulators/providers/simulated-task.ts';
import { journalKey, journalLine } from '../../../src/store/tasks/journal.ts';
import { CHANNEL_ID, MESSAGE_ID, TASK_ID, aTask, ended } from '../../fakes/a-task.ts';
import { NOON } from '../../fakes/clock.ts';

const FILE = new Uint8Array([1, 2, 3]);
const PROMPT = 'take-s1x0-z a fox';

/** The time of the task's call, from its id. */
const CALLED_AT = snowflakeTime(TASK_ID);
const WINDOWS = keysOf(operatorWindows(CALLED_AT));

/** A task whose video was delivered, settled and notified. */
export const deliveredTask = (changes: Partial<Task> = {}): Task =>
  aTask({
    interactionId: TASK_ID,
    stage: ended({ kind: 'delivered', how: 'attachment' }, { providerTaskId: 'p-1' }),
    money: { state: 'settled', amounts: { videos: 1n, seconds: 5n } },
    secrets: {},
    acceptedAt: CALLED_AT,
    windows: { guild: WINDOWS, operator: WINDOWS },
    ...changes,
  });

export const videoMessage = (changes: Partial<MessageView> = {}): MessageView => ({
  id: MESSAGE_ID,
  channelId: CHANNEL_ID,
  authorId: 'bot',
  interactionId: undefined,
  forwarded: undefined,
  content: taskText({
    task: deliveredTask(),
    outcome: { kind: 'delivered', how: 'attachment' },
  }),
  embeds: [],
  components: [],
  attachments: [
    {
      id: 'file',
      filename: 'clapper-model-000001.mp4',
      size: 3,
      contentType: 'video/mp4',
      description: undefined,
      url: 'http://127.0.0.1/file',
      shown: true,
    },
  ],
  text: '',
  buttons: [],
  flags: 0,
  ephemeral: false,
  loading: false,
  deleted: false,
  repliesTo: undefined,
  via: 'webhook',
  createdAt: NOON,
  at: NOON,
  ...changes,
});

export function aCommand(message: MessageView | null, isPublic = true): SentCommand {
  const { id, memberId, guildId } = aTask();
  const acknowledgement = {
    kind: 'deferred-message',
    type: 5,
    ephemeral: !isPublic,
    afterMs: 1,
    messageId: MESSAGE_ID,
    data: undefined,
  } as const;
  const handle: InteractionHandle = {
    id,
    token: 'interaction-token',
    userId: memberId,
    payload: {},
    deliveredTo: 1,
    acknowledged: Promise.resolve(acknowledgement),
    acknowledgement: () => acknowledgement,
    message: () => message,
    versions: () => [],
    followUps: () => [],
    waitFor: async () => Promise.reject(new Error('nothing will come')),
    deliverAgain: () => 0,
  };
  const label = 'take-s1x0-z';
  const request = { key: label, isRepeatable: false };
  const details = { label, prompt: PROMPT, request, isInvalid: false };
  return { ...details, memberId, guildId, channelId: CHANNEL_ID, handle };
}

export const aClip = (changes: Partial<SimulatedTask> = {}): SimulatedTask => ({
  id: 'p-1',
  provider: 'jimmy',
  clip: {
    model: 'seedance2.0-sp',
    prompt: PROMPT,
    durationSeconds: 5,
    resolution: '720p',
    ratio: '16:9',
    media: [],
  },
  createdMs: NOON,
  drawn: Promise.resolve(),
  file: FILE,
  size: { width: 64, height: 64 },
  ...changes,
});

export const aRun = (lines: readonly string[] = [], end: number | string = 0): BotRun => ({
  bot: {
    pid: 1,
    lines,
    errors: [],
    waitForLine: async () => Promise.reject(new Error('it has ended')),
    exited: Promise.resolve(end),
    kill: () => undefined,
  },
  seat: 'only',
  startedAtMs: 0,
  sent: 'SIGTERM',
  end,
});

/**
 * The accounts and journal lines that follow from the tasks, which are of one guild, day and member,
 * with the money of uploads beside them.
 */
export function ledgerRecordsOf(
  tasks: readonly Task[],
  uploads: readonly TaskMoney[] = [],
): Map<string, unknown> {
  const records = new Map<string, unknown>();
  for (const task of tasks) {
    const { guildId, memberId, windows } = task;
    const beside = uploads.map((money) => ({ money, windowKeys: windows.guild }));
    const ofMember = tasks.filter((one) => one.memberId === memberId);
    const own = ({ money }: Task) => ({ money, windowKeys: windows.guild });
    const guild = rebuildAccount(windows.guild, [...tasks.map(own), ...beside]);
    records.set(guildAccountKey(guildId), z.encode(accountSchema, guild));
    const member = rebuildAccount(windows.guild, [...ofMember.map(own), ...beside]);
    records.set(memberAccountKey(guildId, memberId), z.encode(accountSchema, member));
    const whole = rebuildAccount(windows.operator, [
      ...tasks.map((one) => ({ money: operatorMoneyOf(one), windowKeys: windows.operator })),
      ...beside,
    ]);
    records.set(OPERATOR_ACCOUNT_KEY, z.encode(accountSchema, whole));
    const line = journalLine(task);
    if (line !== undefined) records.set(journalKey(task), z.encode(journalLineSchema, line));
  }
  return records;
}

/** One delivered task, without anything to find. */
export function cleanEvidence(changes: Partial<Evidence> = {}): Evidence {
  const task = deliveredTask();
  const message = videoMessage();
  return {
    outsiderIds: new Set(),
    commands: [aCommand(message)],
    tasks: new Map([[task.id, task]]),
    records: ledgerRecordsOf([task]),
    clips: [aClip()],
    providerRequests: [],
    libraryCalls: [],
    assets: [],
    media: [],
    prices: {},
    uploadPrices: undefined,
    forgets: [],
    namings: [],
    charges: new Map(),
    deletions: [],
    searched: [],
    messages: [message],
    denied: new Set(),
    posts: new Map(REPOST_IDS.map((id) => [id, task.id])),
    digests: new Map([['file', digestOf(FILE)]]),
    shrunk: new Map(),
    runs: [aRun()],
    noted: NOTHING_NOTED,
    suspensions: [],
    delays: [],
    lines: [],
    incidents: [],
    quota: undefined,
    budget: undefined,
    restore: undefined,
    holdEnds: [],
    time: { started: CALLED_AT, ended: NOON },
    deleted: new Set(),
    deeds: [],
    settingChanges: [],
    trapHits: 0,
    mirroredKeys: 0,
    secrets: ['interaction-token'],
    hasEnded: true,
    ...changes,
  };
}

/** A request about the task of the provider, and what that was answered. */
export const anAnswer = (
  body: object,
  changes: Partial<RecordedRequest> = {},
): RecordedRequest => ({
  provider: 'ark',
  purpose: 'query',
  method: 'GET',
  path: '/tasks/p-1',
  headers: {},
  body: undefined,
  atMs: NOON,
  taskId: 'p-1',
  reply: { status: 200, body: JSON.stringify(body) },
  ...changes,
});

export const findingsOf = (changes: Partial<Evidence>): FindingKind[] =>
  judge(cleanEvidence(changes)).map(({ kind }) => kind);

/** The one task with another outcome, and accounts that fit. */
export function endedAs(
  outcome: Outcome,
  notified = true,
  changes: Partial<Task> = {},
): Partial<Evidence> {
  const task = deliveredTask({
    stage: ended(outcome, { notified }),
    money:
      MONEY_AT_END[outcome.kind] === 'held'
        ? { state: 'held', amounts: { videos: 1n, seconds: 5n } }
        : { state: 'released', assumed: false },
    ...changes,
  });
  const marker = [`held:${task.guildId}:${task.id}`, 1] as const;
  const records = ledgerRecordsOf([task]);
  return { tasks: new Map([[task.id, task]]), records: new Map([...records, marker]) };
}

/** The messages that the bot posted anew, if they are there. */
const REPOST_IDS = ['1300000000000000051', '1300000000000000052'];

/** A new message of the task, as the delivery path `repost` posts it. */
export const aRepost = (id: string) =>
  videoMessage({
    id,
    content: `<@1> > ${aCommand(null).label} a fox`,
    attachments: [],
    via: 'channel',
  });
