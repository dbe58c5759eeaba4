import { planWithinBudget } from '../../domain/durations/poll-budget.ts';
import { BOUNDS } from './poll-simulation.ts';
import type { LearningOptions } from './poll-simulation.ts';

/** The bot's own plan. */
export const botPlan: LearningOptions['plan'] = (histogram) => planWithinBudget(histogram, BOUNDS);
