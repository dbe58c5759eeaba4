import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { journalLineSchema } from '../../domain/ledger/journal-line.ts';
import { isHeld } from '../../domain/ledger/money-sides.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { journalKey, journalLine } from '../../store/tasks/journal.ts';
import type { Evidence } from './evidence.ts';
import { bookedUploads } from './upload-charges.ts';
import { heldAgainIn } from './held-again.ts';
import { judgeAccounts } from './judge-accounts.ts';
import type { Finding } from './finding.ts';

/** Checks that accounts, journal and markers say exactly what the tasks' records say. */
export function judgeMoney(evidence: Evidence): Finding[] {
  const tasks = [...evidence.tasks.values()];
  return [
    ...judgeAccounts(evidence, tasks),
    ...judgeJournal(evidence, tasks),
    ...judgeMarkers(evidence, tasks),
    ...judgeQuota(evidence, tasks),
  ];
}

function judgeJournal(evidence: Evidence, tasks: readonly Task[]): Finding[] {
  const { records } = evidence;
  const expected = new Map(
    tasks.flatMap((task) => {
      const line = journalLine(task);
      const value: unknown = line === undefined ? undefined : z.encode(journalLineSchema, line);
      return line === undefined ? [] : [[journalKey(task), value] as const];
    }),
  );
  // A line that was overwritten with `null` counts as removed: readers skip it.
  const stored = [...records].filter(([key, line]) => key.startsWith('journal:') && line !== null);
  const uploads = new Set(bookedUploads(evidence).map(({ charge }) => charge.id));
  return [
    ...stored
      .filter(([key]) => !expected.has(key) && !uploads.has(key.split(':').at(-1) ?? ''))
      .map(([key, line]): Finding => ({
        kind: 'off',
        what: `${key} is a line of no task: ${JSON.stringify(line)}`,
        taskId: key.split(':').at(-1) ?? key,
      })),
    ...[...expected]
      .filter(([key, line]) => {
        const said = withoutHash(evidence, records.get(key));
        return !isDeepStrictEqual(plain(said), plain(line));
      })
      .map(([key, line]): Finding => ({
        kind: 'off',
        what: `${key} says ${JSON.stringify(records.get(key))}, not ${JSON.stringify(line)}`,
      })),
  ];
}

/** A line with its member again, where a deletion of data put a hash in their place. */
function withoutHash({ forgets, tasks }: Evidence, line: unknown): unknown {
  const read = journalLineSchema.safeParse(line);
  if (!read.success || !read.data.member.startsWith('deleted-')) return line;
  const task = [...tasks.values()].find(({ id }) => id === read.data.task);
  const forgotten = forgets.find(({ memberId }) => memberId === task?.memberId);
  return forgotten === undefined
    ? line
    : z.encode(journalLineSchema, { ...read.data, member: forgotten.memberId });
}

/** The value as it would be read from the store. */
function plain(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

/** Checks the quota: what was not released counts in the day in which it was reserved. */
function judgeQuota(evidence: Evidence, tasks: readonly Task[]): Finding[] {
  const { quota } = evidence;
  if (quota === undefined) return [];
  const heldAgain = heldAgainIn(evidence);
  const counted = new Map<string, string[]>();
  for (const { id, guildId, memberId, money, windows } of tasks) {
    if (guildId !== quota.guildId || money.state === 'released' || money.state === 'none') continue;
    if (heldAgain.has(id)) continue;
    const owner = `${memberId} in the day of ${windows.guild.day}`;
    counted.set(owner, [...(counted.get(owner) ?? []), id]);
  }
  return [...counted]
    .filter(([, ids]) => ids.length > quota.limit)
    .map(([owner, ids]): Finding => ({
      kind: 'let-through',
      what: `${owner} has ${ids.join(' and ')}; ${quota.limit} were allowed`,
      ...(ids[0] === undefined ? {} : { taskId: ids[0] }),
    }));
}

function judgeMarkers({ records, hasEnded }: Evidence, tasks: readonly Task[]): Finding[] {
  const open = [...records.keys()].filter((key) => key.startsWith('open:'));
  const unmarked = tasks.filter(
    (task) => isHeld(task) && !records.has(`held:${task.guildId}:${task.id}`),
  );
  const quarantined = [...records.keys()].filter((key) => key.startsWith('quarantine:'));
  return [
    ...(hasEnded ? open : []).map((key): Finding => ({ kind: 'off', what: `${key} was left` })),
    ...unmarked.map(({ id }): Finding => ({
      kind: 'off',
      what: 'held, but has no marker',
      taskId: id,
    })),
    ...quarantined.map((key): Finding => ({
      kind: 'lost',
      what: `a record was quarantined: ${key}`,
    })),
  ];
}
