import type { TaskView } from '../../src/app/ports/message-port.ts';
import type { LinkPlacement } from '../../src/discord/render/link-placement.ts';
import { taskText as textOf } from '../../src/discord/render/task-text.ts';
import { CATALOGUE } from './catalogue.ts';

/** The text of a task's message with the providers that this version has. */
export function taskText(view: TaskView, place?: LinkPlacement): string {
  return textOf(view, CATALOGUE, place);
}
