import { BUCKETS, edgesOf } from './buckets.ts';
import type { Histogram } from './histogram.ts';
import { planPolls, withinBounds } from './poll-plan.ts';
import type { PollBounds, PollPlan } from './poll-plan.ts';

/**
 * The trade-off: one poll may save a quarter of a second of delay. After two minutes a member does
 * not notice three more seconds, and providers recommend polling every 5 to 15 seconds.
 */
const POLL_WORTH_MS = 250;
/**
 * Budget for a task that never finishes: no more polls than if each wait were an eighth of its age.
 */
const PART_OF_AGE = 8;

/**
 * Assumed number of tasks that never finish per task that does: from `min`, multiplied by `step`
 * until the plan is within the budget.
 */
const NEVER = { min: 0.04, step: 1.2, maxSteps: 250 };
/** If both bounds are equal, the two sums differ only by rounding. */
const ROUNDING = 1 + 1e-9;

/**
 * The poll plan for a histogram, with so few polls past the typical duration that a task that never
 * finishes stays within the budget at every age.
 */
export function planWithinBudget(histogram: Histogram, bounds: PollBounds): PollPlan {
  for (let step = 0; ; step += 1) {
    const never = NEVER.min * NEVER.step ** step;
    const plan = planPolls(histogram, bounds, { pollWorthMs: POLL_WORTH_MS, never });
    // At this many, only the longest waits are left.
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

/** How many polls a task of that age has had if each wait was an eighth of its age at the time. */
function maxPolls(ageMs: number, { minMs, maxMs }: PollBounds): number {
  const longestMs = Math.max(minMs, maxMs);
  const [growsFrom, growsTo] = [PART_OF_AGE * minMs, PART_OF_AGE * longestMs];
  const atFirst = Math.min(ageMs, growsFrom) / minMs;
  const growing = PART_OF_AGE * Math.log(Math.min(Math.max(ageMs, growsFrom), growsTo) / growsFrom);
  return atFirst + growing + Math.max(ageMs - growsTo, 0) / longestMs;
}
