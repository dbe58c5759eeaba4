import type { VideoOption } from '../../domain/routes/options.ts';
import type { Outcome } from '../../domain/tasks/outcome.ts';
import type { Task } from '../../domain/tasks/task.ts';
import type { Messages } from '../messages/en.ts';

/** The name by which the prompt has the medium in this option; `undefined` for an attachment. */
function nameOfMedium({ secrets }: Task, option: VideoOption): string | undefined {
  return secrets.request?.media[option]?.named?.name;
}

/** That a medium is not there any more, and what to do. */
export function goneText(
  task: Task,
  { option }: Extract<Outcome, { kind: 'media-gone' }>,
  { task: words, namedAssets }: Messages,
): string {
  const name = option && nameOfMedium(task, option);
  return name === undefined ? words.mediaGone : namedAssets.gone(name);
}

/** Which medium the provider's library did not take, why, and what to do. */
export function unusableText(
  task: Task,
  { option, why, category }: Extract<Outcome, { kind: 'media-unusable' }>,
  provider: string,
  { advice, library: words }: Messages,
): string {
  const isKnown = category !== undefined && category !== 'unknown';
  const what = isKnown || why === 'refused' ? advice[category ?? 'unknown'] : words.advice[why];
  const name = nameOfMedium(task, option);
  const medium = name === undefined ? option : `{${name}}`;
  return words.unusable(provider, medium, words.why[why], what);
}
