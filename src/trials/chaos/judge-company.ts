import { LEASE_MS } from './company.ts';
import type { Evidence } from './evidence.ts';
import type { Finding } from './finding.ts';
import { labelIn } from './sent-command.ts';
import { standstillsIn } from './standstills.ts';
import type { BotRun } from './supervisor.ts';

/** A death is to be noticed within a second, a pause within the lease and a moment. */
const AFTER_DEATH_MS = 1000;
const AFTER_PAUSE_MS = LEASE_MS + 2000;
/** What a process, a commit and the harness may take beside that, and how often a timer's delay counts. */
const SLACK_MS = 2000;
const DELAYS = 10;

/** Troubles of the server or of lines to it, during which no process takes anything over. */
const DATABASE_TROUBLE =
  /^disturbance:(crash-database|cut-line|cut-commit|silent-line|silent-commit)/;
/** So long they may last. */
const TROUBLE_MS = 4 * LEASE_MS;

/** Checks what the server noted of several processes: who wrote what, and who took over when. */
export function judgeCompany(evidence: Evidence): Finding[] {
  return [
    ...judgeStrays(evidence),
    ...judgeLateCreates(evidence),
    ...judgeDeaths(evidence),
    ...judgePauses(evidence),
  ];
}

/** A process that has had no slot yet begins: it writes of any guild while no other may be there. */
function judgeStrays({ noted }: Evidence): Finding[] {
  const hadSlots = (member: string, atMs: number): boolean =>
    noted.slots.some(({ owner, at }) => owner === member && at <= atMs);
  const strays = noted.strays.filter(
    ({ owner, member, at }) => owner !== null || hadSlots(member, at),
  );
  return strays.map(({ key, slot, member, owner }) => ({
    kind: 'doubled',
    what: `${key} of slot ${slot} was written by ${member}, which ${owner ?? 'nobody'} owned`,
  }));
}

/**
 * Checks that no create leaves a process that stood still between its commit and the create for so long
 * that it was no member any more: another one holds the task by then.
 */
function judgeLateCreates(evidence: Evidence): Finding[] {
  const { noted, runs, restore, tasks, commands, providerRequests } = evidence;
  if (restore !== undefined) return [];
  const lost = standstillsIn(runs).filter(({ run, fromMs, toMs }) => {
    const member = noted.members.findLast(
      ({ instance, at }) => instance === run.seat && at < fromMs,
    );
    return member !== undefined && (member.gone ?? Infinity) < toMs;
  });
  return lost.flatMap(({ sending, toMs }) =>
    [...tasks.values()]
      // One that was found not to be sent is attempted again by rights.
      .filter(({ id, attempts }) => sending.includes(id) && attempts.length <= 1)
      .flatMap(({ id, interactionId }): Finding[] => {
        const label = commands.find(({ handle }) => handle.id === interactionId)?.label;
        // Another request of the same prompt may be sent.
        const isOnly = commands.filter((command) => command.label === label).length === 1;
        const isLate = providerRequests.some(
          ({ purpose, body, atMs }) =>
            purpose === 'create' && labelIn(body) === label && atMs >= toMs,
        );
        const what = 'its create was sent after its process was no member any more';
        return isOnly && isLate ? [{ kind: 'let-through', what, taskId: id }] : [];
      }),
  );
}

function judgeDeaths(evidence: Evidence): Finding[] {
  return evidence.runs.flatMap((run): Finding[] => {
    const { sent, endedAtMs } = run;
    if (sent !== 'SIGKILL' || endedAtMs === undefined) return [];
    return judgeTakeover(evidence, run, { fromMs: endedAtMs, dueMs: AFTER_DEATH_MS, what: 'died' });
  });
}

function judgePauses(evidence: Evidence): Finding[] {
  const { suspensions, runs } = evidence;
  return [...suspensions, ...standstillsIn(runs)].flatMap(({ run, fromMs, toMs }): Finding[] => {
    const wasKilled = (run.endedAtMs ?? Infinity) < fromMs + AFTER_PAUSE_MS + SLACK_MS;
    if (wasKilled || toMs - fromMs < AFTER_PAUSE_MS + allowed(evidence, fromMs)) return [];
    return judgeTakeover(evidence, run, { fromMs, dueMs: AFTER_PAUSE_MS, what: 'stood still' });
  });
}

interface Loss {
  readonly fromMs: number;
  readonly dueMs: number;
  readonly what: string;
}

/** Checks that others had the slots of a process in time, where there was another that could. */
function judgeTakeover(evidence: Evidence, run: BotRun, { fromMs, dueMs, what }: Loss): Finding[] {
  const { noted, incidents } = evidence;
  const untilMs = fromMs + dueMs + allowed(evidence, fromMs);
  const member = noted.members.findLast(({ instance, at }) => instance === run.seat && at < fromMs);
  if (member === undefined || (member.gone !== null && member.gone < fromMs)) return [];
  const wasDisturbed = incidents.some(
    ({ what: did, atMs = 0 }) =>
      DATABASE_TROUBLE.test(did) && atMs > fromMs - TROUBLE_MS && atMs < untilMs,
  );
  const others = livingBeside(evidence, run, fromMs);
  const isHelped =
    others.length > 0 && others.every((other) => isWellUntil(evidence, other, { fromMs, untilMs }));
  if (wasDisturbed || !isHelped) return [];
  const late = ownedAt(evidence, member.id, fromMs).filter((slot) => {
    const next = noted.slots.find(
      ({ n, at, former }) => n === slot && at > fromMs && former === member.id,
    );
    return next === undefined || next.at > untilMs;
  });
  if (late.length === 0) return [];
  return [
    {
      kind: 'broken',
      what: `${run.seat} ${what}, and slots ${late.join(' ')} had no other owner after ${Math.round(untilMs - fromMs)} ms`,
    },
  ];
}

/** The other processes that shared the slots a while before: each gets its part of those of a dead one. */
function livingBeside({ noted, runs }: Evidence, { seat }: BotRun, atMs: number): BotRun[] {
  const there = noted.members.filter(
    ({ instance, at, gone }) =>
      instance !== seat && at < atMs - LEASE_MS && (gone ?? Infinity) > atMs,
  );
  return runs.filter(
    (run) =>
      there.some(({ instance, at }) => instance === run.seat && at > run.startedAtMs) &&
      run.startedAtMs < atMs &&
      (run.endedAtMs ?? Infinity) > atMs &&
      run.bot.lines.some((line) => line.includes('"msg":"ready"')),
  );
}

/** Whether nothing happened to it in that time. */
function isWellUntil(
  { suspensions, runs }: Evidence,
  run: BotRun,
  { fromMs, untilMs }: { readonly fromMs: number; readonly untilMs: number },
): boolean {
  const standing = [...suspensions, ...standstillsIn(runs)];
  return (
    (run.endedAtMs ?? Infinity) > untilMs &&
    (run.sentAtMs ?? Infinity) > untilMs &&
    !standing.some((one) => one.run === run && one.fromMs < untilMs && one.toMs > fromMs)
  );
}

function ownedAt({ noted: { slots } }: Evidence, member: string, atMs: number): number[] {
  const owners = new Map<number, string | null>();
  for (const { n, at, owner } of slots) if (at <= atMs) owners.set(n, owner);
  return [...owners].flatMap(([slot, owner]) => (owner === member ? [slot] : []));
}

/** The slack, more where timers of this process were late as well. */
function allowed({ delays }: Evidence, fromMs: number): number {
  const late = delays
    .filter(({ atMs }) => atMs > fromMs - LEASE_MS && atMs < fromMs + 4 * LEASE_MS)
    .map(({ lateMs }) => lateMs);
  return SLACK_MS + DELAYS * Math.max(0, ...late);
}
