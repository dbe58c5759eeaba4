import { TimestampStyles, time } from '../discord-js.ts';
import { MAX_SHOWN_QUEUE_POSITION } from '../../app/ports/message-port.ts';
import type { TaskView } from '../../app/ports/message-port.ts';
import type { Catalogue } from '../../domain/routes/catalogue.ts';
import { mayEndHeld } from '../../domain/tasks/outcome.ts';
import type { Outcome } from '../../domain/tasks/outcome.ts';
import type { ProviderRejection } from '../../domain/tasks/provider-rejection.ts';
import { otherModelOf } from '../../domain/tasks/attempt.ts';
import { currentRoute, providerOf, quoteOf } from '../../domain/tasks/plan.ts';
import { promptOf } from '../../domain/tasks/task-request.ts';
import type { StageOf, Task } from '../../domain/tasks/task.ts';
import { messagesFor } from '../messages/messages-for.ts';
import type { Messages } from '../messages/en.ts';
import { autoText } from './auto-text.ts';
import { shownLink } from './link-placement.ts';
import type { LinkPlacement } from './link-placement.ts';
import { leftOutText } from './left-out-text.ts';
import { goneText, unusableText } from './media-fault-text.ts';
import { messageLink } from './message-link.ts';
import { escapeUserText } from './escape-user-text.ts';
import { progressBar } from './progress-bar.ts';
import { providerNameIn, routeNameIn } from './route-summary.ts';
import { costText, settledText } from './price-text.ts';
import { taskSettingsText } from './task-settings-text.ts';
import { typicalDurationText } from './typical-duration-text.ts';

const PROMPT_SHOWN_CHARS = 300;
const PROVIDER_WORDS_CHARS = 200;
/** How much is shown of a model's name that the provider gave. */
const MODEL_MAX = 100;

/**
 * The text of a task's message: who requested what, and its progress or outcome. `placement` is
 * where the message shows the link to a result, if it shows one.
 */
export function taskText(
  view: TaskView,
  catalogue: Catalogue,
  placement: LinkPlacement = 'text',
): string {
  const { task, outcome, isPlain } = view;
  const messages = messagesFor(task.language);
  const prompt = promptOf(task);
  return [
    `<@${task.memberId}> · **${titleOf(task, catalogue)}**`,
    ...(isPlain === true || prompt === undefined
      ? []
      : [`> ${escapeUserText(prompt, PROMPT_SHOWN_CHARS)}`]),
    `-# ${taskSettingsText(view, messages)}`,
    ...autoLine(task, catalogue, messages),
    ...leftOutLine(task, messages),
    ...originLine(task, messages),
    ...otherModelLine(view, messages),
    outcome === undefined
      ? progressText(view, catalogue)
      : outcomeText(view, catalogue, { outcome, placement }),
    ...(outcome === undefined ? [] : endedHoldNote(task, outcome, messages)),
  ].join('\n');
}

/**
 * What of it changes while the task is in progress; the rest was settled when it was accepted, or when
 * `auto` went to another model, which its number stands for.
 */
export function progressLine(view: TaskView, catalogue: Catalogue): string {
  const { current } = view.task.plan;
  const text = progressText(view, catalogue);
  return current === 0 ? text : `${current}\n${text}`;
}

function titleOf(task: Task, catalogue: Catalogue): string {
  return routeNameIn(catalogue, currentRoute(task).route);
}

/** Why `auto` makes it with this model. */
function autoLine(task: Task, catalogue: Catalogue, messages: Messages): string[] {
  const text = autoText(task, catalogue, messages);
  return text === undefined ? [] : [`-# ${text}`];
}

/** Which preferences of the member the route does not take. */
function leftOutLine({ leftOut = [] }: Task, messages: Messages): string[] {
  return leftOut.length === 0 ? [] : [`-# ${leftOutText(leftOut, messages)}`];
}

/** What the video was made from, with a link to that message. */
function originLine({ origin, guildId }: Task, { second }: Messages): string[] {
  if (origin === undefined) return [];
  return [`-# ${second.origin[origin.action](messageLink({ guildId, ...origin }))}`];
}

/** That the provider named another model than was sent. */
function otherModelLine({ task, isPlain }: TaskView, { task: words }: Messages): string[] {
  const named = otherModelOf(task);
  if (named === undefined) return [];
  return [`-# ${words.otherModel(isPlain === true ? '…' : escapeUserText(named, MODEL_MAX))}`];
}

function providerName(task: Task, catalogue: Catalogue): string {
  return providerNameIn(catalogue, providerOf(task));
}

function instant(ms: number): string {
  return time(Math.ceil(ms / 1000), TimestampStyles.LongTime);
}

function relative(ms: number): string {
  return time(Math.floor(ms / 1000), TimestampStyles.RelativeTime);
}

function progressText(view: TaskView, catalogue: Catalogue): string {
  const { task } = view;
  const messages = messagesFor(task.language);
  const { stage } = task;
  const { task: words } = messages;
  const provider = providerName(task, catalogue);
  switch (stage.name) {
    case 'queued':
      return [
        isNewHere(task, stage)
          ? words.queued
          : // An instant, for a relative time would run on into a past in which nothing was sent.
            words.queuedAgain(provider, instant(stage.notBefore)),
        ...placeText(view, messages),
      ].join(' · ');
    case 'preparing':
      return messages.library.preparing(provider);
    case 'submitting':
      return words.submitting(provider);
    case 'running':
      return runningText(stage, provider, messages);
    case 'acknowledging':
    case 'delivering':
    case 'notifying':
    case 'ended':
      return words.delivering;
  }
}

function runningText(stage: StageOf<'running'>, provider: string, messages: Messages): string {
  const { submittedAt, progressPercent, queuedAt, typicalDuration } = stage;
  const { task: words } = messages;
  const since = relative(submittedAt);
  if (queuedAt !== undefined) return words.queuedThere(provider, since);
  const how =
    progressPercent === undefined
      ? words.running(since)
      : words.runningAt(progressBar(progressPercent), String(Math.round(progressPercent)), since);
  return typicalDuration === undefined
    ? how
    : `${how} · ${typicalDurationText(typicalDuration, messages)}`;
}

/** Whether nothing was sent to its current route. Tasks of schema 1 have no recorded attempts. */
function isNewHere(task: Task, { creates, notSent }: StageOf<'queued'>): boolean {
  const last = task.attempts.at(-1);
  if (last !== undefined && last.route !== currentRoute(task).route) return true;
  return creates + notSent === 0;
}

function placeText({ queuePosition }: TaskView, { task: words }: Messages): string[] {
  if (queuePosition === undefined) return [];
  return [
    queuePosition > MAX_SHOWN_QUEUE_POSITION
      ? words.positionBehind(String(MAX_SHOWN_QUEUE_POSITION))
      : words.place(String(queuePosition)),
  ];
}

// oxlint-disable-next-line complexity -- one line per outcome; splitting the table would not make it simpler
function outcomeText(
  view: TaskView,
  catalogue: Catalogue,
  { outcome, placement }: { readonly outcome: Outcome; readonly placement: LinkPlacement },
): string {
  const { task, isPlain } = view;
  const messages = messagesFor(task.language);
  const { task: words } = messages;
  const provider = providerName(task, catalogue);
  switch (outcome.kind) {
    case 'delivered':
      return [
        deliveredText(outcome, whereText(view, placement, messages), messages),
        ...codecNote(outcome, messages),
        ...(view.isSmaller === true ? [`-# ${words.smallerCopy}`] : []),
        ...moneyNote(task, messages),
      ].join('\n');
    case 'result-lost':
      return lossText(outcome, whereText(view, placement, messages), messages);
    case 'undeliverable':
      return words.undeliverable;
    case 'refused':
      return `${words.refused}\n${refusalAdvice(outcome.refusal, isPlain === true, messages)}`;
    case 'failed':
      return `${failedText(task, words)}\n${refusalAdvice(outcome.refusal, isPlain === true, messages)}`;
    case 'provider-busy':
      return words.providerBusy(provider);
    case 'provider-unreachable':
      return words.providerUnreachable(provider);
    case 'provider-paused':
      return words.providerPaused(provider);
    case 'wrong-address':
      return words.wrongAddress(provider);
    case 'queue-expired':
      return words.tooLate;
    case 'cancelled':
      return outcome.isAtProvider === true ? words.cancelledThere(provider) : words.cancelled;
    case 'outcome-unknown':
      return heldWords(task, words).outcomeUnknown(provider);
    case 'timed-out':
      return heldWords(task, words).givenUp(provider);
    case 'unknown-to-provider':
      return heldWords(task, words).unknownToProvider(provider);
    case 'route-removed':
      return heldWords(task, words).routeRemoved;
    case 'removed-unsent':
      return words.removedUnsent;
    case 'not-started':
      return words.notStarted;
    case 'prompt-unreadable':
      return words.promptUnreadable;
    case 'media-gone':
      return goneText(task, outcome, messages);
    case 'media-unusable':
      return unusableText(task, outcome, provider, messages);
    case 'restored':
      return heldWords(task, words).restored(provider);
  }
}

function deliveredText(
  outcome: Extract<Outcome, { kind: 'delivered' }>,
  where: string | undefined,
  messages: Messages,
): string {
  switch (outcome.how) {
    case 'attachment':
      return messages.task.done;
    case 'link':
      return linkText(outcome, where, messages);
    case 'message-gone':
      return messages.task.messageDeleted;
  }
}

function linkText(
  { until, why }: Extract<Outcome, { how: 'link' }>,
  where: string | undefined,
  { task: words }: Messages,
): string {
  const [date, reason] = [shortDate(until), words.linkWhy[why ?? 'unknown']];
  return where === undefined ? words.linkOfBotAlone(date, reason) : words.link(where, date, reason);
}

/** Members who see a black picture learn why. */
function codecNote(
  outcome: Extract<Outcome, { kind: 'delivered' }>,
  { task: words }: Messages,
): string[] {
  return outcome.how === 'attachment' && outcome.codec !== undefined
    ? [`-# ${words.mayNotPlay(outcome.codec)}`]
    : [];
}

function shortDate(ms: number): string {
  return time(Math.floor(ms / 1000), TimestampStyles.ShortDateTime);
}

/** The link, or where else in the message it is. */
function whereText(
  view: TaskView,
  placement: LinkPlacement,
  { task: words }: Messages,
): string | undefined {
  const address = shownLink(view);
  if (address === undefined) return undefined;
  if (placement !== 'text') return words.addressIn[placement];
  // Angle brackets suppress the preview, which would be empty for a file that could not be
  // downloaded.
  return view.outcome?.kind === 'result-lost' ? `<${address}>` : address;
}

function lossText(
  { why }: Extract<Outcome, { kind: 'result-lost' }>,
  where: string | undefined,
  { task: words, units }: Messages,
): string {
  const end = where === undefined ? words.lostAsk : words.lostTry(where);
  return `${units.sentences([words.lost, words.lostWhy[why]])}\n${end}`;
}

function refusalAdvice(
  refusal: ProviderRejection,
  isPlain: boolean,
  { advice, task: words }: Messages,
): string {
  const said = escapeUserText(refusal.message, PROVIDER_WORDS_CHARS);
  const plain = advice[refusal.category];
  return said === '' || isPlain ? plain : `${plain}\n-# ${words.providerSays(said)}`;
}

/** A failed task: whether it was charged is what its money says. */
function failedText(task: Task, words: Messages['task']): string {
  const { money } = task;
  if (money.state === 'held') return words.failed.held;
  // Settled by an admin or the operator: the note below says at which amount.
  if (money.state === 'settled') return words.endedHold.failed;
  const isAssumed = money.state === 'released' && money.assumed;
  return isAssumed ? words.failed.assumed : words.failed.released;
}

type HeldWords = Omit<Messages['task']['endedHold'], 'failed'>;

/** The texts for a task that ends held, while the hold lasts and after it was resolved. */
function heldWords({ money }: Task, words: Messages['task']): HeldWords {
  return money.state === 'held' || money.state === 'reserved' ? words : words.endedHold;
}

function isReNotified({ stage }: Task): boolean {
  return stage.name === 'notifying' && stage.isReNotified === true;
}

/** How an admin or the operator resolved a hold. */
function endedHoldNote(task: Task, outcome: Outcome, messages: Messages): string[] {
  const { money } = task;
  // The money of a failed task is settled only if it was held before.
  const wasHeld = outcome.kind === 'failed' ? money.state === 'settled' : mayEndHeld(outcome.kind);
  if (!wasHeld && !isReNotified(task)) return [];
  const quote = quoteOf(task);
  const { task: words } = messages;
  if (money.state === 'released') return [`-# ${words.holdReleased}`];
  if (money.state !== 'settled') return [];
  return [`-# ${words.holdSettled(costText(quote, money.amounts.cost, messages))}`];
}

/** The final cost, if it differs from the quote. */
function moneyNote(task: Task, messages: Messages): string[] {
  const { money } = task;
  const quote = quoteOf(task);
  if (isReNotified(task)) return [];
  if (money.state === 'held') return [`-# ${messages.money.held}`];
  const settled = settledText(quote, money, messages);
  return settled === undefined ? [] : [`-# ${settled}`];
}
