import { LEASE_MS } from './company.ts';
import { hasIncident } from './evidence.ts';
import type { Evidence } from './evidence.ts';
import type { Finding } from './finding.ts';
import { machineFaultIn } from './machine-faults.ts';
import type { BotRun } from './supervisor.ts';

/** Texts of log lines that always show a bug. */
const BUG_LINES = [
  'unhandled rejection',
  'uncaught exception',
  'step of a task broke',
  'quarantined',
  'progress edit broke',
  // The files of a process may be removed by itself alone.
  'downloaded video is gone',
  'the file is gone',
] as const;

/** Whether a step broke because the disk failed, or the line to the database; it is retried. */
const isOfTheDisk = (line: string): boolean =>
  line.includes('step of a task broke') &&
  (line.includes('"code":"SQLITE_IOERR"') || OF_THE_DATABASE.test(line));

const OF_THE_DATABASE =
  /"message":"(?:the connection to the database is|the database system is|this process is no member|another process is the instance|Connection terminated)/;

/** An answer of the database that did not come in time; a bug where nothing kept it. */
const OF_A_SILENCE =
  /"message":"(?:Query read timeout|timeout expired|canceling statement due to statement timeout)/;

const DATABASE_WAS_SILENT = /disturbance:(suspend|silent|crash-database)|many:stands/;

/** One start waits for the others, and gives up where one after the other stood still. */
const OF_OTHER_STARTS = '"message":"another process of this database has been starting for';

/** Whether a start failed because of the disk or the database; the supervisor starts another process. */
function isStartOnBadDisk(evidence: Evidence, { end, bot }: BotRun): boolean {
  if (end !== 1) return false;
  const wasCut = bot.lines.some((line) => line.includes('cut off while this process was starting'));
  if (wasCut) return true;
  const failed = bot.lines.find((line) => line.includes('could not start'));
  if (failed === undefined) return false;
  if (OF_THE_DATABASE.test(failed) || OF_A_SILENCE.test(failed)) return true;
  if (failed.includes(OF_OTHER_STARTS)) return hasIncident(evidence, DATABASE_WAS_SILENT);
  return bot.lines.some((line) => /^store:.*fail/.test(machineFaultIn(line) ?? ''));
}

/** Whether it was started beside a process of its name that took longer to stop than a start waits. */
function isBesideItsPredecessor({ runs }: Evidence, run: BotRun): boolean {
  const { seat, startedAtMs, end, bot } = run;
  return (
    end === 1 &&
    bot.lines.some((line) => line.includes('and still lives')) &&
    runs.some(
      (other) =>
        other.seat === seat &&
        other.startedAtMs < startedAtMs &&
        (other.endedAtMs ?? Infinity) > startedAtMs + LEASE_MS,
    )
  );
}

const LAST_LINES = 4;

const STOP_CODES: ReadonlySet<number | string | undefined> = new Set([0, 'SIGTERM', 'SIGKILL']);

/** Checks each process: it ends only by a signal, logs no secret, and calls no forbidden address. */
export function judgeProcess(evidence: Evidence): Finding[] {
  const { runs, lines, secrets, trapHits, mirroredKeys } = evidence;
  const wasSilent = hasIncident(evidence, DATABASE_WAS_SILENT);
  const ended = runs
    .filter((run) => !isStartOnBadDisk(evidence, run) && !isBesideItsPredecessor(evidence, run))
    .filter(({ sent, end }) => sent === undefined || !STOP_CODES.has(end))
    .map(({ bot, sent, end }): Finding => ({
      kind: 'broken',
      what: `process ${bot.pid} ended with ${end}, it was sent ${sent ?? 'nothing'}; its last lines: ${bot.lines.slice(-LAST_LINES).join(' ')}`,
    }));
  const bugs = lines
    .filter((line) => BUG_LINES.some((bug) => line.includes(bug)) && !isOfTheDisk(line))
    .filter((line) => !(wasSilent && OF_A_SILENCE.test(line)))
    .map((line): Finding => ({ kind: 'broken', what: line }));
  const leaks = lines.flatMap((line) =>
    secrets
      .filter((secret) => line.includes(secret))
      .map((secret): Finding => ({ kind: 'leaked', what: `"${secret}" in ${line}` })),
  );
  const trapped: Finding[] =
    trapHits === 0 ? [] : [{ kind: 'let-through', what: `${trapHits} calls of the trap` }];
  const keys: Finding[] =
    mirroredKeys === 0
      ? []
      : [{ kind: 'leaked', what: `${mirroredKeys} times a key to where a result was redirected` }];
  return [...ended, ...bugs, ...leaks, ...trapped, ...keys];
}
