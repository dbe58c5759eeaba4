import type { TaskView } from '../../app/ports/message-port.ts';
import { currentRoute } from '../../domain/tasks/plan.ts';
import { mediaOf } from '../../domain/tasks/task-request.ts';
import type { Messages } from '../messages/en.ts';
import { attachedText } from './attached-text.ts';
import { priceText } from './price-text.ts';

/** The settings of a task: `5 s · 720p · 16:9 · 2 frames · $0.17`. */
export function taskSettingsText(view: TaskView, messages: Messages): string {
  const { durationSeconds, resolution, ratio } = currentRoute(view.task);
  const attached = attachedText(mediaOf(view.task), messages);
  return [
    messages.units.seconds(String(durationSeconds)),
    resolution,
    ...(ratio === undefined ? [] : [ratio]),
    ...(attached === undefined ? [] : [attached]),
    quoteText(view, messages),
  ].join(' · ');
}

/** What was released was not charged, so its price is what it would have cost. */
function quoteText({ task, outcome }: TaskView, messages: Messages): string {
  const { quote } = currentRoute(task);
  const price = priceText(quote, messages);
  const isFree = outcome !== undefined && task.money.state === 'released';
  return isFree && quote.kind === 'priced' ? messages.taskSettings.wouldHaveCost(price) : price;
}
