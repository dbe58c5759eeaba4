import { formatMoney } from '../../../domain/ledger/money.ts';
import { currentRoute } from '../../../domain/tasks/plan.ts';
import { findRoute } from '../../../domain/routes/catalogue.ts';
import type { Task } from '../../../domain/tasks/task.ts';
import { SANDBOX_CATALOGUE } from '../sandbox-catalogue.ts';
import type { StageView, TaskView } from '../protocol/panel.ts';

/** Converts a stored task for the side panel, keeping the stages that were seen before. */
export function viewTask(
  before: TaskView | undefined,
  task: Omit<Task, 'secrets'>,
  currency: string,
  nowMs: number,
): TaskView {
  const { money, stage, address } = task;
  const { route, durationSeconds, resolution, ratio, quote } = currentRoute(task);
  const messageId = address.repostId ?? address.messageId;
  const cost = 'amounts' in money ? money.amounts.cost : undefined;
  return {
    id: task.id,
    interactionId: task.interactionId,
    guildId: task.guildId,
    channelId: address.channelId,
    personId: task.memberId,
    ...(messageId === undefined ? {} : { messageId }),
    model: nameOf(route),
    durationSeconds,
    resolution,
    ...(ratio === undefined ? {} : { ratio }),
    acceptedAt: task.acceptedAt,
    stages: withStage(before?.stages ?? [], task, nowMs),
    money: money.state,
    ...(quote.kind === 'priced' ? { quote: formatMoney(quote.micros, quote.currency) } : {}),
    ...(cost === undefined ? {} : { amount: formatMoney(cost, currency) }),
    ...('providerTaskId' in stage && stage.providerTaskId !== undefined
      ? { providerTaskId: stage.providerTaskId }
      : {}),
    ...('outcome' in stage ? { outcome: stage.outcome.kind } : {}),
  };
}

function nameOf(route: string): string {
  return findRoute(SANDBOX_CATALOGUE, route)?.name ?? route;
}

/** Adds the current stage; a stage that continues keeps the time at which it was first seen. */
function withStage(
  stages: readonly StageView[],
  { stage: { name, ...details } }: Pick<Task, 'stage'>,
  nowMs: number,
): StageView[] {
  const last = stages.at(-1);
  return last?.name === name
    ? [...stages.slice(0, -1), { ...last, details }]
    : [...stages, { name, at: nowMs, details }];
}
