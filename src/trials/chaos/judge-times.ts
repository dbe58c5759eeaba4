import { DAY_MS } from '../../domain/time-units.ts';
import { operatorWindows } from '../../domain/ledger/windows.ts';
import { snowflakeTime } from '../../domain/tasks/snowflake.ts';
import type { Task } from '../../domain/tasks/task.ts';
import type { Evidence } from './evidence.ts';
import type { Finding } from './finding.ts';

/** Discord's clock is advanced by less than this at once, perhaps in the middle of a decision. */
const SLACK_MS = 20 * 60_000;
/** No deadline is further ahead; the latest is the expiry of a result's link. */
const FURTHEST_MS = 4 * DAY_MS;

/** Checks that every time in the store is Discord's, whatever the machine's clock said. */
export function judgeTimes(evidence: Evidence): Finding[] {
  return [...[...evidence.tasks.values()].flatMap(judgeWindows), ...judgeNumbers(evidence)];
}

/** Checks that a task counts in the windows in which it was called. */
function judgeWindows({ id, acceptedAt, windows }: Task): Finding[] {
  const calledAt = snowflakeTime(id);
  const findings: Finding[] = [];
  if (Math.abs(acceptedAt - calledAt) > SLACK_MS) {
    const what = `accepted at ${new Date(acceptedAt).toISOString()}, not at ${new Date(calledAt).toISOString()}`;
    findings.push({ kind: 'off', what, taskId: id });
  }
  const [first, last] = [operatorWindows(calledAt), operatorWindows(calledAt + SLACK_MS)];
  for (const keys of [windows.guild, windows.operator]) {
    for (const kind of ['day', 'week', 'month'] as const) {
      if ([first, last].some((due) => due[kind].key === keys[kind])) continue;
      const what = `counts in the ${kind} of ${keys[kind]}, not of ${first[kind].key}`;
      findings.push({ kind: 'off', what, taskId: id });
    }
  }
  return findings;
}

function judgeNumbers({ tasks, records, time }: Evidence): Finding[] {
  const all = [...[...tasks].map(([id, task]) => [`task:${id}`, task] as const), ...records];
  return all.flatMap(([key, value]) =>
    instantsIn(value)
      .filter((at) => at > time.ended + FURTHEST_MS || at < time.started - DAY_MS)
      .map((at): Finding => ({ kind: 'off', what: `${key} has ${new Date(at).toISOString()}` })),
  );
}

/** Finds the numbers that can only be milliseconds since 1970, in the years 2001 to 2099. */
function instantsIn(value: unknown): number[] {
  if (typeof value === 'number') return value > 1e12 && value < 4.1e12 ? [value] : [];
  if (Array.isArray(value)) return value.flatMap(instantsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(instantsIn);
}
