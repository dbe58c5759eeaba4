import type { VideoRequest } from '../../domain/routes/request.ts';
import type { Route } from '../../domain/routes/route.ts';
import type { CommandServices, ModalCall } from '../command.ts';
import { messagesFor } from '../messages/messages-for.ts';
import type { Messages } from '../messages/en.ts';
import { escapeUserText } from '../render/escape-user-text.ts';
import type { PlainMessage } from '../replies.ts';
import type { ReplyFile } from '../rest/multipart.ts';
import { typedPrompt } from './read-fields.ts';
import type { FieldFault } from './read-fields.ts';
import { readForm } from './request-form.ts';

/**
 * What a form that was sent asks for; `undefined` if it cannot be read: then the member was answered,
 * with what they typed.
 */
export async function readOrAnswered(
  call: ModalCall,
  services: Pick<CommandServices, 'replies' | 'routesOn'>,
  before: VideoRequest,
): Promise<{ readonly request: VideoRequest; readonly route: Route } | undefined> {
  return enteredOrAnswered(call, services, readForm(call, before, services.routesOn));
}

/** The same for what was read of any form. */
export async function enteredOrAnswered<T extends { readonly kind: 'entered' }>(
  call: ModalCall,
  { replies }: Pick<CommandServices, 'replies'>,
  entry: T | FieldFault,
): Promise<T | undefined> {
  if (isEntered(entry)) return entry;
  const messages = messagesFor(call.language);
  const { second } = messages;
  const why =
    entry.kind === 'bad-duration'
      ? second.form.badDuration(escapeUserText(entry.typed, 20))
      : second.refused.noLonger;
  await replies.privately(call, withTyped(why, typedPrompt(call), messages));
  return undefined;
}

function isEntered<T extends { readonly kind: 'entered' }>(entry: T | FieldFault): entry is T {
  return entry.kind === 'entered';
}

/** An answer that gives the typed prompt back. */
export function withTyped(why: string, prompt: string, { second }: Messages): PlainMessage {
  if (prompt === '') return { content: why };
  return {
    content: `${why}\n${second.form.yourPrompt}`,
    files: [textFile('prompt.txt', prompt)],
  };
}

/** A text as a file, so that not a letter of it changes. */
export function textFile(name: string, text: string): ReplyFile {
  const parts = [new TextEncoder().encode(text)];
  return { name, contentType: 'text/plain; charset=utf-8', parts };
}
