import type { APIActionRowComponent, APIButtonComponent } from 'discord.js';
import type { TaskView } from '../../app/ports/message-port.ts';
import type { Catalogue } from '../../domain/routes/catalogue.ts';
import { ButtonStyle, ComponentType } from '../discord-js.ts';
import { messagesFor } from '../messages/messages-for.ts';
import { shownLink } from './link-placement.ts';
import type { LinkPlacement } from './link-placement.ts';
import { taskButtons } from './task-buttons.ts';
import type { ButtonFacts } from './task-buttons.ts';
import { CONTENT_MAX } from './refusal-text.ts';
import { taskText } from './task-text.ts';

/** Discord's limit for the URL of a link button. */
const LINK_MAX = 512;
const EMBED_MAX = 4096;

type Row = APIActionRowComponent<APIButtonComponent>;

/** A task's message without its video. */
export interface TaskMessage {
  readonly content: string;
  readonly embeds: readonly { readonly description: string }[];
  readonly components: readonly Row[];
  /** A link that is too long for text and button, as a small file. */
  readonly note?: { readonly name: 'link.txt'; readonly text: string };
}

/**
 * Renders a task's message, with the link to a result as a button, in the text or in a file. A
 * text-only message has no button and no file, so there a link that is too long for the text goes
 * into an embed.
 */
export function taskMessage(view: TaskView, catalogue: Catalogue, facts: ButtonFacts): TaskMessage {
  const fitting = (placement: LinkPlacement): string => fittingText(view, catalogue, placement);
  const address = shownLink(view);
  const isTextAlone = view.isTextAlone === true;
  const bare = { embeds: [], components: isTextAlone ? [] : taskButtons(view, facts) };
  if (address !== undefined && address.length <= LINK_MAX && !isTextAlone) {
    const components = [linkRow(view, address), ...bare.components];
    return { ...bare, content: fitting('button'), components };
  }
  const content = fitting('text');
  if (address === undefined || content.length <= CONTENT_MAX) return { ...bare, content };
  if (!isTextAlone) {
    const note = { name: 'link.txt', text: `${address}\n` } as const;
    return { ...bare, content: fitting('file'), note };
  }
  return address.length <= EMBED_MAX
    ? { ...bare, content: fitting('embed'), embeds: [{ description: address }] }
    : { ...bare, content: fitting('export') };
}

/** Without words from outside where only that makes room. */
function fittingText(view: TaskView, catalogue: Catalogue, placement: LinkPlacement): string {
  const text = taskText(view, catalogue, placement);
  return text.length <= CONTENT_MAX
    ? text
    : taskText({ ...view, isPlain: true }, catalogue, placement);
}

/** The link button, in its own row above the others. */
function linkRow({ task }: TaskView, url: string): Row {
  const label = messagesFor(task.language).task.openVideo;
  const button = { type: ComponentType.Button, style: ButtonStyle.Link, label, url } as const;
  return { type: ComponentType.ActionRow, components: [button] };
}
