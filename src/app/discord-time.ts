import { SLACK_MS, isTime } from '../domain/recorded-times.ts';
import { snowflakeTime } from '../domain/tasks/snowflake.ts';
import type { Clock, Log } from './ports/core.ts';

/** The `Date` header has a resolution of one second. */
const DATE_LASTS_MS = 1000;

/** A clock that follows Discord's time, with the calls that report what Discord says. */
export interface DiscordTime extends Clock {
  /**
   * Reports the `Date` of an answer, in milliseconds, and when its request was sent, by `elapsed`.
   */
  sawDate(dateMs: number, sentAt: number): void;
  /** Reports the id of an interaction that has just arrived: it was created then or before. */
  sawInteraction(id: string): void;
}

/** The time at a moment of the monotonic clock. */
interface Anchor {
  readonly timeMs: number;
  readonly elapsed: number;
}

/**
 * Creates a clock from Discord's time plus what has passed since on the monotonic clock. The
 * machine's own time decides nothing: it is compared once, for the log.
 *
 * A reading that agrees with the current time corrects it within the one-second resolution. An
 * interaction that is younger than the current time is believed at once, because it comes over a
 * session that Discord opened. A `Date` that is off by more than five minutes may come from a
 * proxy: it is believed when the next reading agrees with it, or if the current time rests on a
 * single reading.
 */
export function createDiscordTime(machine: Clock, log: Log): DiscordTime {
  let anchor: Anchor | undefined;
  /** A reading that contradicts the current time. */
  let doubt: Anchor | undefined;
  let isConfirmed = false;
  let isCompared = false;
  const waiting: (() => void)[] = [];

  const at = (of: Anchor | undefined): number =>
    Math.floor((of?.timeMs ?? 0) + machine.elapsed() - (of?.elapsed ?? 0));
  const set = (timeMs: number, confirmed: boolean): void => {
    // An unchanged time keeps its anchor, or it would lose fractions of a millisecond.
    if (anchor === undefined || timeMs !== at(anchor)) {
      anchor = { timeMs, elapsed: machine.elapsed() };
    }
    isConfirmed = confirmed;
    doubt = undefined;
    for (const then of waiting.splice(0)) then();
    if (confirmed && !isCompared) {
      isCompared = true;
      compare(machine.now() - timeMs, log);
    }
  };
  return {
    now: () => at(anchor),
    isKnown: () => anchor !== undefined,
    isSure: () => isConfirmed && doubt === undefined,
    onceKnown(then) {
      if (anchor === undefined) waiting.push(then);
      else then();
    },
    elapsed: () => machine.elapsed(),
    after: (ms, then) => machine.after(ms, then),
    sawDate(dateMs, sentAt) {
      if (!isTime(dateMs)) return;
      // The header was written after the request was sent, so it is older by at most the duration
      // of the call.
      const latestMs = dateMs + DATE_LASTS_MS + machine.elapsed() - sentAt;
      const agreed = (of: Anchor): number => Math.min(Math.max(at(of), dateMs), latestMs);
      if (anchor === undefined) set(dateMs, false);
      else if (isNear(agreed(anchor), at(anchor))) set(agreed(anchor), true);
      else if (!isConfirmed) set(dateMs, false);
      else if (doubt !== undefined && isNear(agreed(doubt), at(doubt))) set(agreed(doubt), true);
      else {
        doubt = { timeMs: dateMs, elapsed: machine.elapsed() };
        log.warn({ aheadMs: dateMs - at(anchor) }, "an answer's Date contradicts Discord's time");
      }
    },
    sawInteraction(id) {
      const madeMs = snowflakeTime(id);
      if (!isTime(madeMs)) return;
      if (anchor === undefined) set(madeMs, false);
      else if (doubt !== undefined && isNear(madeMs, at(doubt))) {
        set(Math.max(madeMs, at(doubt)), true);
      } else if (madeMs > at(anchor)) set(madeMs, isNear(madeMs, at(anchor)));
      else if (isNear(madeMs, at(anchor))) set(at(anchor), true);
    },
  };
}

function isNear(a: number, b: number): boolean {
  return Math.abs(a - b) <= SLACK_MS;
}

function compare(machineAheadMs: number, log: Log): void {
  if (Math.abs(machineAheadMs) <= SLACK_MS) return;
  const seconds = Math.round(machineAheadMs / 1000);
  log.warn({ aheadSeconds: seconds }, "this machine's clock is wrong; Discord's time is used");
}
