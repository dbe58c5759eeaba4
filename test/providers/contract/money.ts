import type { CreateOutcome, QueryOutcome } from '../../../src/app/ports/provider-port.ts';
import { EMPTY_HISTOGRAM } from '../../../src/domain/durations/histogram.ts';
import { planWithinBudget } from '../../../src/domain/durations/poll-budget.ts';
import type { TaskMoney } from '../../../src/domain/ledger/task-money.ts';
import { moneyAtStage } from '../../../src/domain/tasks/money-at-stage.ts';
import { DEFAULT_TASK_POLICY } from '../../../src/domain/tasks/policy.ts';
import type { Stage, StageOf } from '../../../src/domain/tasks/task.ts';
import { afterCreate, afterQuery } from '../../../src/domain/tasks/transitions.ts';
import type { Moment } from '../../../src/domain/tasks/transitions.ts';
import { aTask, running, submitting } from '../../fakes/a-task.ts';
import type { TaskChanges } from '../../fakes/a-task.ts';
import { NOON } from '../../fakes/clock.ts';
import type { Scene } from './scene.ts';

/** A task after an answer. */
interface After {
  readonly stage: Stage;
  readonly money: TaskMoney;
}

const SECOND_MS = 1000;

function momentOf({ routes }: Scene, ageMs: number): Moment {
  return {
    nowMs: NOON + ageMs,
    acceptedAt: NOON,
    resultRetentionMs: routes[0]?.providerTraits.resultRetentionMs ?? 0,
    policy: DEFAULT_TASK_POLICY,
    durations: { plan: planWithinBudget(EMPTY_HISTOGRAM, { minMs: 1000, maxMs: 60_000 }) },
    random: () => 0.5,
  };
}

/** What becomes of a task whose create was answered so. */
export function afterCreateOutcome(
  scene: Scene,
  outcome: CreateOutcome,
  stage: StageOf<'submitting'> = submitting(),
): After {
  const next = afterCreate(stage, outcome, momentOf(scene, SECOND_MS));
  return { stage: next.stage, money: moneyAtStage(aTask({ stage }), next.stage).money };
}

/** What becomes of a running task whose poll was answered so. */
export function afterQueryOutcome(
  scene: Scene,
  outcome: QueryOutcome,
  {
    task = {},
    stage = running(),
    ageMs = SECOND_MS,
    isCancelSent = false,
  }: {
    readonly task?: TaskChanges;
    readonly stage?: StageOf<'running'>;
    readonly ageMs?: number;
    readonly isCancelSent?: boolean;
  } = {},
): After {
  const { failureCost } = scene.descriptor;
  const { usage, cost } = outcome.kind === 'finished' ? outcome : {};
  const reported = { ...(usage && { usage }), ...(cost && { cost }) };
  const next = afterQuery(stage, outcome, { ...momentOf(scene, ageMs), isCancelSent });
  const { money } = moneyAtStage(aTask({ ...task, stage }), next.stage, {
    ...reported,
    failureCost,
  });
  return { stage: next.stage, money };
}
