import type { APIActionRowComponent, APIButtonComponent } from 'discord.js';
import type { TaskView } from '../../app/ports/message-port.ts';
import type { Catalogue } from '../../domain/routes/catalogue.ts';
import { ButtonStyle, ComponentType } from '../discord-js.ts';
import { messagesFor } from '../messages/messages-for.ts';
import { addressIn } from './address-place.ts';
import type { AddressPlace } from './address-place.ts';
import { cancelRow } from './cancel-button.ts';
import { CONTENT_MAX } from './refusal-text.ts';
import { taskText } from './task-text.ts';

/** Discord's limit for the address of a link button. */
const LINK_MAX = 512;
const EMBED_MAX = 4096;

type Row = APIActionRowComponent<APIButtonComponent>;

/** A task's message but for its video. */
export interface TaskMessage {
  readonly content: string;
  readonly embeds: readonly { readonly description: string }[];
  readonly components: readonly Row[];
  /** An address for which nothing else has room, in a small file. */
  readonly note?: { readonly name: 'link.txt'; readonly text: string };
}

/**
 * What a task's message shows, and where it gives the address of a result: by a button, in the
 * text, or in a file. With its text alone it has no button and no file, so that an address for
 * which the text has no room stands in an embed.
 */
export function taskMessage(view: TaskView, catalogue: Catalogue): TaskMessage {
  const fitting = (place: AddressPlace): string => fittingText(view, catalogue, place);
  const address = addressIn(view);
  const isTextAlone = view.isTextAlone === true;
  const bare = { embeds: [], components: isTextAlone ? [] : cancelRow(view) };
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
function fittingText(view: TaskView, catalogue: Catalogue, place: AddressPlace): string {
  const text = taskText(view, catalogue, place);
  return text.length <= CONTENT_MAX ? text : taskText({ ...view, isPlain: true }, catalogue, place);
}

/** In a row of its own above all others. */
function linkRow({ task }: TaskView, url: string): Row {
  const label = messagesFor(task.language).task.openVideo;
  const button = { type: ComponentType.Button, style: ButtonStyle.Link, label, url } as const;
  return { type: ComponentType.ActionRow, components: [button] };
}
