import { noticePrefix } from '../notices/notice-record.ts';
import { JOURNAL_MS } from '../../domain/ledger/journal-line.ts';
import type { StoredRecord } from '../../app/ports/record-store-port.ts';
import { quarantineKey } from '../records/quarantine.ts';
import { isHeld } from '../../domain/ledger/money-sides.ts';
import { withoutUnknown } from '../../domain/tasks/task.ts';
import type { Task } from '../../domain/tasks/task.ts';
import type { Cipher } from '../records/cipher.ts';
import { readMarks } from '../privacy/personal-data-store.ts';
import { readTasks } from '../privacy/read-tasks.ts';
import type { RetentionStoreDeps } from '../privacy/retention-store.ts';
import { absentKey } from './guild-presence-store.ts';
import {
  JOURNAL_PREFIX,
  journalGuildPrefix,
  parseJournalKey,
  journalMonthPrefix,
} from '../tasks/journal.ts';
import {
  claimKey,
  endedKey,
  deleteKey,
  heldPrefix,
  memberKey,
  openKey,
  taskKey,
} from '../tasks/task-keys.ts';
import { toRecord } from '../tasks/task-record.ts';
import {
  guildAccountKey,
  memberAccountKey,
  memberAccountPrefix,
} from '../../domain/ledger/account-key.ts';
import type { Ledger } from '../../app/ports/ledger-port.ts';
import type { GuildSettingsStore } from '../../app/ports/guild-settings-port.ts';
import type { DeletedGuild } from '../../app/ports/guild-presence-port.ts';

export interface DeleteGuildDataDeps extends RetentionStoreDeps {
  readonly ledger: Pick<Ledger, 'forget'>;
  readonly guilds: Pick<GuildSettingsStore, 'forget'>;
  /** The unfinished tasks in memory. */
  readonly active: { ofGuild(guildId: string): number };
}

/**
 * Deletes all data of a guild. Records by which others are found are deleted after these, and the
 * record of the guild's absence last, so an interrupted call can be repeated.
 *
 * Does not resolve holds. A task whose money is held on either side is kept without prompt, media, addresses
 * and token, together with what its resolution needs: its journal line, its marks, and the accounts
 * of its member and the guild. The operator's account is not changed: its spending remains.
 *
 * Resolves with `undefined` while a task is unfinished; call it again later.
 */
export async function deleteGuildData(
  deps: DeleteGuildDataDeps,
  guildId: string,
  nowMs: number,
): Promise<DeletedGuild | undefined> {
  const { records, ledger, guilds, active, media } = deps;
  const found = await findAll(deps, guildId, nowMs);
  if (found.tasks.some(({ stage }) => stage.name !== 'ended')) return undefined;
  const held = found.tasks.filter(isHeld);
  const kept = new Set<string>(held.map(({ id }) => id));
  const isDeletable = ({ id }: { readonly id: string }): boolean => !kept.has(id);
  const tasks = found.tasks.filter(isDeletable);
  const lines = found.lines.filter(isDeletable);

  await media.delete(found.ids);
  await records.write(held.filter(hasPersonal).map((task) => withoutSecrets(deps.cipher, task)));
  await records.remove(
    tasks.flatMap((task) => [...endedMarkKeys(task), claimKey(task.interactionId)]),
  );
  await records.remove(
    found.ids.filter((id) => !kept.has(id)).flatMap((id) => keysOfTask(guildId, id)),
  );
  await records.remove(lines.map(({ key }) => key));
  await records.remove(found.marks.filter(isDeletable).map(memberKey));
  await records.remove(await records.keysUnder(noticePrefix(guildId)));
  await guilds.forget(guildId);
  // A member may have started a video meanwhile: then the bot is back in this guild.
  if (active.ofGuild(guildId) > 0) return undefined;
  await ledger.forget(accountsWithoutHold(held, guildId, found.memberIds));
  if (held.length === 0) await records.remove([absentKey(guildId)]);
  return { tasks: tasks.length, lines: lines.length, held: held.length };
}

/**
 * Finds the guild's tasks by their journal lines, and by the marks of the members that have an
 * account in the guild, without reading the history of other guilds.
 */
async function findAll(deps: DeleteGuildDataDeps, guildId: string, nowMs: number) {
  const { records } = deps;
  const prefix = memberAccountPrefix(guildId);
  const memberIds = (await records.keysUnder(prefix)).map((key) => key.slice(prefix.length));
  const marks = await Promise.all(
    memberIds.map(async (memberId) =>
      (await readMarks(records, memberId))
        .filter((mark) => mark.guildId === guildId)
        .map(({ id }) => ({ id, memberId })),
    ),
  );
  const months = await Promise.all(
    keptMonths(nowMs).map(async (month) => records.keysUnder(journalGuildPrefix(guildId, month))),
  );
  // A wrong clock may have dated lines in the future.
  const future = await records.keysUnder(JOURNAL_PREFIX, {
    from: journalMonthPrefix(monthAt(new Date(nowMs), 2)),
  });
  const futureLines = future.filter((key) => parseJournalKey(key)?.guildId === guildId);
  const lines = [...months.flat(), ...futureLines].map((key) => ({
    key,
    id: key.slice(key.lastIndexOf(':') + 1),
  }));
  const heldMarks = await records.keysUnder(heldPrefix(guildId));
  const ids = new Set([
    ...marks.flat().map(({ id }) => id),
    ...lines.map(({ id }) => id),
    ...heldMarks.map((key) => key.slice(heldPrefix(guildId).length)),
  ]);
  const { tasks } = await readTasks(deps, [...ids]);
  return { memberIds, marks: marks.flat(), lines, ids: [...ids], tasks };
}

/** Every month that may have a line. A guild's month begins up to a day before or after UTC's. */
function keptMonths(nowMs: number): string[] {
  const oldest = new Date(nowMs - JOURNAL_MS);
  const months: string[] = [];
  for (let offset = -1; months.at(-1) !== monthAt(new Date(nowMs), 1); offset += 1) {
    months.push(monthAt(oldest, offset));
  }
  return months;
}

function monthAt(instant: Date, offset: number): string {
  const month = new Date(Date.UTC(instant.getUTCFullYear(), instant.getUTCMonth() + offset, 1));
  return month.toISOString().slice(0, 7);
}

/** Whether there is something of its member in it. */
function hasPersonal(task: Task): boolean {
  const hasSecrets = Object.values(task.secrets).some((secret) => secret !== undefined);
  return hasSecrets || withoutUnknown(task) !== task;
}

function withoutSecrets(cipher: Cipher, task: Task): StoredRecord {
  return toRecord(cipher, { ...withoutUnknown(task), secrets: {} });
}

function endedMarkKeys({ id, stage }: Task): string[] {
  return stage.name === 'ended' ? [endedKey(id, stage.endedAt)] : [];
}

function keysOfTask(guildId: string, id: string): string[] {
  return [
    taskKey(id),
    openKey(id),
    `${heldPrefix(guildId)}${id}`,
    deleteKey(id),
    quarantineKey(taskKey(id)),
  ];
}

function accountsWithoutHold(
  held: readonly Task[],
  guildId: string,
  memberIds: readonly string[],
): string[] {
  const holders = new Set(held.map(({ memberId }) => memberId));
  return [
    ...memberIds.filter((id) => !holders.has(id)).map((id) => memberAccountKey(guildId, id)),
    // Last of all accounts, because a guild is found by its account.
    ...(held.length === 0 ? [guildAccountKey(guildId)] : []),
  ];
}
