import type { Catalogue } from '../../domain/routes/catalogue.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { ButtonStyle, ComponentType } from '../discord-js.ts';
import { messagesFor } from '../messages/messages-for.ts';
import { taskLink } from '../render/message-link.ts';
import { textFile } from '../render/reply-file.ts';
import { taskButtons } from '../render/task-buttons.ts';
import type { ButtonFacts } from '../render/task-buttons.ts';
import { taskMessage } from '../render/task-message.ts';
import type { Row } from '../layout/layout.ts';
import type { PlainMessage } from '../replies.ts';

/** A task as its message shows it, with its buttons and a link to that message. */
export function openedTask(task: Task, catalogue: Catalogue, facts: ButtonFacts): PlainMessage {
  const { stage } = task;
  const view = 'outcome' in stage ? { task, outcome: stage.outcome } : { task };
  const message = taskMessage(view, catalogue, facts);
  const { content, embeds, note } = message;
  // Its place in the queue is not known here, only that it waits.
  const components =
    stage.name === 'queued' || stage.name === 'preparing'
      ? taskButtons({ task, queuePosition: 1 }, facts)
      : message.components;
  return {
    content,
    embeds,
    rows: [...components.map((row): Row => row.components), ...linkRow(task)],
    ...(note === undefined ? {} : { files: [textFile(note.name, note.text)] }),
  };
}

function linkRow(task: Task): Row[] {
  const url = taskLink(task);
  if (url === undefined) return [];
  const label = messagesFor(task.language).history.goToMessage;
  return [[{ type: ComponentType.Button, style: ButtonStyle.Link, label, url }]];
}
