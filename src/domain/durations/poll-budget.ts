import { BUCKETS, edgesOf } from './buckets.ts';
import type { Histogram } from './histogram.ts';
import { planPolls, withinBounds } from './poll-plan.ts';
import type { PollBounds, PollPlan } from './poll-plan.ts';

/**
 * The working point: one look is worth a quarter of a second of delay. Whoever waited two minutes
 * does not notice three seconds more, and providers advise a look every 5 to 15 seconds.
 */
const POLL_WORTH_MS = 250;
/** A task that never ends is looked at no more often than if each wait were this part of its age. */
const PART_OF_AGE = 8;

/** Tasks that never finish, for each that does: at least, and in steps until the plan is frugal. */
const NEVER = { least: 0.04, step: 1.2, maxSteps: 250 };
/** Where both bounds are the same the two sums are, but for their last digits. */
const ROUNDING = 1 + 1e-9;

/**
 * The bot's plan for what is known, with so few looks past the usual time that a task that never
 * ends is not looked at too often, at whatever age somebody gives it up.
 */
export function planWithinBudget(histogram: Histogram, bounds: PollBounds): PollPlan {
  for (let step = 0; ; step += 1) {
    const never = NEVER.least * NEVER.step ** step;
    const plan = planPolls(histogram, bounds, { pollWorthMs: POLL_WORTH_MS, never });
    // With so many that never finish nothing is left but the longest waits.
    if (step === NEVER.maxSteps || isWithinBudget(plan)) return plan;
  }
}

function isWithinBudget({ bounds, density }: PollPlan): boolean {
  let polls = 0;
  for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
    const { fromMs, toMs } = edgesOf(bucket);
    polls += (toMs - fromMs) / withinBounds(bounds, 1 / (density[bucket] ?? 0));
    if (polls > maxPolls(toMs, bounds) * ROUNDING) return false;
  }
  return true;
}

/** How many looks a task of that age has had when each wait was an eighth of its age by then. */
function maxPolls(ageMs: number, { minMs, maxMs }: PollBounds): number {
  const longestMs = Math.max(minMs, maxMs);
  const [growsFrom, growsTo] = [PART_OF_AGE * minMs, PART_OF_AGE * longestMs];
  const atFirst = Math.min(ageMs, growsFrom) / minMs;
  const growing = PART_OF_AGE * Math.log(Math.min(Math.max(ageMs, growsFrom), growsTo) / growsFrom);
  return atFirst + growing + Math.max(ageMs - growsTo, 0) / longestMs;
}
