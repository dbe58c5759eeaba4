import { SLACK_MS, isTime } from '../domain/found-times.ts';
import { instantOfId } from '../domain/tasks/age.ts';
import type { Clock, Log } from './ports/core.ts';

/** The header has whole seconds: what it names lasts for so long. */
const DATE_LASTS_MS = 1000;

/** Discord's time, and where its words on it arrive. */
export interface DiscordTime extends Clock {
  /** The `Date` of an answer, in milliseconds, and when its request left, by `elapsed`. */
  sawDate(dateMs: number, sentAt: number): void;
  /** The id of an interaction that has just come in: it was made then or before. */
  sawInteraction(id: string): void;
}

/** The time at a moment of the clock that never goes back. */
interface Anchor {
  readonly timeMs: number;
  readonly elapsed: number;
}

/**
 * The time as Discord tells it, plus what has passed since by the clock that never goes back. The
 * machine's own time decides nothing: it is compared once, for the log.
 *
 * A word that agrees with the time so far corrects it within the second that it can tell. An
 * interaction that is younger than the time so far counts at once: it comes over a session that
 * Discord opened. A `Date` that is more than five minutes off may be some proxy's: it counts when the
 * next word agrees with it, or where the time so far was one word's alone.
 */
export function createDiscordTime(machine: Clock, log: Log): DiscordTime {
  let anchor: Anchor | undefined;
  /** What contradicts the time so far. */
  let doubt: Anchor | undefined;
  let isConfirmed = false;
  let isCompared = false;
  const waiting: (() => void)[] = [];

  const at = (of: Anchor | undefined): number =>
    Math.floor((of?.timeMs ?? 0) + machine.elapsed() - (of?.elapsed ?? 0));
  const set = (timeMs: number, confirmed: boolean): void => {
    // What stays as it is loses no fraction of a millisecond.
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
      // It was written after the request left: now is later by as much as the answer took, at most.
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
      const madeMs = instantOfId(id);
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
