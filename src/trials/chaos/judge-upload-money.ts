import type { Micros } from '../../domain/ledger/money.ts';
import { currentRoute, quoteOf } from '../../domain/tasks/plan.ts';
import type { Task } from '../../domain/tasks/task.ts';
import type { Evidence } from './evidence.ts';
import type { Finding } from './finding.ts';
import { mediaIn } from './media-incidents.ts';
import type { UploadPrices } from './round-world.ts';
import type { SharedMedium } from './shared-media.ts';
import type { SentCommand } from './sent-command.ts';

/** Checks that what uploads cost is in the quotes of the tasks that need them, and is settled with them. */
export function judgeUploadMoney(evidence: Evidence): Finding[] {
  return evidence.commands.flatMap((command) => {
    const task = evidence.tasks.get(command.handle.id);
    return task === undefined ? [] : judgeQuote(evidence, command, task);
  });
}

function judgeQuote(evidence: Evidence, { media }: SentCommand, task: Task): Finding[] {
  const quote = quoteOf(task);
  const add = (what: string): Finding[] => [{ kind: 'off', what, taskId: task.id }];
  if (quote.kind === 'unknown') return [];
  if (!isByLibrary(task)) {
    return quote.uploads === undefined ? [] : add('uploads are in its quote, and it has none');
  }
  const kinds = kindsOf(evidence, media, task);
  const { uploadPrices } = evidence;
  if (kinds.length > 0 && uploadPrices === undefined) {
    return add('it has a price, although its uploads have none');
  }
  if (media === undefined || currentRoute(task).resolution !== '720p') return [];
  const { quoted, mayCost } = amountsOf(task, kinds, uploadPrices);
  if (quote.micros !== quoted) return add(`quoted at ${quote.micros}, not at ${quoted}`);
  const cost = settledAtEnd(evidence, task);
  return cost === undefined || mayCost.includes(cost)
    ? []
    : add(`settled at ${cost}, not at ${mayCost.join(' or ')}`);
}

/** Of a video that was made from another one, only what it has brought into a library is known. */
function kindsOf(
  evidence: Evidence,
  names: SentCommand['media'],
  task: Task,
): SharedMedium['kind'][] {
  const media =
    names?.map((name) => evidence.media.find((one) => one.name === name)) ??
    mediaIn(evidence, task);
  return media.flatMap((one) => one?.kind ?? []);
}

/** What a task with these media is quoted at, and what it may cost at its end. */
function amountsOf(
  task: Task,
  kinds: readonly SharedMedium['kind'][],
  uploadPrices: UploadPrices,
): { readonly quoted: Micros; readonly mayCost: readonly Micros[] } {
  const uploads = kinds
    .map((kind) => uploadPrices?.[kind] ?? 0n)
    .reduce((sum, one) => sum + one, 0n);
  const hasClip = kinds.includes('video');
  const costWith = (referenceSeconds: number): Micros => {
    const seconds = BigInt(currentRoute(task).durationSeconds + referenceSeconds);
    return (hasClip ? VIDEO_SECOND : SECOND) * seconds + uploads;
  };
  const quoted = costWith(hasClip ? MAX_SECONDS : 0);
  return { quoted, mayCost: hasClip ? [quoted, costWith(CLIP_SECONDS)] : [quoted] };
}

/** The prices of Full at 720p, with and without a reference video. */
const SECOND = 20_000n;
const VIDEO_SECOND = 10_000n;
/** How long the clip is, and how long it may be for all that is known before it is read. */
const CLIP_SECONDS = 1;
const MAX_SECONDS = 15;

/** What a delivered task cost, if no person ended its hold. */
function settledAtEnd({ holdEnds }: Evidence, { id, stage, money }: Task): Micros | undefined {
  const isEnded = holdEnds.some(({ taskId }) => taskId === id);
  if (stage.name !== 'ended' || stage.outcome.kind !== 'delivered' || isEnded) return undefined;
  return money.state === 'settled' ? money.amounts.cost : undefined;
}

/** Whether all media of a task go into a library. */
function isByLibrary(task: Task): boolean {
  return currentRoute(task).route.startsWith('jimmy/sd2_mx');
}
