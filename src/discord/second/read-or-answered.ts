import type { VideoRequest } from '../../domain/routes/request.ts';
import type { CommandServices, ModalCall } from '../command.ts';
import { messagesFor } from '../messages/messages-for.ts';
import type { Messages } from '../messages/en.ts';
import type { PlainMessage } from '../replies.ts';
import type { ReplyFile } from '../rest/multipart.ts';
import { typedPrompt } from './read-fields.ts';
import type { FieldFault } from './read-fields.ts';
import { readForm } from './request-form.ts';
import type { FormEntry } from './request-form.ts';

/**
 * What was read of a form that was sent; `undefined` if it has what is not offered: then the member
 * was answered, with what they typed.
 */
export async function enteredOrAnswered<T extends { readonly kind: 'entered' }>(
  call: ModalCall,
  { replies }: Pick<CommandServices, 'replies'>,
  entry: T | FieldFault,
): Promise<T | undefined> {
  if (isEntered(entry)) return entry;
  const messages = messagesFor(call.language);
  const why = messages.second.refused.noLonger;
  await replies.privately(call, withTyped(why, typedPrompt(call), messages));
  return undefined;
}

/** The same of a form over a request. */
export async function readOrAnswered(
  call: ModalCall,
  services: Pick<CommandServices, 'replies' | 'routesOn'>,
  before: VideoRequest,
): Promise<Extract<FormEntry, { kind: 'entered' }> | undefined> {
  return enteredOrAnswered(call, services, readForm(call, before, services.routesOn));
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
