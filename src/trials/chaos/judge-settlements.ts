import { operatorMoneyOf } from '../../domain/ledger/money-sides.ts';
import type { Micros } from '../../domain/ledger/money.ts';
import type { Quote } from '../../domain/ledger/quote.ts';
import type { TaskMoney } from '../../domain/ledger/task-money.ts';
import { quoteOf } from '../../domain/tasks/plan.ts';
import type { Task } from '../../domain/tasks/task.ts';
import type { Evidence } from './evidence.ts';
import type { Finding } from './finding.ts';
import { reportedOf } from './reported-money.ts';
import type { Reported } from './reported-money.ts';

/**
 * Checks what each video cost: what its provider reported of it, reckoned here once more; without that, its
 * quote. What is more than six times the quote is held.
 */
export function judgeSettlements(evidence: Evidence): Finding[] {
  return [...evidence.tasks.values()].flatMap((task) => judgeSettlement(evidence, task));
}

/** The ends that are settled: the provider has made the video. */
const MADE: ReadonlySet<string> = new Set(['delivered', 'result-lost', 'undeliverable']);

function judgeSettlement(evidence: Evidence, task: Task): Finding[] {
  const { stage, id: taskId } = task;
  if (stage.name !== 'ended' || !MADE.has(stage.outcome.kind)) return [];
  // A person may end a hold at any amount.
  if (evidence.holdEnds.some((one) => one.taskId === taskId)) return [];
  const dues = duesOf(evidence, task);
  const [due] = dues;
  if (due === undefined) return [];
  const wrong = [task.money, operatorMoneyOf(task)].find(
    (money) => !dues.some((one) => fits(money, one)),
  );
  if (wrong === undefined) return [];
  const what = `should be ${textOf(due)}, and is ${textOf(stateOf(wrong))}`;
  return [{ kind: 'off', what, taskId }];
}

/** What a side of its money is due to be. */
interface Due {
  readonly state: TaskMoney['state'];
  readonly cost?: Micros | undefined;
}

function stateOf(money: TaskMoney): Due {
  return 'amounts' in money ? { state: money.state, cost: money.amounts.cost } : money;
}

function textOf({ state, cost }: Due): string {
  return `${state} at ${cost === undefined ? 'no cost' : String(cost)}`;
}

function fits(money: TaskMoney, due: Due): boolean {
  const { state, cost } = stateOf(money);
  return state === due.state && (state === 'held' || cost === due.cost);
}

/** What its money may be due to be, by what its provider reported, if anything. */
function duesOf(evidence: Evidence, task: Task): Due[] {
  const number = 'providerTaskId' in task.stage ? task.stage.providerTaskId : undefined;
  const all = reportedOf(evidence, number);
  return (all.length === 0 ? [{}] : all).flatMap((one) => dueOf(task, one) ?? []);
}

/** `undefined` where media go into a library, which are judged with what those cost. */
function dueOf(task: Task, { cost, tokens }: Reported): Due | undefined {
  const quote = quoteOf(task);
  if (task.assets !== undefined || task.measured !== undefined || hasReferences(quote)) {
    return undefined;
  }
  if (cost !== undefined) return plausible(quote, cost);
  if (quote.kind === 'unknown') return { state: 'settled' };
  const { price, micros, uploads = '0' } = quote;
  if (price.per !== 'million_tokens' || tokens === undefined) {
    return { state: 'settled', cost: micros };
  }
  const rate = price.rate === undefined ? 1 : Number(price.rate);
  const exact = tokens * Number(price.amount) * rate + Number(uploads);
  const byTokens = Math.ceil(Number(exact.toFixed(6)));
  return { state: 'settled', cost: BigInt(byTokens) };
}

function hasReferences(quote: Quote): boolean {
  return quote.kind === 'priced' && quote.hasUnknownLength === true;
}

/** The most that is believed where there is no quote. */
const MAX_UNQUOTED = 1_000_000_000n;

/** The operator's list has dollars, as every provider that reports a cost. */
function plausible(quote: Quote, cost: Micros): Due {
  const most = quote.kind === 'priced' ? 6n * quote.micros : MAX_UNQUOTED;
  return cost > most ? { state: 'held' } : { state: 'settled', cost };
}

/**
 * Whether a video was made at a cost that is too high to believe, so that it is held; `maybe` if its
 * provider said so to some of the queries alone, of which the bot may have lost any.
 */
export function isAbsurd(evidence: Evidence, task: Task): boolean | 'maybe' {
  const { stage } = task;
  if (stage.name !== 'ended' || !MADE.has(stage.outcome.kind)) return false;
  const dues = duesOf(evidence, task);
  const absurd = dues.filter(({ state }) => state === 'held').length;
  return absurd > 0 && absurd < dues.length ? 'maybe' : absurd > 0;
}
