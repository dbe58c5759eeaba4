import type { Evidence } from './evidence.ts';
import type { Finding } from './finding.ts';
import { mischiefIn } from './mischief.ts';
import type { Life } from './supervisor.ts';

/** Lines of which each is a bug, whatever it is about. */
const BUG_LINES = [
  'unhandled rejection',
  'uncaught exception',
  'step of a task broke',
  'set aside',
  'progress edit broke',
] as const;

/** A step that meets a failing disk says so and is made again. */
const isOfTheDisk = (line: string): boolean =>
  line.includes('step of a task broke') && line.includes('"code":"SQLITE_IOERR"');

/** With a disk that fails a start fails, clearly, and the supervisor makes another. */
function isStartOnBadDisk({ end, bot }: Life): boolean {
  const wasDisk = bot.lines.some((line) => /^store:.*fail/.test(mischiefIn(line) ?? ''));
  return end === 1 && wasDisk && bot.lines.some((line) => line.includes('could not start'));
}

const STOP_CODES: ReadonlySet<number | string | undefined> = new Set([0, 'SIGTERM', 'SIGKILL']);

/** The process: it ends only when notified to, says no secret, and goes nowhere it must not. */
export function judgeProcess(evidence: Evidence): Finding[] {
  const { lives, lines, secrets, trapHits } = evidence;
  const ended = lives
    .filter((life) => !isStartOnBadDisk(life))
    .filter(({ sent, end }) => sent === undefined || !STOP_CODES.has(end))
    .map(({ sent, end }, index): Finding => ({
      fault: 'broken',
      what: `process ${index + 1} ended with ${end}, it was sent ${sent ?? 'nothing'}`,
    }));
  const bugs = lines
    .filter((line) => BUG_LINES.some((bug) => line.includes(bug)) && !isOfTheDisk(line))
    .map((line): Finding => ({ fault: 'broken', what: line }));
  const leaks = lines.flatMap((line) =>
    secrets
      .filter((secret) => line.includes(secret))
      .map((secret): Finding => ({ fault: 'leaked', what: `"${secret}" in ${line}` })),
  );
  const trapped: Finding[] =
    trapHits === 0 ? [] : [{ fault: 'let-through', what: `${trapHits} calls of the trap` }];
  return [...ended, ...bugs, ...leaks, ...trapped];
}
