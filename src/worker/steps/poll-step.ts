import { settle } from '../../domain/ledger/settlement.ts';
import type { MoneyFacts } from '../../domain/tasks/money-at-stage.ts';
import { currentRoute, providerOf, quoteOf } from '../../domain/tasks/plan.ts';
import type { MessageAddress } from '../../domain/tasks/message-address.ts';
import type { QueryOutcome } from '../../domain/tasks/provider-answer.ts';
import type { Stage, StageOf, Task, TaskSecrets } from '../../domain/tasks/task.ts';
import { afterQuery, endWith } from '../../domain/tasks/transitions.ts';
import { measureReferences } from './measure-references.ts';
import type { MeasureDeps } from './measure-references.ts';
import { advance, advanceHeldBack, advanceUntilWritten, inStage } from './advance.ts';
import type { UntilWrittenDeps } from './advance.ts';
import { pauseOnAccountRefusal } from './pause-on-refusal.ts';
import { logWrongAddress } from '../log-wrong-address.ts';
import { momentOf } from '../worker-deps.ts';
import type { MomentDeps, StepResult, WorkerDeps } from '../worker-deps.ts';

type PollDeps = UntilWrittenDeps &
  MomentDeps &
  MeasureDeps &
  Pick<WorkerDeps, 'providers' | 'pauses' | 'durations' | 'progress'>;

/** Polls a running task once. Writes only what a restart needs. */
export async function pollStep(
  deps: PollDeps,
  task: Task,
  running: StageOf<'running'>,
): Promise<StepResult> {
  // The route is not needed: other processes may know it alone, and an admin may ask again for a task
  // that was held because it is gone.
  const provider = deps.providers.get(providerOf(task));
  if (provider === undefined) {
    const gone = endWith({ kind: 'route-removed' }, deps.clock.now(), running.providerTaskId);
    return { task: await advance(deps, task, gone.stage), nextAt: gone.nextAt };
  }
  const askedAt = deps.clock.now();
  const [answer, measured] = await Promise.all([
    provider.query(running.providerTaskId, deps.signals.polls),
    measureReferences(deps, task),
  ]);
  logAnswer(deps, task, answer);
  // Logged once per series of such polls, which go on until the address is corrected.
  if (answer.kind === 'fault' && answer.fault === 'wrong-address' && running.faults === 0) {
    logWrongAddress(deps, task, answer.detail);
  }
  const { stage, nextAt } = afterQuery(running, answer, { ...momentOf(deps, task), askedAt });
  const update = {
    ...newAddress(deps, task),
    ...newResult(task, answer),
    reported: reportedBy(answer),
    ...(measured === undefined ? {} : { measured }),
    ...(stage.name === 'delivering'
      ? { alongside: deps.durations.recordFinish(task, running) }
      : {}),
  };
  const mustWrite =
    needsWriting(running, stage) || update.address !== undefined || measured !== undefined;
  // A video is delivered by an edit, which a restart may repeat.
  const write = stage.name === 'delivering' ? advanceHeldBack : advanceUntilWritten;
  const next = mustWrite ? await write(deps, task, stage, update) : inStage(deps, task, stage);
  warnOfAssumedCost(deps, task, next, update.reported);
  return { task: next, nextAt };
}

function logAnswer(deps: PollDeps, task: Task, answer: QueryOutcome): void {
  if (answer.kind === 'pending') return;
  const { kind } = answer;
  const fields = { taskId: task.id, answer: kind };
  if (kind === 'fault') {
    deps.log.warn({ ...fields, fault: answer.fault, detail: answer.detail }, 'poll of task failed');
    if (answer.fault === 'unauthorized') void pauseOnAccountRefusal(deps, task, 'unauthorized');
  } else if (kind === 'busy') {
    deps.log.warn({ ...fields, detail: answer.detail }, 'poll of task postponed: provider busy');
  } else {
    deps.log.info(fields, 'task polled');
  }
}

/** Warns if a task was settled without what it is billed by: its usage, its cost, or a length. */
function warnOfAssumedCost(
  { log }: Pick<PollDeps, 'log'>,
  before: Task,
  after: Task,
  reported: Reported,
): void {
  if (before.money.state === 'settled' || after.money.state !== 'settled') return;
  const settled = settle(quoteOf(after), { ...reported, measured: after.measured });
  if (settled.kind !== 'settled') return;
  const fields = { taskId: after.id, route: currentRoute(after).route };
  if (settled.assumed === 'no-usage') {
    log.warn(fields, 'provider reported no usable usage: settled at the quote');
  } else if (settled.assumed === 'no-cost') {
    log.warn(fields, 'provider reported no cost that can be booked: settled at the quote');
  } else if (settled.assumed === 'unread-length') {
    log.warn(fields, 'length of a reference video unknown: settled at the quote');
  }
}

/** Whether a restart needs the change. Progress and fault counts are for this process only. */
function needsWriting(before: StageOf<'running'>, after: Stage): boolean {
  return (
    after.name !== 'running' ||
    after.addressMissingSince !== before.addressMissingSince ||
    after.missingSince !== before.missingSince
  );
}

function newAddress(
  { progress }: Pick<PollDeps, 'progress'>,
  task: Task,
): { address?: MessageAddress } {
  const address = progress.knownAddress(task.id);
  if (address === undefined) return {};
  const { deliveryPath, messageId } = task.address;
  return address.deliveryPath === deliveryPath && address.messageId === messageId
    ? {}
    : { address };
}

function newResult(task: Task, answer: QueryOutcome): { secrets?: TaskSecrets } {
  if (answer.kind !== 'finished' || answer.resultUrl === undefined) return {};
  const { resultUrl, needsKey: resultNeedsKey, lastFrameUrl } = answer;
  const { resultNeedsKey: _, lastFrameUrl: __, ...others } = task.secrets;
  return {
    secrets: {
      ...others,
      resultUrl,
      ...(resultNeedsKey && { resultNeedsKey }),
      ...(lastFrameUrl !== undefined && { lastFrameUrl }),
    },
  };
}

type Reported = Pick<MoneyFacts, 'usage' | 'cost'>;

function reportedBy(answer: QueryOutcome): Reported {
  if (answer.kind !== 'finished') return {};
  const { usage, cost } = answer;
  return { ...(usage === undefined ? {} : { usage }), ...(cost === undefined ? {} : { cost }) };
}
